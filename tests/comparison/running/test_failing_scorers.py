import os

import numpy as np
import pytest
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.datasets import load_iris

from ogive.comparison import compare
from ogive.comparison.design.splits import make_splits
from ogive.comparison.store import open_store
from ogive.data import ColumnPreparation
from ogive.data.frames import as_frame
from ogive.text import InputError

X, Y = load_iris(return_X_y=True)
SMALL = {
    "activations": ["tanh", "relu"],
    "learning_rates": [0.01],
    "n_splits": 3,
    "n_repeats": 2,
    "max_iter": 5,
}


def fails_on_one_fold(estimator, X, y):
    """Fail for networks on the rows that the environment tells: a scorer's text is in its key."""
    if hasattr(estimator, "coefs_") and repr(float(X.sum())) == os.environ.get("FAILING_ROWS"):
        raise ZeroDivisionError("no such customers")
    return float(np.mean(estimator.predict(X) == y))


@pytest.fixture
def failing(monkeypatch):
    """Make the scorer fail on the test fold of repeat 2, fold 3."""
    split = make_splits(
        Y, "classification", n_splits=3, n_repeats=2, validation_fraction=0.2, random_state=0
    )[5]
    frame = as_frame(X)
    prepared = ColumnPreparation(dtype=np.float32).fit(frame, rows=split.training).transform(frame)
    monkeypatch.setenv("FAILING_ROWS", repr(float(prepared[split.test].sum())))


def test_a_scorer_that_fails_on_one_fold_ends_the_comparison_with_its_name_and_place(failing):
    with pytest.raises(InputError) as error:
        compare(X, Y, scoring=fails_on_one_fold, **SMALL)
    message = str(error.value)
    assert "'fails_on_one_fold' fails on the test fold of repeat 2, fold 3" in message
    assert "ZeroDivisionError: no such customers" in message


def test_what_a_failing_scorer_did_score_stays_in_the_store_and_is_not_done_again(
    failing, tmp_path, monkeypatch
):
    given = SMALL | {"scoring": fails_on_one_fold, "store": tmp_path / "kept.db"}
    with pytest.raises(InputError):
        compare(X, Y, n_jobs=1, **given)
    monkeypatch.delenv("FAILING_ROWS")
    mended = compare(X, Y, **given)
    assert mended.n_known >= 8  # of 12 fits, the two of the failing fold at most are missing
    assert mended.scores == compare(X, Y, **(given | {"store": False})).scores
    with open_store(tmp_path / "kept.db") as store:
        assert store.runs()


def test_a_score_without_a_scale_is_refused_before_the_first_fit():
    fitted = []

    def zero(estimator, X, y):
        fitted.append(hasattr(estimator, "coefs_"))
        return 0.0

    with pytest.raises(InputError, match="Give the difference that does not matter"):
        compare(X, Y, scoring=zero, **SMALL)
    assert not any(fitted)


def test_a_score_without_a_scale_is_accepted_with_a_region_of_equivalence():
    def half(estimator, X, y):
        return float(np.mean(estimator.predict(X) == y)) if hasattr(estimator, "coefs_") else 0.0

    assert compare(X, Y, scoring=half, rope=0.02, **SMALL).rope == 0.02


def reads_a_column(estimator, X, y):
    right = estimator.predict(X) == y
    return float(right[X[:, 1] > 0].mean())


def test_a_scorer_that_reads_the_columns_scores_the_guess_on_them():
    found = compare(X, Y, scoring=reads_a_column, **SMALL)
    assert all(0 < guess < 0.7 for guess in found.guesses)


def looks_at_weights(estimator, X, y):
    return float(np.mean(estimator.predict(X) == y)) + 0 * estimator.coefs_[0].size


@pytest.mark.parametrize("target", [Y, X[:, 0]], ids=["classes", "numbers"])
def test_a_scorer_that_cannot_score_the_guess_says_nothing_of_it(target, tmp_path):
    def scorer(estimator, X, y):
        return -float(np.mean(abs(estimator.predict(X) - y))) + 0 * estimator.coefs_[0].size

    found = compare(X[:, 1:], target, scoring=scorer, store=tmp_path / "kept.db", **SMALL)
    assert np.isnan(found.guesses).all()
    assert found.rope == pytest.approx(0.01 * np.mean(np.abs(list(found.scores.values()))))
    assert "guess" not in found.verdict.en
    assert found.gains["tanh"].is_evident is False
    path = tmp_path / "report.html"
    found.report(path)
    assert "gives a guess that ignores the columns no score" in path.read_text("utf-8")
    assert "NaN" not in found.to_json()


def test_what_diverges_without_a_guess_to_count_with_is_told():
    rates = SMALL | {"learning_rates": [1e30]}
    with pytest.raises(InputError, match="gives no score of a guess"):
        compare(X, Y, scoring=looks_at_weights, **rates)


class GivesNan(RegressorMixin, BaseEstimator):
    def fit(self, X, y):
        return self

    def predict(self, X):
        return np.full(len(X), np.nan)


def test_a_model_of_ones_own_that_predicts_nan_is_not_said_to_diverge():
    with pytest.raises(InputError, match="'GivesNan.*repeat 1, fold .: it gave no finite") as error:
        compare(X, X[:, 0], vary={"model": [GivesNan(), "linear"]}, n_splits=2, n_repeats=1)
    assert "GivesNan" in error.value.text.zh
    assert "不是有限数" in error.value.text.zh
