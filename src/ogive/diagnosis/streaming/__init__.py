"""Statistics that grow by a batch at a time: units, inputs, sampled rows."""

from ogive.diagnosis.streaming.bounds import affine_bounds
from ogive.diagnosis.streaming.inputs import InputAccumulator
from ogive.diagnosis.streaming.rank import effective_rank
from ogive.diagnosis.streaming.rows import RowSample
from ogive.diagnosis.streaming.units import UnitAccumulator, greatest_slope

__all__ = [
    "InputAccumulator",
    "RowSample",
    "UnitAccumulator",
    "affine_bounds",
    "effective_rank",
    "greatest_slope",
]
