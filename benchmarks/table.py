"""The results as a table, and the table into the READMEs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

PEERS = ["scikit-learn", "PyTorch eager", "JAX jitted, warm", "JAX jitted, first call"]
MARK = re.compile(r"(<!-- benchmarks:start -->\n).*?(<!-- benchmarks:end -->)", re.DOTALL)


def as_markdown(results: dict[str, Any]) -> str:
    """Return the table of ratios, peer's time over ours."""
    lines: list[str] = []
    fits = results.get("fits", [])
    if fits:
        lines += [
            "| work | dtype | ogive | " + " | ".join(PEERS) + " |",
            "|---|---|---|" + "---|" * len(PEERS),
        ]
    for fit in fits:
        cells = [f"{fit['ratio'][peer]:.1f}×" if peer in fit["ratio"] else "–" for peer in PEERS]
        own = fit["seconds"]["ogive"] * 1e3
        lines.append(
            f"| {fit['work']} | {fit['dtype']} | {own:.1f} ms | " + " | ".join(cells) + " |"
        )
    return "\n".join(lines)


def write_into_readmes(table: str) -> None:
    """Replace what stands between the benchmark marks of both READMEs."""
    for name in ("README.md", "README.zh-CN.md"):
        path = Path(name)
        text = path.read_text(encoding="utf-8")
        path.write_text(MARK.sub(rf"\g<1>\n{table}\n\n\g<2>", text), encoding="utf-8")
