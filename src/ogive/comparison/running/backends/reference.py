"""What every fit is about, pickled once and unpickled once in each worker process."""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from threading import Lock
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.running.tables import Tables

try:
    import cloudpickle
except ImportError:  # joblib before 1.6 brought its own
    from joblib.externals import cloudpickle

__all__ = ["Reference", "Shipment", "Shipper", "tables_of"]

KEPT = 2
"""Comparisons whose data a worker keeps: one that ends may overlap with one that begins."""


class Shipment(NamedTuple):
    """Problem and settings as bytes.

    Attributes
    ----------
    fingerprint : str
        SHA-256 of the bytes; a worker that knows it does not look at them.
    payload : ndarray of uint8
        An array and not ``bytes``, which joblib maps into memory and Ray shares without a copy.
    """

    fingerprint: str
    payload: NDArray[np.uint8]


class Reference(Protocol):
    """Something small that leads a worker to a shipment."""

    @property
    def fingerprint(self) -> str:
        """What a worker knows the data by."""

    @property
    def payload(self) -> Any:
        """The bytes of problem and settings."""


class Shipper:
    """Pickles a comparison the first time it is asked to, and keeps the bytes while it is used."""

    def __init__(self) -> None:
        self._shipped: tuple[Problem, Settings, Shipment] | None = None

    def ship(self, problem: Problem, settings: Settings) -> Shipment:
        """Return the shipment of a comparison."""
        known = self._shipped
        if known is None or known[0] is not problem or known[1] is not settings:
            # cloudpickle, for scorers and estimators may be defined in a script or a notebook.
            pickled = cloudpickle.dumps((problem, settings))
            fingerprint = hashlib.sha256(pickled).hexdigest()
            shipment = Shipment(fingerprint, np.frombuffer(pickled, dtype=np.uint8))
            known = problem, settings, shipment
            self._shipped = known
        return known[2]


_lock = Lock()
_tables: OrderedDict[str, Tables] = OrderedDict()


def tables_of(reference: Reference) -> Tables:
    """Return the tables of a shipment, unpickled by the first task of this process that asks."""
    with _lock:
        tables = _tables.pop(reference.fingerprint, None)
        if tables is None:
            while len(_tables) >= KEPT:
                _tables.popitem(last=False)
            problem, settings = pickle.loads(memoryview(reference.payload))
            tables = Tables(problem, settings, kept=1)
        _tables[reference.fingerprint] = tables
        return tables
