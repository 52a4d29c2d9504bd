"""Linear regression of data that need not fit into memory."""

from ogive.linear.streams.fitting import is_stream, solve_stream

__all__ = ["is_stream", "solve_stream"]
