"""What a test of the residuals yields before the verdict, and how verdicts are formed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ogive.findings import Severity
from ogive.linear.assumptions.record import NOTHING, AssumptionResult, not_applicable
from ogive.linear.assumptions.thresholds import Thresholds
from ogive.linear.assumptions.wording import joined, p_value
from ogive.linear.solution import Array
from ogive.text import Text

__all__ = ["Check", "Outcome", "holm", "judge"]

CHANCE = Text(
    "Taken alone the test would object, but {tests} tests were made at once, and with Holm's "
    "correction for them ({corrected}) chance suffices.",
    "单看这一项检验是显著的，但同时做了 {tests} 项检验，按 Holm 方法校正后（{corrected}），"
    "用偶然就足以解释。",
)
SMALL = Text(
    "Among {n} rows even what is of no importance becomes significant; this is small ({effect}).",
    "在 {n} 行数据中，无关紧要的偏离也会变得显著；这里的偏离很小（{effect}）。",
)
UNORDERED = Text(
    "This matters only if the order of the rows means something, such as time: say so by order=.",
    "只有当行的顺序有意义（例如时间）时，这才要紧：请用 order= 说明。",
)


@dataclass(frozen=True)
class Check:
    """Code, name and texts of a check.

    Attributes
    ----------
    titles : dict of verdict to Text
        "issue", "tip" and "passed".
    consequence, remedy : Text
        What follows from an issue or tip, and what to do.
    """

    code: str
    name: Text
    titles: dict[Severity, Text]
    consequence: Text
    remedy: Text


@dataclass(frozen=True)
class Outcome:
    """What a test yields for one target.

    Attributes
    ----------
    check : Check
    p : float
        NaN where it could not be made.
    facts : Text
        What the test says, with its numbers.
    numbers : dict
    reason : Text, optional
        Why it could not be made.
    effect : Text, optional
        How large the departure is, where it is too small to matter among many rows.
    ordered : bool
        Whether the order of the rows means something, if the test depends on it.
    """

    check: Check
    p: float = float("nan")
    facts: Text = Text("", "")
    numbers: dict[str, Any] = field(default_factory=dict)
    reason: Text | None = None
    effect: Text | None = None
    ordered: bool = True


def holm(p: Sequence[float] | Array) -> Array:
    """Return p-values corrected for their number (Holm, 1979); NaN stay and do not count."""
    given = np.asarray(p, dtype=np.float64)
    corrected = np.full(given.shape, np.nan)
    known = np.flatnonzero(~np.isnan(given))
    rising = known[np.argsort(given[known], kind="stable")]
    factors = np.arange(len(rising), 0, -1)
    corrected[rising] = np.minimum(np.maximum.accumulate(given[rising] * factors), 1.0)
    return corrected


def judge(
    outcomes: Sequence[Outcome], thresholds: Thresholds, n: int, target: str | None, condition: int
) -> list[AssumptionResult]:
    """Form the verdicts of tests made at once on the residuals of one target.

    A test is an issue where its p, corrected for the number of tests, is at most the level, so that
    clean data have an issue no more often than the level says; a tip where only the uncorrected p
    is. Tests that depend on an order of the rows which nobody vouched for count for tips only.
    """
    level = thresholds.significance
    corrected = holm([one.p if one.ordered else np.nan for one in outcomes])
    tests = int((~np.isnan(corrected)).sum())
    results = []
    for one, after in zip(outcomes, corrected.tolist(), strict=True):
        check = one.check
        if one.reason is not None:
            results.append(not_applicable(check.code, check.name, one.reason, condition, target))
            continue
        verdict: Severity = "passed"
        remarks = [one.facts]
        if one.p <= level:
            verdict = "tip"
            remarks.append(check.consequence)
            if not one.ordered:
                remarks.append(UNORDERED)
            elif not after <= level:
                remarks.append(_filled(CHANCE, tests=tests, corrected=p_value(after)))
            elif one.effect is not None:
                remarks.append(
                    Text(
                        SMALL.en.format(n=n, effect=one.effect.en),
                        SMALL.zh.format(n=n, effect=one.effect.zh),
                    )
                )
            else:
                verdict = "issue"
        numbers = {**one.numbers, "p": one.p}
        if one.ordered:
            numbers["p_holm"] = after
        results.append(
            AssumptionResult(
                check.code,
                verdict,
                check.titles[verdict],
                joined(*remarks),
                NOTHING if verdict == "passed" else check.remedy,
                condition,
                numbers,
                target,
            )
        )
    return results


def _filled(text: Text, **values: Any) -> Text:
    return Text(text.to("en", **values), text.to("zh", **values))
