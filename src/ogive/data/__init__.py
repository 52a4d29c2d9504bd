"""Tables: read them, choose the target, and turn the columns into numbers."""

from ogive.data.bundled import bundled_names, load_bundled
from ogive.data.preparation import ColumnPreparation
from ogive.data.reading import read_table
from ogive.data.selection import LabelledTable, select_target
from ogive.data.source import load_table
from ogive.data.task import infer_task

__all__ = [
    "ColumnPreparation",
    "LabelledTable",
    "bundled_names",
    "infer_task",
    "load_bundled",
    "load_table",
    "read_table",
    "select_target",
]
