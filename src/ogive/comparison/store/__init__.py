"""Where comparisons are kept: every fit when it ends, so that nothing is computed twice or lost."""

from ogive.comparison.store.describing import RunDescription, describe_run
from ogive.comparison.store.keys import KeyMaker
from ogive.comparison.store.locating import ENVIRONMENT_VARIABLE, default_path
from ogive.comparison.store.rebuilding import rebuild
from ogive.comparison.store.run import StoredRun
from ogive.comparison.store.store import Store, open_store
from ogive.comparison.store.summaries import RunSummary, check_same_data

__all__ = [
    "ENVIRONMENT_VARIABLE",
    "KeyMaker",
    "RunDescription",
    "RunSummary",
    "Store",
    "StoredRun",
    "check_same_data",
    "default_path",
    "describe_run",
    "open_store",
    "rebuild",
]
