"""The directives ``accuracy-table``, ``peers-table`` and ``peers-calls``: measured errors.

They read what tools/accuracy.py and tools/errors_of_peers.py wrote, and say what is missing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from ogive.activations import CATALOGUE

BUILD = Path(__file__).resolve().parents[2] / "build"
TYPES = ("float32", "float64")
KINDS = {"value": "f", "derivative": "f′"}
TEXT = {
    "en": {
        "contract": ("function", "type", "f: ulp", "contract", "at", "f′: ulp", "contract", "at"),
        "none": "Not measured in this build of the documentation: run `{command}` first.",
        "missing": "Not measured yet: {names}.",
        "stops": ", ",
        "points": "Each row: at least {count:,} arguments.",
        "broken": "**{text}, contract broken**",
        "measured": "Measured: {versions}; {points} arguments.",
        "absent": "Not installed here, therefore left out: {names}.",
        "lost": "**all digits lost** ({at})",
        "not finite": "; NaN or ∞ ({at})",
        "call": "- `{name}`: `{torch}`; `{jax}`; `{value}`, derivative `{slope}`",
    },
    "zh": {
        "contract": ("函数", "类型", "f：ulp", "约定", "位置", "f′：ulp", "约定", "位置"),
        "none": "构建本页时没有测量数据：请先运行 `{command}`。",
        "missing": "尚未测量：{names}。",
        "stops": "、",
        "points": "每一行至少 {count:,} 个自变量。",
        "broken": "**{text}，违反约定**",
        "measured": "所测版本：{versions}；自变量 {points} 个。",
        "absent": "此处没有安装，因此未列出：{names}。",
        "lost": "**有效数字全失**（{at}）",
        "not finite": "；NaN 或 ∞（{at}）",
        "call": "- `{name}`：`{torch}`；`{jax}`；`{value}`，导数 `{slope}`",
    },
}
COMMANDS = {
    "accuracy.json": "python -m tools.accuracy build/accuracy.json",
    "errors_of_peers.json": "python -m tools.errors_of_peers build/errors_of_peers.json",
}
TITLES = {"NumPy": "NumPy, SciPy"}


class _Measured(SphinxDirective):
    """A directive that prints a file of build/ in the language of its page."""

    file = ""

    def run(self) -> list[nodes.Node]:
        path = BUILD / self.file
        self.env.note_dependency(str(path))
        language = "zh" if self.env.docname.startswith("zh/") else "en"
        lines = self.lines(read(path), TEXT[language])
        return self.parse_text_to_nodes("\n".join(lines))

    def lines(self, measured: Any, text: dict[str, Any]) -> list[str]:
        raise NotImplementedError


class AccuracyTable(_Measured):
    """Every function's contract and its greatest measured error."""

    file = "accuracy.json"

    def lines(self, measured: Any, text: dict[str, Any]) -> list[str]:
        return contract_table(measured, text)


class PeersTable(_Measured):
    """The greatest errors of several libraries, side by side."""

    file = "errors_of_peers.json"

    def lines(self, measured: Any, text: dict[str, Any]) -> list[str]:
        return peers_table(measured, text)


class PeersCalls(_Measured):
    """What was called in the other libraries."""

    file = "errors_of_peers.json"

    def lines(self, measured: Any, text: dict[str, Any]) -> list[str]:
        if not measured:
            return []
        lines = []
        for name, call in measured["calls"].items():
            (torch,), (jax,), (value, slope) = (call[peer] for peer in ("PyTorch", "JAX", "NumPy"))
            lines.append(
                text["call"].format(name=name, torch=torch, jax=jax, value=value, slope=slope)
            )
        return lines


def read(path: Path) -> Any:
    """Return the content of a file of measurements; None where it is missing or damaged."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def contract_table(measured: Any, text: dict[str, Any]) -> list[str]:
    if not measured:
        return [text["none"].format(command=COMMANDS["accuracy.json"])]
    found = {(record["name"], record["dtype"]): record for record in measured}
    rows, missing = [], []
    for name in (name for name, d in CATALOGUE.items() if d.kind == "elementwise"):
        lacking = [dtype for dtype in TYPES if (name, dtype) not in found]
        if lacking:
            missing.append(code(name) + (f" {lacking[0]}" if len(lacking) == 1 else ""))
        for dtype in (dtype for dtype in TYPES if dtype not in lacking):
            record = found[name, dtype]
            cells = [cell for kind in KINDS for cell in kept(record[kind], text)]
            rows.append([code(name), dtype, *cells])
    lines = [text["points"].format(count=min(r["points"] for r in measured)), ""]
    if missing:
        lines += [text["missing"].format(names=text["stops"].join(missing)), ""]
    return lines + table(text["contract"], rows)


def kept(one: dict[str, float], text: dict[str, Any]) -> list[str]:
    """Return measured error, allowed error and place of the worst point."""
    measured, allowed = f"{one['ulp']:.2f}" if one["ulp"] else "0", f"{one['allowed_ulp']:g}"
    if one["allowed_epsilons"]:
        measured += f"; {one['epsilons']:.2f} ε"
        allowed += f"; {one['allowed_epsilons']:g} ε"
    if one["ulp"] > one["allowed_ulp"] or one["epsilons"] > one["allowed_epsilons"]:
        measured = text["broken"].format(text=measured)
    return [measured, allowed, number(one["at"]) if one["ulp"] else "–"]


def peers_table(measured: Any, text: dict[str, Any]) -> list[str]:
    if not measured:
        return [text["none"].format(command=COMMANDS["errors_of_peers.json"])]
    peers, calls = list(measured["versions"]), measured["calls"]
    packages = {k: v for found in measured["versions"].values() for k, v in found.items()}
    versions = text["stops"].join(f"{package} {number}" for package, number in packages.items())
    sizes = measured["points"]
    points = text["stops"].join(f"{size:,} {dtype}" for dtype, size in sizes.items())
    lines = [text["measured"].format(versions=versions, points=points), ""]
    if measured["absent"]:
        names = text["stops"].join(TITLES.get(peer, peer) for peer in measured["absent"])
        lines += [text["absent"].format(names=names), ""]
    cells = {
        (r["dtype"], r["name"], r["kind"], r["peer"]): error(r, text) for r in measured["records"]
    }
    for dtype in sizes:
        rows = [
            [
                f"{code(name)}\N{NO-BREAK SPACE}{KINDS[kind]}",
                *(cells.get((dtype, name, kind, peer), "–") for peer in peers),
            ]
            for name in calls
            for kind in KINDS
        ]
        lines += [*table([dtype, *(TITLES.get(peer, peer) for peer in peers)], rows), ""]
    return lines


def error(record: dict[str, Any], text: dict[str, Any]) -> str:
    """Return an error in ulps and where it is, in a form that is read at a glance."""
    ulp = record["ulp"]
    if record["lost_at"] is not None:
        written = text["lost"].format(at=number(record["lost_at"], 3))
    elif not ulp:
        written = "0"
    else:
        size = f"{ulp:.2g}" if ulp < 10 else f"{float(f'{ulp:.2g}'):,.0f}"
        size = ">10⁶" if ulp > 1e6 else size
        written = f"{size}\N{NO-BREAK SPACE}({number(record['at'], 2)})"
    if record["not_finite_at"] is not None:
        written += text["not finite"].format(at=number(record["not_finite_at"], 2))
    return written


def table(heads: Any, rows: list[list[str]]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return lines + [f"| {' | '.join(row)} |" for row in rows]


def code(text: str) -> str:
    return f"`{text}`"


def number(value: float, digits: int = 5) -> str:
    return f"{value:.{digits}g}".replace("-", "−")


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("accuracy-table", AccuracyTable)
    app.add_directive("peers-table", PeersTable)
    app.add_directive("peers-calls", PeersCalls)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
