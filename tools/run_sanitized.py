"""Runs the tests of the core on a sanitized build of it.

Usage: python tools/run_sanitized.py BUILD_FOLDER, the folder holding the extension modules that
CMake built with OGIVE_SANITIZE=ON.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = [
    "tests/network",
    "tests/diagnosis/streaming",
    "tests/diagnosis/test_layers.py",
    "tests/classification/problems/test_logistic_problems.py",
    "tests/classification/solvers/test_solving.py",
    "tests/linear/test_moments.py",
    "tests/activations/test_function.py",
    "tests/activations/test_row_functions.py",
    "tests/activations/test_subgradient.py",
    "tests/activations/test_ufuncs.py",
    "tests/activations/formula/test_formula_program.py",
    # These two take long here and reach no part of the core that the others do not.
    "--ignore=tests/network/test_check_estimator.py",
    "--ignore=tests/network/test_scikit_learn_suite.py",
]

# An editable install puts its own finder first; these tests must not meet the ordinary build.
SITECUSTOMIZE = """import sys
sys.meta_path[:] = [f for f in sys.meta_path if not type(f).__module__.startswith("_editable_")]
"""


def library(name: str) -> str:
    """Return the path of a runtime library of the compiler."""
    found = subprocess.run(
        ["g++", f"-print-file-name={name}"], capture_output=True, text=True, check=True
    )
    return found.stdout.strip()


def main(build: Path) -> int:
    """Put the sanitized modules beside the package's Python files, and run the tests on those."""
    root = Path(__file__).resolve().parent.parent
    package = build / "package" / "ogive"
    shutil.rmtree(package.parent, ignore_errors=True)
    shutil.copytree(root / "src" / "ogive", package, ignore=shutil.ignore_patterns("*.so"))
    modules = list(build.glob("_*.so"))
    if not modules:
        print(f"{build} holds no extension modules; build with OGIVE_SANITIZE=ON first.")
        return 2
    for module in modules:
        shutil.copy(module, package)
    (package.parent / "sitecustomize.py").write_text(SITECUSTOMIZE, encoding="utf-8")
    level = next(m.name for m in modules if m.name.startswith("_core_")).split(".")[0][6:]
    environment = {
        **os.environ,
        "LD_PRELOAD": f"{library('libasan.so')} {library('libubsan.so')}",
        # Python itself never frees all it has; GNU's OpenMP keeps its threads.
        "ASAN_OPTIONS": "detect_leaks=0:halt_on_error=1",
        "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
        "OGIVE_CORE": level,
        "PYTHONPATH": str(package.parent),
        "PYTHONMALLOC": "malloc",
    }
    where = "import ogive._engine as e; print(e.core.__file__)"
    used = subprocess.run(
        [sys.executable, "-c", where], cwd=root, env=environment, capture_output=True, text=True
    )
    if str(package) not in used.stdout:
        print(f"the sanitized build was not imported: {used.stdout}{used.stderr}")
        return 2
    options = ["-n", "auto", "-p", "no:cacheprovider", "-m", "not slow"]
    command = [sys.executable, "-m", "pytest", *options, *TESTS]
    return subprocess.run(command, cwd=root, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
