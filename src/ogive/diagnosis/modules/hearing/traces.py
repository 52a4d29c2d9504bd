"""What is known of a tensor on its way through a module: which layer it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from ogive.diagnosis.modules.hearing.sites import Site

__all__ = [
    "Affine",
    "Trace",
    "first_trace",
    "follow",
    "fork",
    "importance",
    "tag",
    "tag_all",
    "trace_of",
    "untag",
]

_MARK = "_ogive_trace"


@dataclass(slots=True, eq=False)
class Affine:
    """An affine map with weights that was met, such as that of a Linear module.

    Attributes
    ----------
    name : str
        Of the module that owns the weights.
    kind : {"linear", "conv", "conv_transpose", "matmul"}
    weight, bias : tensor, tensor or None
    order : int
        When it was first met, to put layers in order.
    source : Site or None
        The activation whose outputs it is given.
    source_exact : bool
        They are given as they are, at most reshaped.
    padded : bool
        Zeros may stand among its inputs (padding).
    low, high : tensor or None
        Range of its inputs, by feature or channel.
    raw : bool
        It is given the module's own inputs, whose range is known anyway.
    after : Affine or None
        The affine map whose outputs it is given, each time and at most reshaped.
    fed : set of Affine
        The affine maps that are given its outputs in this way.
    forks : bool
        Something other than an affine map is given its outputs, too.
    """

    name: str
    kind: str
    weight: Any
    bias: Any
    order: int
    source: Site | None = None
    source_exact: bool = False
    padded: bool = False
    low: Any = None
    high: Any = None
    raw: bool = False
    n_inputs: int = 0
    groups: int = 1
    metered: int = field(default=-1)
    after: Affine | None = None
    fed: set[Affine] = field(default_factory=set)
    forks: bool = False
    applied: bool = False

    @property
    def n_outputs(self) -> int:
        """Units or channels that it makes."""
        shape = self.weight.shape
        if self.kind == "matmul":
            return int(shape[1])
        if self.kind == "conv_transpose":
            return int(shape[1]) * self.groups
        return int(shape[0])


class Trace:
    """Where a tensor comes from.

    Attributes
    ----------
    raw : bool
        It is the module's own input, at most reshaped.
    affine : Affine or None
        The last affine map on its way, since the last activation.
    exact : bool
        The tensor is that map's output, at most reshaped.
    normed : bool
        A normalisation came after the map.
    source : Site or None
        The last activation on its way, until the next affine map.
    source_exact : bool
        The tensor is that activation's output, at most reshaped.
    scaled : tuple (tensor, float) or None
        The tensor is that tensor times this number.
    """

    __slots__ = ("affine", "exact", "normed", "raw", "scaled", "source", "source_exact")

    def __init__(
        self,
        affine: Affine | None = None,
        exact: bool = False,
        normed: bool = False,
        source: Site | None = None,
        source_exact: bool = False,
        scaled: tuple[Any, float] | None = None,
        raw: bool = False,
    ) -> None:
        self.affine = affine
        self.exact = exact
        self.normed = normed
        self.source = source
        self.source_exact = source_exact
        self.scaled = scaled
        self.raw = raw

    def blurred(self, *, normed: bool = False, scaled: tuple[Any, float] | None = None) -> Trace:
        """Return the trace of what some arithmetic made of the tensor."""
        return Trace(self.affine, False, self.normed or normed, self.source, False, scaled)


def trace_of(tensor: Any) -> Trace | None:
    """Return what is known of a tensor."""
    return getattr(tensor, _MARK, None)


def tag(tensor: Any, trace: Trace | None) -> None:
    """Note on a tensor where it comes from; it goes with the tensor."""
    if trace is not None:
        setattr(tensor, _MARK, trace)


def untag(answer: Any) -> None:
    """Take the note off what a model returned, before its user keeps or stores it."""
    if hasattr(answer, _MARK):
        delattr(answer, _MARK)
    elif isinstance(answer, dict):
        untag(list(answer.values()))
    elif isinstance(answer, list | tuple):
        for one in answer:
            untag(one)


def importance(trace: Trace) -> tuple[int, int]:
    """Return what orders traces by how much they tell: the number of weights, then how late."""
    affine = trace.affine
    return (-1, 0) if affine is None else (int(affine.weight.numel()), affine.order)


def first_trace(args: tuple[Any, ...]) -> Trace | None:
    """Return the first trace among arguments and the parts of lists."""
    for one in args:
        for part in one if isinstance(one, (tuple, list)) else (one,):
            trace = trace_of(part)
            if trace is not None:
                return trace
    return None


def follow(affine: Affine, trace: Trace | None) -> None:
    """Note what an affine map is given, where it comes straight from another."""
    before = trace.affine if trace is not None and trace.exact else None
    if before is not None:
        before.fed.add(affine)
    affine.after = before if not affine.applied or affine.after is before else None
    affine.applied = True


def fork(args: Iterable[Any]) -> None:
    """Note that outputs of affine maps among the arguments are put to a use of another kind."""
    for one in args:
        for part in one if isinstance(one, (tuple, list)) else (one,):
            trace = trace_of(part)
            if trace is not None and trace.exact and trace.affine is not None:
                trace.affine.forks = True


def tag_all(out: Any, trace: Trace | None) -> None:
    """Note on a tensor, or on each of several, where it comes from."""
    if trace is None:
        return
    for part in out if isinstance(out, (tuple, list)) else (out,):
        if isinstance(part, torch.Tensor) and part.is_floating_point():
            tag(part, trace)
