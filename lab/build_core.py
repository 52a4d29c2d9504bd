"""Builds the core for the browser into web/src/engine/core.wasm: python lab/build_core.py.

The compiler comes from the package ziglang. Nothing is done where neither sources nor flags have
changed since the last time.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CORE = ROOT / "core"
MODULE = HERE / "web" / "src" / "engine" / "core.wasm"
OBJECTS = ROOT / "build" / "wasm"

# Double-double arithmetic is exact only where sums and products are rounded one by one, and there
# is no fused multiply-add in WebAssembly anyway.
COMMON = [
    "-std=c++20",
    "-target",
    "wasm32-wasi",
    "-msimd128",
    "-g0",
    "-fno-sanitize=all",
    "-fno-exceptions",
    "-fno-rtti",
    "-fno-math-errno",
    "-fno-trapping-math",
    "-ffp-contract=off",
    "-fno-threadsafe-statics",
    "-Wall",
    "-Wextra",
]
# The module has to be small. Loops that are seldom run stay scalar; products of matrices are
# written in vectors.
SMALL = ["-Os", "-fno-vectorize", "-fno-slp-vectorize", "-Wno-unknown-pragmas"]
FAST = ["-O2", "-fopenmp-simd", "-fno-unroll-loops", "-Wno-pass-failed"]
VECTORISED: frozenset[str] = frozenset()
LINK = ["-mexec-model=reactor", "-Wl,--strip-all", "-Wl,--gc-sections", "-Wl,-z,stack-size=262144"]


class BuildError(RuntimeError):
    """The module could not be built; the text says why and what to do."""


def build_core(module: Path = MODULE) -> Path:
    """Build the module unless it is up to date, and return where it is.

    Raises
    ------
    BuildError
        Where the compiler is missing or refuses the sources.
    """
    sources = [*sorted((CORE / "bindings" / "wasm").glob("*.cpp")), *_activations()]
    if not CORE.is_dir() or not sources:
        raise BuildError(f"the sources of the core are not at {CORE}; build from a checkout.")
    headers = _digest(sorted(CORE.rglob("*.hpp")))
    keys = {source: _key(source, headers) for source in sources}
    whole = hashlib.sha256(" ".join([*keys.values(), *LINK]).encode()).hexdigest()
    stamp = OBJECTS / f"{hashlib.sha256(str(module).encode()).hexdigest()[:12]}.built"
    if module.exists() and stamp.exists() and stamp.read_text() == whole:
        return module
    if find_spec("ziglang") is None:
        raise BuildError(
            "the compiler for the browser is missing: pip install ziglang, or use `make lab-page`, "
            "which fetches it."
        )
    OBJECTS.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        objects = list(pool.map(_compile, sources, keys.values()))
    unfinished = module.with_suffix(f".{os.getpid()}.wasm")
    _zig("-O2", *COMMON, *LINK, *map(str, objects), "-o", str(unfinished))
    unfinished.replace(module)
    stamp.write_text(whole)
    for left in set(OBJECTS.glob("*.o")) - set(objects):
        left.unlink(missing_ok=True)
    print(f"{_shown(module)}: {module.stat().st_size / 1000:.1f} kB")
    return module


def _activations() -> list[Path]:
    return sorted((CORE / "activations").glob("*.cpp"))


def _digest(files: list[Path]) -> str:
    state = hashlib.sha256()
    for file in files:
        state.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return state.hexdigest()


def _flags(source: Path) -> list[str]:
    return [*COMMON, *(FAST if source.stem in VECTORISED else SMALL), f"-I{CORE}"]


def _key(source: Path, headers: str) -> str:
    text = "\0".join([headers, *_flags(source), source.read_text(encoding="utf-8")])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _compile(source: Path, key: str) -> Path:
    made = OBJECTS / f"{source.parent.name}-{source.stem}-{key}.o"
    if not made.exists():
        unfinished = made.with_suffix(f".{os.getpid()}.tmp")
        _zig(*_flags(source), "-c", str(source), "-o", str(unfinished))
        unfinished.replace(made)
    return made


def _zig(*arguments: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "ziglang", "c++", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    if ran.returncode != 0:
        raise BuildError(f"the core could not be compiled for the browser:\n{ran.stderr.strip()}")
    if ran.stderr.strip():
        print(ran.stderr.strip(), file=sys.stderr)


def _shown(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


if __name__ == "__main__":
    try:
        built = build_core()
    except BuildError as error:
        sys.exit(f"build_core: {error}")
    print(f"{_shown(built)} is up to date")
