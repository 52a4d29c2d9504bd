"""The table of each split as its networks see it, through the steps before them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import clone
from sklearn.pipeline import Pipeline

from ogive.diagnosis.remedies.patient import SCALE_INPUTS, Patient, input_scaler
from ogive.diagnosis.remedies.rows import Given, Split, take
from ogive.text import InputError

__all__ = ["SplitTable", "check_finite", "prepare", "size_of"]


class SplitTable(NamedTuple):
    """All rows of a split's table, with and without a scaler, and what made them.

    Attributes
    ----------
    plain, scaled : array-like
        What the networks are given; `scaled` is None where no version asks for a scaler.
    steps : list of (name, transformer)
        Fitted on the rows to learn from alone.
    scaler : StandardScaler or None
    """

    plain: Any
    scaled: Any
    steps: list[tuple[str, Any]]
    scaler: Any

    def of(self, parameters: Mapping[str, Any]) -> Any:
        """Return the table for a version with these parameters."""
        return self.scaled if parameters.get(SCALE_INPUTS) else self.plain

    def whole(self, parameters: Mapping[str, Any], network: Any) -> Any:
        """Return a fitted network with the fitted steps before it."""
        steps = list(self.steps)
        if parameters.get(SCALE_INPUTS):
            steps.append(("inputscaler", self.scaler))
        return Pipeline([*steps, ("network", network)]) if steps else network


def prepare(patient: Patient, given: Given, split: Split, *, scale: bool) -> SplitTable:
    """Fit the patient's steps, and a scaler where asked for, on the rows to learn from."""
    plain, steps = given.X, []
    if patient.steps:
        before = clone(Pipeline(patient.steps))
        _seed(before, split.seed)
        before.fit(take(given.X, split.train), given.y[split.train])
        plain, steps = before.transform(given.X), before.steps
    if not scale:
        return SplitTable(plain, None, steps, None)
    scaler = input_scaler(sparse.issparse(plain)).fit(take(plain, split.train))
    return SplitTable(plain, scaler.transform(plain), steps, scaler)


def _seed(before: Pipeline, seed: int) -> None:
    """Give steps that draw at random, and have no seed, one."""
    unseeded = {
        name: seed % 2**31
        for name, value in before.get_params(deep=True).items()
        if name.endswith("__random_state") and value is None
    }
    before.set_params(**unseeded)


def size_of(table: SplitTable) -> int:
    """Return about how many bytes a table holds that is not the given one."""
    parts = [table.scaled] if not table.steps else [table.plain, table.scaled]
    total = 0
    for part in parts:
        stored = getattr(part, "data", part) if sparse.issparse(part) else part
        total += int(getattr(stored, "nbytes", 0) or 8 * np.prod(np.shape(stored)))
    return total


def check_finite(table: Any) -> None:
    """Refuse rows that no network can learn from.

    Raises
    ------
    InputError
        Where a value is missing or infinite after the patient's steps.
    """
    values: NDArray[Any] = np.asarray(table.data if sparse.issparse(table) else table)
    n = int((~np.isfinite(values)).sum()) if values.dtype.kind == "f" else 0
    if n:
        raise InputError(
            f"remedies cannot be tried: the pipeline's steps hand {n} values to the network that "
            "are missing or infinite; leave these rows out, or fill them in by a SimpleImputer.",
            f"无法试用补救办法：管道的各步骤交给网络的数据中有 {n} 个缺失或无穷的值；"
            "请去掉这些行，或用 SimpleImputer 填补。",
        )
