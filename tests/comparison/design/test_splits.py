import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogive.comparison.design.splits import make_splits
from ogive.text import InputError

OPTIONS = {"n_splits": 5, "n_repeats": 2, "validation_fraction": 0.2, "random_state": 0}


def splits_of(y, task="classification", **changed):
    return make_splits(np.asarray(y), task, **(OPTIONS | changed))


def test_every_row_is_tested_once_a_repeat():
    splits = splits_of(np.arange(53) % 3)
    assert len(splits) == 10
    for repeat in range(2):
        tested = np.concatenate([s.test for s in splits if s.repeat == repeat])
        assert sorted(tested) == list(range(53))


@given(
    st.lists(st.integers(0, 3), min_size=40, max_size=120),
    st.integers(2, 5),
    st.floats(0.05, 0.5),
    st.integers(0, 2**32),
)
@settings(max_examples=40, deadline=None)
def test_parts_are_disjoint_and_each_class_is_fitted_to(y, n_splits, fraction, seed):
    y = np.concatenate([y, np.repeat(np.arange(4), n_splits)])
    for split in splits_of(
        y, n_splits=n_splits, validation_fraction=fraction, random_state=seed, n_repeats=1
    ):
        parts = np.concatenate([split.fitting, split.validation, split.test])
        assert sorted(parts) == list(range(len(y)))
        assert set(y[split.fitting]) == {0, 1, 2, 3}
        assert len(split.validation) > 0
        assert len(np.unique(split.validation)) == len(split.validation)


def test_validation_rows_keep_the_share_of_the_classes():
    y = np.repeat([0, 1], [400, 100])
    for split in splits_of(y):
        assert np.bincount(y[split.validation]).tolist() == [64, 16]


def test_validation_rows_of_a_regression_span_the_target():
    y = np.random.default_rng(0).exponential(size=500)
    for split in splits_of(y, "regression"):
        drawn, rest = np.median(y[split.validation]), np.median(y[split.fitting])
        assert drawn == pytest.approx(rest, abs=0.1)
        assert len(split.validation) == 80


def test_the_same_seed_gives_the_same_splits_and_another_gives_others():
    y = np.arange(60) % 2
    first, again, other = splits_of(y), splits_of(y), splits_of(y, random_state=1)
    assert all((a.test == b.test).all() for a, b in zip(first, again, strict=True))
    assert [s.seed for s in first] == [s.seed for s in again]
    assert any((a.test != b.test).any() for a, b in zip(first, other, strict=True))


def test_repeats_have_other_folds_and_other_seeds():
    splits = splits_of(np.arange(60) % 2)
    assert len({s.seed for s in splits}) == 10
    assert (splits[0].test != splits[5].test).any()


def test_too_few_rows_to_validate_on_are_refused():
    with pytest.raises(InputError, match="4 rows are too few"):
        splits_of([0, 0, 1, 1], n_splits=2)
