"""Results of the checks of completeness, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ogive.findings import Severity
from ogive.linear.assumptions.record import NOTHING, AssumptionResult
from ogive.linear.assumptions.thresholds import Thresholds
from ogive.linear.assumptions.wording import counted, joined, listed, number, rows_listed
from ogive.text import Text

if TYPE_CHECKING:
    from ogive.linear.assumptions.completeness import Inventory

__all__ = [
    "NAMES",
    "check_rows",
    "constant",
    "constant_target",
    "digits",
    "equal",
    "infinite",
    "missing",
    "text",
]

NAMES = {
    "OGV231": Text("Missing values", "缺失值"),
    "OGV232": Text("Infinite values", "无穷大的值"),
    "OGV233": Text("Columns that hold no numbers", "非数值列"),
    "OGV234": Text("Constant columns", "常数列"),
    "OGV235": Text("Equal columns", "重复列"),
    "OGV236": Text("Number of rows", "行数"),
    "OGV237": Text("Digits of the values", "数值的位数"),
    "OGV238": Text("Constant target", "常数目标"),
}


def _result(
    code: str,
    verdict: Severity,
    title: Text,
    meaning: Text,
    remedy: Text,
    numbers: dict[str, Any],
) -> AssumptionResult:
    remedy = NOTHING if verdict == "passed" else remedy
    return AssumptionResult(code, verdict, title, meaning, remedy, 4, numbers)


def _where(found: dict[str, dict[str, Any]]) -> Text:
    """Return columns with counts and rows."""
    parts = []
    for name, one in found.items():
        rows = rows_listed(one["rows"], 5)
        if one["count"] > len(one["rows"]):
            rows = Text(
                ", ".join(map(str, one["rows"][:5])) + ", …",
                "、".join(map(str, one["rows"][:5])) + "……",
            )
        parts.append(
            Text(
                f"{name}: {one['count']} (row{'s' if one['count'] > 1 else ''} {rows.en})",
                f"{name}：{one['count']} 个（第 {rows.zh} 行）",
            )
        )
    en, zh = listed([one.en for one in parts]), listed([one.zh for one in parts])
    return Text(en.en.replace("), ", "); "), zh.zh.replace("）、", "）；"))


def _values(count: int) -> str:
    return "1 value is" if count == 1 else f"{count} values are"


def missing(found: dict[str, dict[str, Any]], X: Inventory) -> AssumptionResult:
    """Return the result about missing values."""
    count = sum(one["count"] for one in found.values())
    if not found:
        return _result(
            "OGV231",
            "passed",
            Text("No value is missing.", "没有缺失值。"),
            Text(
                f"All {X.n_rows} rows are complete."
                if X.n_rows != 1
                else "The only row is complete.",
                f"{X.n_rows} 行全部完整。",
            ),
            NOTHING,
            {"count": 0},
        )
    where = _where(found)
    return _result(
        "OGV231",
        "issue",
        Text("Values are missing.", "有缺失值。"),
        Text(
            f"{_values(count)} missing, by column: {where.en}. Rows are counted from 0. A "
            "regression cannot be fitted to them, and leaving rows out biases it unless they are "
            "missing by pure chance.",
            f"共缺失 {count} 个值，各列：{where.zh}。行号从 0 起数。带缺失值无法拟合；"
            "除非缺失纯属偶然，去掉这些行会使结果有偏。",
        ),
        Text(
            "Find out why they are missing; then leave out these rows, or impute the values "
            "(sklearn.impute) with a column that flags them.",
            "弄清缺失的原因；然后去掉这些行，或填补这些值（sklearn.impute）并另加一列作标记。",
        ),
        {"count": count, "columns": found},
    )


def infinite(found: dict[str, dict[str, Any]]) -> AssumptionResult:
    """Return the result about infinite values."""
    count = sum(one["count"] for one in found.values())
    if not found:
        return _result(
            "OGV232",
            "passed",
            Text("No value is infinite.", "没有无穷大的值。"),
            Text("All numbers are finite.", "所有的数都是有限的。"),
            NOTHING,
            {"count": 0},
        )
    where = _where(found)
    return _result(
        "OGV232",
        "issue",
        Text("Values are infinite.", "有无穷大的值。"),
        Text(
            f"{_values(count)} infinite, by column: {where.en}. Rows are counted from 0. They "
            "often come from a division by 0 or the logarithm of 0.",
            f"共有 {count} 个无穷大的值，各列：{where.zh}。行号从 0 起数。"
            "它们往往来自除以 0 或 0 的对数。",
        ),
        Text(
            "Correct how the column is computed, or treat these values as missing.",
            "更正该列的计算方法，或把这些值当作缺失值处理。",
        ),
        {"count": count, "columns": found},
    )


def text(found: dict[str, tuple[str, str]]) -> AssumptionResult:
    """Return the result about columns that hold no numbers."""
    if not found:
        return _result(
            "OGV233",
            "passed",
            Text("All columns hold numbers.", "各列都是数值。"),
            Text("No column has to be converted.", "没有需要转换的列。"),
            NOTHING,
            {"columns": []},
        )
    en = listed([f"{name} ({kind}, {example})" for name, (kind, example) in found.items()]).en
    zh = listed([f"{name}（{kind}，{example}）" for name, (kind, example) in found.items()]).zh
    return _result(
        "OGV233",
        "issue",
        Text("Columns hold something other than numbers.", "有的列不是数值。"),
        Text(f"{en}. A regression needs numbers.", f"{zh}。回归只能使用数值。"),
        Text(
            "Turn categories into columns of 0 and 1 (sklearn.preprocessing.OneHotEncoder with "
            "drop='first'), dates into days, and text that spells numbers into numbers.",
            "把类别变成 0 和 1 的列（sklearn.preprocessing.OneHotEncoder，drop='first'），"
            "把日期变成天数，把写成文本的数字变成数。",
        ),
        {"columns": list(found), "types": {name: kind for name, (kind, _) in found.items()}},
    )


def constant(found: dict[str, float]) -> AssumptionResult:
    """Return the result about constant columns."""
    if not found:
        return _result(
            "OGV234",
            "passed",
            Text("No column is constant.", "没有常数列。"),
            Text("Every column of numbers varies.", "每个数值列都有变化。"),
            NOTHING,
            {"columns": {}},
        )
    named = listed([f"{name} = {value:.6g}" for name, value in found.items()])
    it, its = (
        ("it", "its coefficient is") if len(found) == 1 else ("them", "their coefficients are")
    )
    return _result(
        "OGV234",
        "issue",
        Text("Columns are constant.", "有的列是常数。"),
        Text(
            f"{named.en} in every row: nothing can be learned from {it}, and beside the constant "
            f"term {its} not determined.",
            f"每一行都有 {named.zh}：从中学不到任何东西，而且与常数项并存时，其系数无法确定。",
        ),
        Text("Leave these columns out.", "去掉这些列。"),
        {"columns": found},
    )


def equal(found: list[tuple[str, str]]) -> AssumptionResult:
    """Return the result about columns that are the same."""
    if not found:
        return _result(
            "OGV235",
            "passed",
            Text("No two columns are equal.", "没有相同的两列。"),
            Text("Every column differs from all others.", "每一列都与其他列不同。"),
            NOTHING,
            {"pairs": []},
        )
    named = listed([f"{later} = {earlier}" for later, earlier in found])
    return _result(
        "OGV235",
        "issue",
        Text("Columns are equal.", "有的列完全相同。"),
        Text(
            f"{named.en} in every row: how the effect is shared between them is not determined.",
            f"每一行都有 {named.zh}：影响如何在它们之间分配，无法确定。",
        ),
        Text("Keep one of each.", "每组只保留一列。"),
        {"pairs": [list(pair) for pair in found]},
    )


def digits(
    inexact: dict[str, int], rounded: dict[str, int], left: dict[str, float]
) -> AssumptionResult:
    """Return the result about values that lose digits."""
    if not inexact and not rounded and not left:
        return _result(
            "OGV237",
            "passed",
            Text("No digits are lost.", "没有丢失位数。"),
            Text(
                "No column holds whole numbers beyond 2^53, and all keep enough digits of their "
                "differences.",
                "没有超过 2^53 的整数，各列的差也都保留了足够的位数。",
            ),
            NOTHING,
            {"inexact": {}, "rounded": {}, "digits": {}},
        )
    facts = []
    if inexact:
        named = listed([f"{name} ({count})" for name, count in inexact.items()])
        facts.append(
            Text(
                f"Whole numbers beyond 2^53, which double precision rounds: {named.en}.",
                f"有超过 2^53、双精度会舍入的整数：{named.zh}。",
            )
        )
    if rounded:
        named = listed([f"{name} ({count})" for name, count in rounded.items()])
        facts.append(
            Text(
                f"Whole numbers beyond 2^53 in double precision, which may have been rounded: "
                f"{named.en}.",
                f"以双精度存放、超过 2^53 的整数，可能已被舍入：{named.zh}。",
            )
        )
    if left:
        named = listed([f"{name} ({number(max(value, 0.0))})" for name, value in left.items()])
        facts.append(
            Text(
                "Columns whose values differ so little from each other, for their size, that their "
                f"differences keep only a few digits: {named.en}.",
                f"相对于数值的大小，彼此相差太小，差只剩下几位数字的列：{named.zh}。",
            )
        )
    return _result(
        "OGV237",
        "issue" if inexact else "tip",
        Text("Values lose digits.", "有的值会丢失位数。"),
        joined(*facts),
        Text(
            "Identifiers do not belong into a regression: leave them out. From times and other "
            "large numbers subtract a common origin before they become floats.",
            "编号不应放进回归：请去掉。时间等很大的数，在转为浮点数之前先减去共同的起点。",
        ),
        {"inexact": inexact, "rounded": rounded, "digits": left},
    )


def constant_target(found: dict[str, float], n_targets: int) -> AssumptionResult:
    """Return the result about targets that do not vary."""
    if not found:
        several = ("Every target varies.", "每个目标都有变化。")
        one = ("The target varies.", "目标有变化。")
        title = Text(*(several if n_targets > 1 else one))
        meaning = Text("There is something to explain.", "有可以解释的内容。")
        return _result("OGV238", "passed", title, meaning, NOTHING, {"targets": {}})
    named = listed([f"{name} = {value:.6g}" for name, value in found.items()])
    return _result(
        "OGV238",
        "issue",
        Text("A target is constant.", "目标是常数。"),
        Text(
            f"{named.en} in every row: there is nothing to explain.",
            f"每一行都有 {named.zh}：没有可以解释的内容。",
        ),
        Text("Check that it is the right column.", "检查所选的列是否正确。"),
        {"targets": found},
    )


def check_rows(n: int, n_parameters: int, free: int, thresholds: Thresholds) -> AssumptionResult:
    """Return the result about the number of rows.

    Parameters
    ----------
    n : int
        Complete rows.
    n_parameters : int
        Coefficients, the constant included.
    free : int
        Rows that are left over when the coefficients which can be told apart are determined.
    """
    each = n / n_parameters if n_parameters else float("inf")
    numbers = {"n_rows": n, "n_parameters": n_parameters}
    wanted = f"{thresholds.rows_per_parameter:g}"
    facts = Text(
        f"{counted(n, 'complete row')} for {counted(n_parameters, 'coefficient')}"
        + (f", {number(each)} for each" if n_parameters else "")
        + f"; {wanted} for each are the usual minimum.",
        f"{n} 个完整的行，{n_parameters} 个系数"
        + (f"，平均每个系数 {number(each)} 行" if n_parameters else "")
        + f"；通常每个系数至少需要 {wanted} 行。",
    )
    if free <= 0:
        verdict: Severity = "issue"
        title = Text("There are too few rows.", "行数太少。")
        more = Text(
            "The fit passes through every row, whatever the target is: it says nothing, and there "
            "are no statistics.",
            "无论目标是什么，拟合都会通过每一行：它不说明任何问题，也没有统计量。",
        )
    elif each < thresholds.rows_per_parameter:
        verdict = "tip"
        title = Text("There are few rows.", "行数偏少。")
        more = Text(
            "The fit follows chance in part: on new rows it will do worse, and tests notice "
            "little.",
            "拟合有一部分是在追随偶然：对新的行效果会变差，检验也不易发现问题。",
        )
    else:
        return _result(
            "OGV236",
            "passed",
            Text(
                f"{counted(n, 'row')} {'is' if n == 1 else 'are'} enough for "
                f"{counted(n_parameters, 'coefficient')}.",
                f"{n} 行对 {n_parameters} 个系数来说足够。",
            ),
            facts,
            NOTHING,
            numbers,
        )
    return _result(
        "OGV236",
        verdict,
        title,
        joined(facts, more),
        Text(
            "Collect more rows or leave out columns; judge predictions by cross-validation.",
            "收集更多的行，或减少列数；用交叉验证评价预测。",
        ),
        numbers,
    )
