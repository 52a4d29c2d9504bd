"""What one check of a regression's conditions found."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ogive.findings import Finding, Severity
from ogive.text import Language, Text

__all__ = ["CONDITIONS", "NOTHING", "VERDICTS", "AssumptionResult", "not_applicable"]

CONDITIONS = {
    1: Text("Significance and strength", "显著性与强度"),
    2: Text("A real linear relation", "线性关系真实"),
    3: Text("Columns that exclude one another", "变量互斥"),
    4: Text("Complete data", "数据完整"),
}
VERDICTS: dict[Severity, Text] = {
    "issue": Text("issue", "问题"),
    "tip": Text("tip", "提示"),
    "passed": Text("passed", "通过"),
    "not applicable": Text("not applicable", "不适用"),
}
NOTHING = Text("Nothing to do.", "无需处理。")


@dataclass(frozen=True, slots=True)
class AssumptionResult(Finding):
    """What one check found.

    Attributes
    ----------
    code : str
        ``OGV`` and three digits; the same check always has the same code.
    severity : {"issue", "tip", "passed", "not applicable"}
        The verdict. An issue spoils conclusions; a tip is worth knowing.
    title, meaning, remedy : Text
        What is the case, what it means with the numbers in it, and what to do.
    condition : {1, 2, 3, 4}
        The condition that the check belongs to.
    numbers : dict
        What the verdict was formed from, as plain numbers, names, lists and dicts.
    target : str or None
        The target it is about; None where it is about the columns.
    """

    condition: int = 0
    numbers: Mapping[str, Any] = field(default_factory=dict)
    target: str | None = None

    @property
    def verdict(self) -> Severity:
        """The same as `severity`."""
        return self.severity

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """Return it as plain data, its texts in `language`."""
        return {
            "code": self.code,
            "condition": self.condition,
            "target": self.target,
            "verdict": self.severity,
            "title": self.title.to(language),
            "numbers": _json_ready(self.numbers),
            "meaning": self.meaning.to(language),
            "remedy": self.remedy.to(language),
        }


def not_applicable(
    code: str, name: Text, reason: Text, condition: int, target: str | None = None
) -> AssumptionResult:
    """Return the result of a check that cannot be made.

    Parameters
    ----------
    name : Text
        What the check is called.
    reason : Text
        Why it cannot be made, as a sentence.
    """
    title = Text(f"{name.en}: not applicable.", f"{name.zh}：不适用。")
    return AssumptionResult(code, "not applicable", title, reason, NOTHING, condition, {}, target)


def _json_ready(value: Any) -> Any:
    """Return `value` with None for NaN and text for infinity, which JSON cannot hold."""
    if isinstance(value, Mapping):
        return {name: _json_ready(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_json_ready(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else str(value)
    return value
