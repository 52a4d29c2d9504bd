"""Tables: read them, choose the target, and turn the columns into numbers."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ogive.data.bundled import bundled_names, load_bundled
    from ogive.data.design import DesignPreparation
    from ogive.data.house import load_house
    from ogive.data.pictures import load_pictures
    from ogive.data.preparation import ColumnPreparation
    from ogive.data.reading import read_table
    from ogive.data.selection import LabelledTable, select_target
    from ogive.data.source import load_table
    from ogive.data.task import infer_task

# Imported when first used: scikit-learn takes a second, and a help page has no need of it.
_HOMES = {
    "ColumnPreparation": "preparation",
    "DesignPreparation": "design",
    "LabelledTable": "selection",
    "bundled_names": "bundled",
    "infer_task": "task",
    "load_bundled": "bundled",
    "load_house": "house",
    "load_pictures": "pictures",
    "load_table": "source",
    "read_table": "reading",
    "select_target": "selection",
}

__all__ = [
    "ColumnPreparation",
    "DesignPreparation",
    "LabelledTable",
    "bundled_names",
    "infer_task",
    "load_bundled",
    "load_house",
    "load_pictures",
    "load_table",
    "read_table",
    "select_target",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'ogive.data' has no attribute {name!r}")
    value = getattr(import_module(f"ogive.data.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
