"""How a run ends that was interrupted, where more can be said than that it was."""

from __future__ import annotations

from ogive.text import Text

__all__ = ["Interrupted"]


class Interrupted(Exception):
    """Ctrl-C, after work that is kept; Typer would turn a `KeyboardInterrupt` into its own.

    Parameters
    ----------
    text : Text
        What is kept, and how to go on.
    """

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
