"""What stands between validated rows and a training of the core."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

__all__ = ["Prepared", "Targets"]

Array = np.ndarray[Any, Any]


class Targets(NamedTuple):
    """Targets in the core's form: `values` (n_rows, n_outputs), or `labels` for softmax."""

    values: Array | None
    labels: Array | None
    n_outputs: int


class Prepared(NamedTuple):
    """A training ready to run: the core's run, its network, and the generator of its draws."""

    run: Any
    network: Any
    random_state: np.random.RandomState
    incremental: bool
