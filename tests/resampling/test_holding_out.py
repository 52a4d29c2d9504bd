import numpy as np
import pytest

from ogive.resampling.holding_out import hold_out


def split(y, fraction=0.2, seed=0, *, classes=True):
    rng = np.random.default_rng(seed)
    return hold_out(np.arange(len(y)), np.asarray(y), fraction, rng, classes=classes)


def test_every_row_is_either_kept_or_held_out():
    kept, held = split(np.arange(50) % 3)
    assert sorted([*kept, *held]) == list(range(50))
    assert len(held) == 10


@pytest.mark.parametrize("seed", range(5))
def test_each_class_gives_its_share_to_within_a_row(seed):
    y = np.repeat([0, 1, 2], [60, 30, 10])
    _, held = split(y, seed=seed)
    assert np.abs(np.bincount(y[held]) - [12, 6, 2]).max() <= 1


@pytest.mark.parametrize("seed", range(20))
def test_a_class_always_keeps_a_row_to_learn_from(seed):
    y = np.repeat(np.arange(15), 2)
    y[-1] = 99
    kept, _ = split(y, 0.5, seed)
    assert set(y[kept]) == set(y)


def test_a_regression_is_held_out_along_its_whole_range():
    y = np.random.default_rng(1).normal(size=100)
    _, held = split(y, classes=False)
    ranks = np.argsort(np.argsort(y))[held] // 5
    assert np.array_equal(np.sort(ranks), np.arange(20))


def test_other_seeds_hold_out_other_rows():
    y = np.arange(40) % 2
    assert not np.array_equal(split(y, seed=0)[1], split(y, seed=1)[1])


def test_nothing_is_held_out_where_rows_are_too_few():
    kept, held = split([0, 0, 1, 1])
    assert kept.tolist() == [0, 1, 2, 3]
    assert held.size == 0
