"""What tests of several folders share."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHROMIUM = "/usr/bin/chromium"

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
