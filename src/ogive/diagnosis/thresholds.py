"""The limits that findings are formed by, each with its source; all can be set."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from ogive.text import InputError

__all__ = ["Thresholds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Limits of the checks; each belongs to the check whose code it names.

    "Ward" is the set of planted faults in ``tests/diagnosis/ward``, on one half of which the limits
    without another source were chosen.

    Parameters
    ----------
    dead_share : float, default=0.0
        OGV101 is an issue where more than this share of a layer's units is dead.
    """

    dead_share: float = 0.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
                raise InputError(
                    f"the threshold {field.name} must be a number of at least 0, got {value!r}.",
                    f"阈值 {field.name} 必须是不小于 0 的数，得到的是 {value!r}。",
                )

    def to_dict(self) -> dict[str, float]:
        """Return all limits by name."""
        return asdict(self)
