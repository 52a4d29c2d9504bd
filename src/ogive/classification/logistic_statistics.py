"""What a fitted logistic regression tells of itself."""

from __future__ import annotations

__all__ = ["LogisticStatistics"]


class LogisticStatistics:
    """The methods of LogisticRegression that explain it."""
