"""The results as a table, and the table into the READMEs."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median
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


def of_functions(result: dict[str, Any]) -> str:
    """Return the table of activation functions: fastest peer's time over ours, by size and type."""
    cells: dict[tuple[int, str, str], list[float]] = {}
    for cell in result["cells"]:
        cells.setdefault((cell["n"], cell["dtype"], cell["kind"]), []).append(cell["ratio"])
    lines = [
        "| elements | dtype | asked | cells | median | least | slower |",
        "|---|---|---|---|---|---|---|",
    ]
    for (n, dtype, kind), ratios in cells.items():
        slower = sum(ratio < 1 for ratio in ratios)
        lines.append(
            f"| {n:,} | {dtype} | {kind} | {len(ratios)} | {median(ratios):.1f}× |"
            f" {min(ratios):.1f}× | {slower} |"
        )
    lines += [
        "",
        f"All {result['cells_measured']} cells: median {result['median_ratio']:.1f}×,"
        f" slower in {100 * result['share_slower']:.1f} %. Two threads, 20,000,000 elements:"
        f" {100 * result['share_at_bandwidth']:.0f} % of functions reach 0.9 of np.copyto's bytes"
        f" per second, the slowest {result['least_bandwidth']:.2f}. A call on 1,000 elements costs"
        + "".join(
            f" {result[f'call_cost_{threads}'][dtype]:.2f} ({dtype}, {threads} thread(s))"
            for threads in (1, 2)
            for dtype in ("float32", "float64")
        )
        + " of np.exp's.",
    ]
    return "\n".join(lines)


def write_into_readmes(table: str) -> None:
    """Replace what stands between the benchmark marks of both READMEs."""
    for name in ("README.md", "README.zh-CN.md"):
        path = Path(name)
        text = path.read_text(encoding="utf-8")
        path.write_text(MARK.sub(rf"\g<1>\n{table}\n\n\g<2>", text), encoding="utf-8")
