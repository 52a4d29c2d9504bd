"""The findings on the data, told of the table as it was given rather than as it was prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogive.cli.linear_rows import RegressionTable, absent
from ogive.data.wording import listed
from ogive.linear import AssumptionReport, AssumptionResult
from ogive.linear.assumptions import check_completeness
from ogive.linear.assumptions.record import NOTHING
from ogive.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

__all__ = ["missing_values", "of_given_table"]


def of_given_table(found: AssumptionReport, table: RegressionTable) -> AssumptionReport:
    """Return the findings with those on the data replaced where preparing it changed the answer."""
    told = {
        one.code: one
        for one in (_gaps(table), _columns(table), _constant(table), _digits(table))
        if one is not None
    }
    return AssumptionReport(
        [told.get(one.code, one) for one in found],
        n_rows=found.n_rows,
        n_columns=found.n_columns,
        target_names=found.target_names,
        significance=found.significance,
    )


def missing_values(table: RegressionTable) -> dict[str, int]:
    """Return how many values each column of the given table lacks, of those that lack any."""
    counts = {column.name: int(absent(column).sum()) for column in table.given.get_columns()}
    return {name: count for name, count in counts.items() if count}


def _gaps(table: RegressionTable) -> AssumptionResult | None:
    import polars as pl

    gaps = missing_values(table)
    if not gaps:
        return None
    labelled, given = table.labelled, table.given
    empty = [name for name in labelled.useless.get("empty", ()) if gaps.get(name) == given.height]
    some = {name: count for name, count in gaps.items() if name not in empty}
    rows = 0
    facts: list[Text] = []
    if some:
        cells = [absent(given[name]) for name in some]
        rows = int(pl.select(pl.any_horizontal(cells).sum()).item())
        total = sum(some.values())
        named_en = listed([f"{name} ({count})" for name, count in some.items()]).en
        named_zh = listed([f"{name}（{count} 个）" for name, count in some.items()]).zh
        facts.append(
            Text(
                f"{rows} of {given.height} rows lack {total} value{'s' * (total > 1)}: {named_en}.",
                f"{given.height} 行中有 {rows} 行缺失，共缺 {total} 个值：{named_zh}。",
            )
        )
        facts.append(_handling(table, some))
    if empty:
        which = listed(empty)
        facts.append(
            Text(
                f"Left out because there is no value in any row: {which.en}.",
                f"没有任何值、已被去掉的列：{which.zh}。",
            )
        )
    return AssumptionResult(
        "OGV231",
        "issue" if some else "tip",
        Text("Values are missing.", "有缺失值。"),
        _joined(facts),
        Text(
            "Find out why they are missing, and fill in what can be found out.",
            "弄清缺失的原因，补上能够查到的值。",
        ),
        4,
        {"count": sum(gaps.values()), "rows": rows, "columns": gaps, "empty": empty},
    )


def _handling(table: RegressionTable, some: dict[str, int]) -> Text:
    """Return what was done about the values missing, and what that means."""
    n = table.labelled.features.height
    features = [name for name in some if name != table.labelled.target_name]
    if table.missing == "drop" or not features:
        return Text(
            f"The fit is to the {n} rows that lack none of the values it needs, and only these are "
            "counted by row numbers elsewhere. Coefficients are biased unless the values are "
            "missing by chance.",
            f"拟合只用了所需的值都齐全的 {n} 行，别处的行号也只按这些行计。"
            "除非缺失纯属偶然，系数会因此有偏。",
        )
    said = Text(
        "For the fit, numbers were replaced by the column's median and flagged by a column of "
        "their own, and a missing category is a level. Coefficients are biased unless the values "
        "are missing by chance.",
        "拟合时，数值以该列的中位数代替，并另加一列作标记；缺失的类别自成一个水平。"
        "除非缺失纯属偶然，系数会因此有偏。",
    )
    if len(features) == len(some):
        return said
    dropped = Text("Rows without a target were left out.", "没有目标值的行已被去掉。")
    return _joined([said, dropped])


def _columns(table: RegressionTable) -> AssumptionResult | None:
    """Return the result about columns that hold no numbers."""
    useless = table.labelled.useless
    names = [*useless.get("identifier", ()), *useless.get("counter", ())]
    kinds = table.labelled.features.schema
    converted = [name for name, dtype in kinds.items() if not dtype.is_numeric()]
    facts: list[Text] = []
    if converted:
        which = listed(converted)
        facts.append(
            Text(
                f"Turned into numbers, categories into columns of 0 and 1 and dates into days: "
                f"{which.en}.",
                f"已转换为数值（类别变成 0 和 1 的列，日期变成天数）：{which.zh}。",
            )
        )
    if names:
        which = listed(names)
        facts.append(
            Text(
                f"Left out because they only tell the rows apart: {which.en}.",
                f"只起区分各行的作用、已被去掉的列：{which.zh}。",
            )
        )
        return AssumptionResult(
            "OGV233",
            "tip",
            Text("Columns that name the rows were left out.", "去掉了标识各行的列。"),
            _joined(facts),
            Text(
                "Derive columns from them that repeat, such as a district from an address, if they "
                "hold more than names.",
                "如果其中另有信息，请从中得出会重复的列，例如由地址得出区域。",
            ),
            4,
            {"columns": names, "converted": converted},
        )
    if not converted:
        return None
    return AssumptionResult(
        "OGV233",
        "passed",
        Text(
            "All columns hold numbers or were turned into such.", "各列都是数值，或已转换为数值。"
        ),
        _joined(facts),
        NOTHING,
        4,
        {"columns": [], "converted": converted},
    )


def _constant(table: RegressionTable) -> AssumptionResult | None:
    names = list(table.labelled.useless.get("constant", ()))
    if not names:
        return None
    rows = _fitted_rows(table, names)
    values = {name: str(rows[name].drop_nulls()[0]) for name in names}
    named = listed([f"{name} = {value}" for name, value in values.items()])
    return AssumptionResult(
        "OGV234",
        "tip",
        Text("Constant columns were left out.", "去掉了常数列。"),
        Text(
            f"{named.en} in every row: nothing can be learned from it.",
            f"每一行都有 {named.zh}：从中学不到任何东西。",
        ),
        Text(
            "Check that the table holds the rows it should; otherwise there is nothing to do.",
            "检查表格是否包含了应有的行；若是，则无需处理。",
        ),
        4,
        {"columns": values},
    )


def _fitted_rows(table: RegressionTable, names: list[str]) -> pl.DataFrame:
    """Return columns of the given table in the rows where they were found to be constant."""
    import polars as pl

    given = table.given
    complete = ~absent(given[table.labelled.target_name])
    if table.missing == "drop":
        used = [*table.labelled.features.columns, *names]
        complete &= ~pl.select(
            pl.any_horizontal([absent(given[name]) for name in used])
        ).to_series()
    return given.select(names).filter(complete)


def _digits(table: RegressionTable) -> AssumptionResult | None:
    """Return the result about whole numbers that the matrix cannot hold, which hides them."""
    whole = [n for n, dtype in table.labelled.features.schema.items() if dtype.is_integer()]
    if not whole:
        return None
    result = check_completeness(table.labelled.features.select(whole)).of("OGV237")
    return result if result.severity == "issue" else None


def _joined(texts: Sequence[Text]) -> Text:
    return Text(" ".join(one.en for one in texts), "".join(one.zh for one in texts))
