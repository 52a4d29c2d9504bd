"""Dask collections: each worker sums up its own partitions, and only the sums travel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from importlib import import_module
from typing import Any

import numpy as np

from ogive.linear.least_squares import solve_moments
from ogive.linear.moments import Block, Triangle
from ogive.linear.streams.fitting import StreamFit, finished, is_dask
from ogive.linear.streams.lazy import choose_columns
from ogive.linear.streams.piece import Columns, Piece, Tree, block_rows
from ogive.text import InputError

__all__ = ["solve_dask"]

TOGETHER = 8
"""So many partial results are merged by one task."""

FILTERING = (
    "Leave such rows out, for example with ddf.dropna(), or fill them with ddf.fillna().",
    "请去掉这些行，例如用 ddf.dropna()，或用 ddf.fillna() 填补。",
)
DROPPING = (
    "Leave them out with ddf.drop(columns=[...]), or turn them into numbers, for example with "
    "dask.dataframe.get_dummies().",
    "请用 ddf.drop(columns=[...]) 去掉它们，或先转换成数字，例如用 dask.dataframe.get_dummies()。",
)


def solve_dask(X: Any, y: Any, sample_weight: Any, fit_intercept: bool) -> StreamFit:
    """Solve by least squares for a Dask data frame or array, on its cluster where there is one.

    Parameters
    ----------
    X : dask.dataframe.DataFrame or dask.array.Array
    y : str, list of str, dask.dataframe.Series, dask.array.Array or ndarray
        Names go with a data frame.
    sample_weight : as `y`, or None
    fit_intercept : bool
    """
    if X.ndim != 2:
        raise InputError(
            f"X must be a Dask data frame or an array of two dimensions; got {X.ndim} dimension.",
            f"X 必须是 Dask 数据表或二维数组；现为 {X.ndim} 维。",
        )
    if type(X).__module__.startswith("dask.array"):
        columns, parts, several = _of_arrays(X, y, sample_weight)
        named = False
    else:
        columns, parts, several = _of_frame(X, y, sample_weight)
        named = True

    sums = [_task(_sum_up, part, columns, fit_intercept) for part in parts]
    piece = _computed(sums, _merge_pieces)
    moments = finished(piece, columns, FILTERING)
    moments.n_threads = 0

    def second_pass(triangle: Triangle) -> None:
        triangles = [_task(_add_to_triangle, part, columns, triangle) for part in parts]
        triangle.merge(_computed(triangles, _merge_triangles))

    return StreamFit(solve_moments(moments, second_pass), columns, several, named)


def _task(function: Callable[..., Any], *arguments: Any) -> Any:
    dask: Any = import_module("dask")
    return dask.delayed(function, pure=False)(*arguments)


def _computed(tasks: list[Any], merge: Callable[[list[Any]], Any]) -> Any:
    """Compute the root of a tree over `tasks`, in their order."""
    dask: Any = import_module("dask")
    while len(tasks) > 1:
        tasks = [
            _task(merge, tasks[first : first + TOGETHER])
            for first in range(0, len(tasks), TOGETHER)
        ]
    return dask.compute(tasks[0])[0]


def _of_frame(X: Any, y: Any, sample_weight: Any) -> tuple[Columns, list[Any], bool]:
    kinds = {str(name): str(dtype) for name, dtype in X.dtypes.items()}
    numbers = {str(name): _is_number(dtype) for name, dtype in X.dtypes.items()}
    values = {"y": y, "sample_weight": sample_weight}
    given = {name: value for name, value in values.items() if is_dask(value)}
    if not given:
        columns = choose_columns(numbers, kinds, y, sample_weight, DROPPING)
        return columns, X.to_delayed(), not isinstance(y, str)
    if not (is_dask(y) and (sample_weight is None or is_dask(sample_weight))):
        raise InputError(
            "Give y and sample_weight either both as names of columns of X or both as Dask "
            "collections.",
            "y 和 sample_weight 请都用 X 的列名给出，或都用 Dask 数据给出。",
        )
    text = [name for name, number in numbers.items() if not number]
    if text:
        listed = ", ".join(f"{name!r} ({kinds[name]})" for name in text[:5])
        raise InputError(
            f"These columns do not hold numbers: {listed}. {DROPPING[0]}",
            f"这些列不是数字：{listed}。{DROPPING[1]}",
        )
    collections = [X, *given.values()]
    pieces = [_delayed_rows(collection) for collection in collections]
    counts = [len(piece) for piece in pieces]
    if len(set(counts)) > 1:
        raise InputError(
            f"X, y and sample_weight are cut into different numbers of partitions: {counts}. Take "
            "them from one data frame, and give names: y='price'.",
            f"X、y 和 sample_weight 的分区数不同：{counts}。请放在同一数据表中，"
            "并以列名给出：y='price'。",
        )
    target = getattr(y, "name", None)
    columns = Columns(
        tuple(numbers),
        (str(target),) if y.ndim == 1 and target is not None else _numbered("y", _width(y)),
        None if sample_weight is None else "sample_weight",
    )
    return columns, [list(part) for part in zip(*pieces, strict=True)], y.ndim == 2


def _of_arrays(X: Any, y: Any, sample_weight: Any) -> tuple[Columns, list[Any], bool]:
    da: Any = import_module("dask.array")

    if y is None or isinstance(y, str) or isinstance(sample_weight, str):
        raise InputError(
            "With a Dask array, y and sample_weight must be arrays of values; names go with data "
            "frames.",
            "对 Dask 数组，y 和 sample_weight 必须是数值数组；列名仅用于数据表。",
        )
    if X.dtype.kind not in "fiub":
        raise InputError(
            f"The Dask array X is of dtype {X.dtype}; a regression takes numbers: use .astype().",
            f"Dask 数组 X 的 dtype 是 {X.dtype}；回归只接受数字：请使用 .astype()。",
        )
    collections = [X.rechunk({1: -1})]
    for name, value in (("y", y), ("sample_weight", sample_weight)):
        if value is None:
            continue
        known = not any(np.isnan(size) for size in X.chunks[0])
        array = value if is_dask(value) else da.from_array(np.asarray(value))
        array = array if hasattr(array, "chunks") else array.to_dask_array()
        if known and not np.isnan(array.shape[0]):
            if array.shape[0] != X.shape[0]:
                raise InputError(
                    f"X has {X.shape[0]} rows and {name} has {array.shape[0]}; each row needs one.",
                    f"X 有 {X.shape[0]} 行，而 {name} 有 {array.shape[0]} 个值；每行需要一个。",
                )
            array = array.rechunk({0: X.chunks[0]})
        elif array.numblocks[0] != X.numblocks[0]:
            raise InputError(
                f"X is cut into {X.numblocks[0]} chunks of unknown size and {name} into "
                f"{array.numblocks[0]}; call X.compute_chunk_sizes() first.",
                f"X 被切成 {X.numblocks[0]} 个大小未知的块，而 {name} 有 {array.numblocks[0]} 个；"
                "请先调用 X.compute_chunk_sizes()。",
            )
        collections.append(array.rechunk({1: -1}) if array.ndim == 2 else array)
    target = collections[1]
    columns = Columns(
        _numbered("x", X.shape[1], always=True),
        _numbered("y", _width(target)),
        None if sample_weight is None else "sample_weight",
    )
    pieces = [_delayed_rows(collection) for collection in collections]
    return columns, [list(part) for part in zip(*pieces, strict=True)], target.ndim == 2


def _delayed_rows(collection: Any) -> list[Any]:
    return list(np.asarray(collection.to_delayed(), dtype=object).ravel())


def _width(y: Any) -> int:
    return 1 if y.ndim == 1 else int(y.shape[1])


def _numbered(letter: str, count: int, always: bool = False) -> tuple[str, ...]:
    if count == 1 and not always:
        return (letter,)
    return tuple(f"{letter}{i}" for i in range(count))


def _is_number(dtype: Any) -> bool:
    kind = getattr(dtype, "kind", "O")
    return kind in "fiub"


def _rows(part: Any, columns: Columns) -> Iterator[Block]:
    """Yield blocks of a partition: a data frame with all columns, or features, targets, weight."""
    if isinstance(part, list):
        X, y, weight = _numbers(part[0]), _numbers(part[1]), None
        if columns.weight is not None:
            weight = _numbers(part[2]).ravel()
    else:
        X, y = _numbers(part[list(columns.features)]), _numbers(part[list(columns.targets)])
        weight = None if columns.weight is None else _numbers(part[columns.weight])
    step = block_rows(len(columns.all))
    for first in range(0, len(X), step):
        rows = slice(first, first + step)
        yield Block(X[rows], y[rows], None if weight is None else weight[rows])


def _numbers(values: Any) -> Any:
    """Return a pandas object or an array as float64, or float32 where it is; missing as NaN."""
    if not hasattr(values, "iloc"):
        array = np.asarray(values)
        return array if array.dtype == np.float32 else array.astype(np.float64, copy=False)
    dtypes = list(values.dtypes) if values.ndim == 2 else [values.dtype]
    narrow = all(dtype == np.float32 for dtype in dtypes)
    return values.to_numpy(dtype=np.float32 if narrow else np.float64, na_value=np.nan)


def _sum_up(part: Any, columns: Columns, fit_intercept: bool) -> Piece:
    tree = Tree()
    for block in _rows(part, columns):
        # The cluster's own threads share the machine already.
        tree.add(Piece.of(*block, fit_intercept, n_threads=1, wanted=tree.sound))
    root = tree.root()
    if root is not None:
        return root
    empty = np.zeros((0, len(columns.features))), np.zeros((0, len(columns.targets)))
    return Piece.of(*empty, None if columns.weight is None else np.zeros(0), fit_intercept)


def _merge_pieces(pieces: list[Piece]) -> Piece:
    # Dask may hand out the same object again, so nothing of its is changed.
    tree = Tree()
    for piece in pieces:
        tree.add(deepcopy(piece))
    root = tree.root()
    assert root is not None
    return root


def _add_to_triangle(part: Any, columns: Columns, triangle: Triangle) -> Triangle:
    own = deepcopy(triangle)
    own.n_threads = 1
    own.add_all(_rows(part, columns))
    return own


def _merge_triangles(triangles: list[Triangle]) -> Triangle:
    merged = deepcopy(triangles[0])
    for triangle in triangles[1:]:
        merged.merge(triangle)
    return merged
