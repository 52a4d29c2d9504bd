"""What tests of several folders share."""

import atexit
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

CHROMIUM = "/usr/bin/chromium"

# No test, and no process that a test starts, may touch the data folder of who runs the tests.
FOLDER = Path(tempfile.mkdtemp(prefix="ogive-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["XDG_DATA_HOME"] = str(FOLDER)
os.environ.pop("OGIVE_STORE", None)
NUMBERS = itertools.count()

# Leaves with 3 where the build that its first argument names is not the one imported.
CHECK = """
import sys
try:
    from ogive._engine import level
except ImportError:
    sys.exit(3)
if level != sys.argv[1]:
    sys.exit(3)
"""


@pytest.fixture(autouse=True)
def _store_of_its_own(monkeypatch):
    """Let each test begin with an empty store, so that none is answered from another's results."""
    monkeypatch.setenv("XDG_DATA_HOME", str(FOLDER / str(next(NUMBERS))))


@pytest.fixture(scope="session")
def run_in_build():
    """Run code in a process that uses the core's build for one instruction set."""

    def run(build, code, *arguments):
        done = subprocess.run(
            [sys.executable, "-c", CHECK + code, build, *arguments],
            env={**os.environ, "OGIVE_CORE": build},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 3:
            pytest.skip(f"the {build} build is missing or not for this machine")
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def browser():
    """Return a real browser, in which a test opens pages of its own."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"there is no {CHROMIUM}")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()
