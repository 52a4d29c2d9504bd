"""The summary of a logistic regression: text, HTML, a dict and a data frame."""

from ogive.classification.summary.record import LogisticSummary, summarise

__all__ = ["LogisticSummary", "summarise"]
