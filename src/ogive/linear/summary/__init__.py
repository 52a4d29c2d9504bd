"""The summary of a regression: as text, in a notebook, as a dict, and as a data frame."""

from ogive.linear.summary.record import Summary, summarise

__all__ = ["Summary", "summarise"]
