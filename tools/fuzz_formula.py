"""Fuzzes the reader of formulas with atheris: any text is read or refused by InputError, quickly.

Usage: python tools/fuzz_formula.py [SECONDS [SEED]], 60 and 20 by default: the same seed tries the
same texts, so that a run that others repeat finds what the first one found. Without atheris, which
has no wheel for every platform, it says so and succeeds.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from types import FunctionType

try:
    import atheris
except ImportError:
    atheris = None

SECONDS_A_TEXT = 1.0  # generous: instrumented code is slow
WORDS = (
    "z", "where(", "max(", "exp(", "log(", "elu(", "alpha=", "sigmoid(", "softmax(", "(", ")",
    ",", "**", "*", "/", "+", "-", "<", "<=", "==", " and ", " or ", " not ", " if ", " else ",
    "lambda:", "1", "64", "1e30", "1e-400", "9" * 30, "0x1", "1j", "pi", "e", ".", "[", "{", "'",
    ":=", "\0", "（", "β", "²", "×",
)  # fmt: skip


def text_of(data: bytes) -> str:
    """Return what the bytes stand for: pieces of formulas, or text as it is."""
    if data[:1] > b"\x7f":
        return data[1:].decode("utf-8", "surrogateescape")
    return "".join(WORDS[byte % len(WORDS)] for byte in data[1:])


def try_one(data: bytes) -> None:
    """Read one text; raise if it ends in anything but a formula or a refusal."""
    from ogive.activations.formula import read
    from ogive.activations.formula.parse import parse
    from ogive.text import InputError

    start = time.perf_counter()
    try:
        formula = read(text_of(data))
    except InputError:
        formula = None
    if time.perf_counter() - start > SECONDS_A_TEXT:
        raise RuntimeError("too slow")
    if formula is not None:
        if parse(formula.text) != formula.tree:
            raise RuntimeError("the canonical text is another formula")
        with suppress(InputError):  # which may be beyond the limits, as nobody reads it again
            parse(formula.rewritten)


def instrument() -> None:
    """Let atheris see which branches of the reader a text takes.

    Its import hook does not know the finder of an editable install, so that functions are
    instrumented where they stand.
    """
    from ogive.activations.formula import characters, nodes, parse, rewrite, spelling

    for module in (parse, nodes, rewrite, spelling, characters):
        for name, value in list(vars(module).items()):
            if isinstance(value, FunctionType) and value.__module__ == module.__name__:
                setattr(module, name, atheris.instrument_func(value))
            elif isinstance(value, type) and value.__module__ == module.__name__:
                for key, method in list(vars(value).items()):
                    if isinstance(method, FunctionType) and not key.startswith("__"):
                        setattr(value, key, atheris.instrument_func(method))


def main() -> int:
    """Fuzz for the seconds given."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    if atheris is None:
        print("atheris is not installed; the formulas were not fuzzed (pip install atheris).")
        return 0
    instrument()
    atheris.Setup(
        [sys.argv[0], f"-max_total_time={seconds}", f"-seed={seed}", "-max_len=400"], try_one
    )
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
