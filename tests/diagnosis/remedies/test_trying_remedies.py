from contextlib import suppress

import numpy as np
import pandas as pd
import polars as pl
import pytest
from planted_diagnoses import (
    classifier,
    curve,
    diagnosed,
    finding,
    regressor,
    remedy,
    three_classes,
)
from scipy import sparse
from sklearn.compose import make_column_transformer
from sklearn.datasets import make_multilabel_classification
from sklearn.impute import SimpleImputer
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from ogive.diagnosis.remedies import trying
from ogive.diagnosis.remedies.patient import take_apart
from ogive.diagnosis.remedies.rediagnosing import Codes
from ogive.diagnosis.remedies.rows import given_rows, make_splits
from ogive.resampling.intervals import corrected_mean
from ogive.text import InputError

UNCHANGING = {"record_gradients": True}
DESTRUCTIVE = {"learning_rate_init": 1e12, "solver": "sgd"}


@pytest.fixture(autouse=True)
def _no_second_diagnosis(monkeypatch):
    """What is found after a remedy has tests of its own."""
    monkeypatch.setattr(trying, "codes_of", lambda *_: Codes())


def trial_of(model, X, y, *remedies, code="OGV102", **options):
    diagnosis = diagnosed(model, X, y, finding(code, *remedies))
    return diagnosis.try_remedies(**{"n_seeds": 4, **options})


def splits_of(X, y, n_seeds=4, random_state=0, *, classification=True):
    rng = np.random.default_rng(0)
    given = given_rows(X, y, classification=classification, max_rows=None, rng=rng)
    return make_splits(given, n_seeds, random_state)


def test_a_remedy_that_changes_nothing_differs_by_exactly_zero():
    trial = trial_of(classifier(), *three_classes(), UNCHANGING)
    (tried,) = trial.remedies
    assert np.array_equal(tried.scores, trial.patient_scores)
    assert (tried.difference, tried.low, tried.high) == (0, 0, 0)
    assert tried.verdict == "no evidence"
    assert len(set(trial.patient_scores)) > 1  # the splits do differ


@pytest.mark.parametrize("solver", ["adam", "sgd", "lbfgs"])
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_patient_and_remedy_score_as_ordinary_fits_with_the_same_rows_and_seed(solver):
    X, y = three_classes()
    model = classifier(solver=solver)
    trial = trial_of(model, X, y, {"activation": "tanh"})
    for k, split in enumerate(splits_of(X, y)):
        for scores, activation in (
            (trial.patient_scores, "relu"),
            (trial.remedies[0].scores, "tanh"),
        ):
            alone = classifier(solver=solver, activation=activation, random_state=split.seed)
            alone.fit(X[split.train], y[split.train])
            assert scores[k] == alone.score(X[split.test], y[split.test])


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_the_scaler_knows_the_rows_to_learn_from_alone():
    X, y = three_classes()
    X[:, 1] = 1000 + 50 * X[:, 1]
    trial = trial_of(classifier(), X, y, {"scale_inputs": True})
    for k, split in enumerate(splits_of(X, y)):
        alone = make_pipeline(StandardScaler(), classifier(random_state=split.seed))
        alone.fit(X[split.train], y[split.train])
        assert trial.remedies[0].scores[k] == alone.score(X[split.test], y[split.test])


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_steps_of_a_pipeline_are_kept_and_fitted_on_the_rows_to_learn_from():
    X, y = three_classes()
    table = pd.DataFrame(X, columns=list("abcd"))
    table["e"] = np.where(y == 0, "left", "right")
    table.loc[::7, "a"] = np.nan
    steps = make_column_transformer(
        (make_pipeline(SimpleImputer(), StandardScaler()), list("abcd")), (OneHotEncoder(), ["e"])
    )
    trial = trial_of(make_pipeline(steps, classifier()), table, y, {"activation": "tanh"})
    for k, split in enumerate(splits_of(table, y)):
        network = classifier(activation="tanh", random_state=split.seed)
        alone = make_pipeline(steps, network).fit(table.iloc[split.train], y[split.train])
        assert trial.remedies[0].scores[k] == alone.score(table.iloc[split.test], y[split.test])


def test_interval_is_the_corrected_one_of_the_paired_differences():
    trial = trial_of(
        classifier(), *three_classes(), {"learning_rate_init": 1e-4}, n_seeds=5, confidence=0.9
    )
    (tried,) = trial.remedies
    expected = corrected_mean(
        tried.scores - trial.patient_scores, trial.n_test / trial.n_train, confidence=0.9
    )
    assert (tried.difference, tried.low, tried.high) == expected[:3]
    assert (trial.n_train, trial.n_test, trial.n_seeds) == (96, 24, 5)


def test_a_good_remedy_is_better_and_a_harmful_one_worse():
    X, y = three_classes()
    slow = classifier(learning_rate_init=1e-6)
    trial = trial_of(slow, X, y, {"learning_rate_init": 0.02})
    assert trial.remedies[0].verdict == "better"
    assert trial.best is trial.remedies[0]
    turned = trial_of(classifier(), X, y, {"learning_rate_init": 1e-6})
    assert turned.remedies[0].verdict == "worse"
    assert turned.best is None


def test_a_remedy_that_never_stays_finite_has_failed_and_counts_as_the_constant_answer():
    X, y = three_classes()
    trial = trial_of(classifier(), X, y, DESTRUCTIVE, {"learning_rate_init": 0.02})
    assert [one.verdict for one in trial.remedies][-1] == "failed"
    failed = trial.remedies[-1]
    assert failed.n_failed == 4
    for score, split in zip(failed.scores, splits_of(X, y), strict=True):
        most = np.bincount(y[split.train]).argmax()
        assert score == np.mean(y[split.test] == most)
    assert trial.constant_score == pytest.approx(failed.scores.mean())


def test_a_patient_that_never_stays_finite_is_helped_by_one_that_does():
    trial = trial_of(classifier(**DESTRUCTIVE), *three_classes(), {"learning_rate_init": 0.02})
    assert trial.n_patient_failed == 4
    assert trial.remedies[0].verdict == "better"
    assert trial.remedies[0].n_failed == 0


def test_a_remedy_that_is_refused_says_why_and_the_others_are_tried():
    odd = {"activation": "glu", "hidden_layer_sizes": (7,)}
    trial = trial_of(classifier(), *three_classes(), odd, {"alpha": 0.1})
    kept, refused = trial.remedies
    assert kept.remedy.parameters == {"alpha": 0.1}
    assert refused.verdict == "failed"
    assert "even number" in refused.reason.en
    assert "偶数" in refused.reason.zh
    assert np.isnan(refused.difference)


def test_remedies_are_told_the_most_improving_first():
    trial = trial_of(
        classifier(learning_rate_init=1e-3),
        *three_classes(),
        {"learning_rate_init": 1e-7},
        {"learning_rate_init": 0.02},
    )
    assert [one.remedy.parameters["learning_rate_init"] for one in trial.remedies] == [0.02, 1e-7]


def test_the_remedied_estimator_is_ready_to_be_fitted():
    trial = trial_of(classifier(max_iter=500, tol=0.05), *three_classes(), {"scale_inputs": True})
    fitted = trial.remedies[0].estimator.fit(*three_classes())
    assert [type(step) for _, step in fitted.steps][0] is StandardScaler
    assert fitted.score(*three_classes()) > 0.5


def test_the_same_random_state_gives_the_same_trial_whatever_the_number_of_threads():
    first, again, other = (
        trial_of(classifier(), *three_classes(), {"alpha": 1.0}, random_state=s, n_jobs=n)
        for s, n in ((1, 1), (1, 2), (2, 1))
    )
    assert np.array_equal(first.remedies[0].scores, again.remedies[0].scores)
    assert not np.array_equal(first.patient_scores, other.patient_scores)


def test_it_leaves_the_diagnosed_model_alone():
    X, y = three_classes()
    model = classifier(max_iter=100, tol=0.05).fit(X, y)
    before = [w.copy() for w in model.coefs_]
    trial_of(model, X, y, {"activation": "tanh"})
    assert model.activation == "relu"
    assert all(np.array_equal(a, b) for a, b in zip(before, model.coefs_, strict=True))


def test_without_findings_the_trial_is_empty():
    X, y = three_classes()
    diagnosis = diagnosed(classifier(), X, y)
    trial = diagnosis.try_remedies()
    assert trial.remedies == ()
    assert trial.patient_scores.size == 0
    assert diagnosis.trial is trial


def test_a_regression_is_scored_by_r2_and_one_useless_network_does_not_decide_the_mean():
    X, y = curve()
    y = y + 10  # as yet untrained, an output around 0 has an R² of about -100
    trial = trial_of(
        regressor(learning_rate_init=1e-6), X, y, {"learning_rate_init": 0.05, "max_iter": 60}
    )
    assert trial.score_name == "r2"
    assert trial.patient_scores.tolist() == [-1.0] * 4
    assert trial.remedies[0].verdict == "better"


def test_balanced_accuracy_is_the_score_where_an_imbalance_is_treated():
    X, y = three_classes(300)
    keep = np.r_[np.flatnonzero(y == 0), np.flatnonzero(y == 1)[:20]]
    X, y = X[keep], y[keep]
    trial = trial_of(classifier(max_iter=5), X, y, {"class_weight": "balanced"}, code="OGV112")
    assert trial.score_name == "balanced_accuracy"
    split = splits_of(X, y)[1]
    alone = classifier(max_iter=5, class_weight="balanced", random_state=split.seed)
    with pytest.warns(match="Maximum iterations"):
        alone.fit(X[split.train], y[split.train])
    expected = balanced_accuracy_score(y[split.test], alone.predict(X[split.test]))
    assert trial.remedies[0].scores[1] == expected


def as_csr(X):
    return sparse.csr_array(np.where(np.abs(X) < 0.5, 0, X))


@pytest.mark.parametrize(
    "kind",
    [
        np.float32,
        lambda X: np.rint(2 * X).astype(int),
        lambda X: X.tolist(),
        as_csr,
        lambda X: as_csr(X).tocoo(),
        lambda X: pd.DataFrame(X, columns=list("abcd")),
        lambda X: pl.DataFrame(X, schema=list("abcd")),
    ],
    ids=["float32", "int", "list", "csr", "coo", "pandas", "polars"],
)
def test_rows_of_any_kind_can_be_tried(kind):
    X, y = three_classes()
    names = np.array(["left", "mid", "right"])[y]
    X = X.astype(np.float32) if kind is np.float32 else kind(X)
    trial = trial_of(
        classifier(learning_rate_init=1e-6),
        X,
        names,
        {"learning_rate_init": 0.02},
        {"scale_inputs": True},
        n_seeds=6,
    )
    assert trial.remedies[0].verdict == "better"
    assert all(np.isfinite(one.scores).all() for one in trial.remedies)


def test_several_labels_a_row_and_several_targets_can_be_tried():
    X, y = make_multilabel_classification(100, 6, n_classes=3, random_state=0)
    assert trial_of(classifier(), X, y, {"alpha": 0.1}).score_name == "accuracy"
    X, y = curve()
    assert trial_of(regressor(), X, np.c_[y, -y], {"alpha": 0.1}).score_name == "r2"


def test_rows_with_missing_values_are_left_out_unless_a_step_fills_them_in():
    X, y = three_classes()
    X[3, 1] = np.nan
    trial = trial_of(classifier(), X, y, {"alpha": 0.1})
    assert (trial.n_left_out, trial.n_train + trial.n_test) == (1, 119)
    trial = trial_of(make_pipeline(SimpleImputer(), classifier()), X, y, {"alpha": 0.1})
    assert (trial.n_left_out, trial.n_train + trial.n_test) == (0, 120)


def test_steps_that_hand_on_missing_values_are_refused():
    X, y = three_classes()
    X[3, 1] = np.nan
    with pytest.raises(InputError, match="steps hand 1 values to the network that are missing"):
        trial_of(make_pipeline(StandardScaler(), classifier()), X, y, {"alpha": 0.1})


def test_a_search_stands_for_the_network_that_it_found_best():
    X, y = three_classes()
    search = GridSearchCV(classifier(max_iter=200, tol=0.05), {"alpha": [0.5]}, cv=2).fit(X, y)
    best = classifier(max_iter=200, tol=0.05, alpha=0.5)
    found, plain = (
        trial_of(model, X, y, {"activation": "tanh"})
        for model in (make_pipeline("passthrough", search), make_pipeline("passthrough", best))
    )
    assert np.array_equal(found.patient_scores, plain.patient_scores)
    assert np.array_equal(found.remedies[0].scores, plain.remedies[0].scores)


def test_pytorch_modules_are_told_to_change_by_hand():
    diagnosis = diagnosed(None, [], None, framework="torch")
    with pytest.raises(InputError, match="predicted effects.*cannot be tried") as told:
        diagnosis.try_remedies()
    assert "PyTorch 模块" in told.value.text.zh


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"n_seeds": 1}, "n_seeds must be a whole number of at least 2, got 1"),
        ({"n_seeds": 2.5}, "got 2.5"),
        ({"max_remedies": 0}, "max_remedies must be a whole number of at least 1"),
        ({"max_rows": 5}, "max_rows must be a whole number of at least 100"),
        ({"random_state": -1}, "random_state must be a whole number of at least 0"),
        ({"confidence": 95}, "confidence must be a number between 0 and 1, got 95"),
        ({"n_jobs": 0}, "n_jobs must be a number of threads"),
    ],
)
def test_parameters_out_of_range_are_refused(wrong, said):
    with pytest.raises(InputError, match=said):
        trial_of(classifier(), *three_classes(), {"alpha": 0.1}, **wrong)


def test_rows_beyond_max_rows_are_not_used_and_the_record_says_so():
    trial = trial_of(classifier(), *three_classes(300), {"alpha": 0.1}, max_rows=100)
    assert trial.n_rows == 300
    assert trial.n_train + trial.n_test == 100


def test_progress_counts_all_trainings_up_to_the_last():
    seen = []
    trial_of(
        classifier(),
        *three_classes(),
        {"alpha": 0.1},
        {"solver": "lbfgs"},
        progress=lambda done, of: seen.append((done, of)),
    )
    assert {of for _, of in seen} == {12}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (12, 12)


def test_an_interrupted_trial_leaves_the_diagnosis_without_one():
    def stop(done, of):
        raise KeyboardInterrupt

    diagnosis = diagnosed(classifier(), *three_classes(), finding("OGV102", {"alpha": 0.1}))
    with suppress(KeyboardInterrupt):
        diagnosis.try_remedies(n_seeds=3, progress=stop)
        pytest.fail("was not interrupted")
    assert diagnosis.trial is None


def test_tables_that_do_not_fit_into_memory_at_once_give_the_same_scores(monkeypatch):
    from ogive.diagnosis.remedies import running

    X, y = three_classes()
    at_once = trial_of(classifier(), X, y, {"scale_inputs": True})
    monkeypatch.setattr(running, "MEMORY", 1)
    seen = []
    in_turn = trial_of(
        classifier(), X, y, {"scale_inputs": True}, progress=lambda done, of: seen.append(done)
    )
    assert np.array_equal(at_once.remedies[0].scores, in_turn.remedies[0].scores)
    assert seen == sorted(seen)


def test_sparse_rows_out_of_a_step_get_a_scaler_that_keeps_zeros():
    X = np.random.default_rng(0).integers(0, 5, (120, 3))
    y = (X[:, 0] > 1).astype(int)
    model = make_pipeline(OneHotEncoder(), classifier())
    trial = trial_of(model, X, y, {"scale_inputs": True})
    assert trial.remedies[0].estimator.steps[1][1].with_mean is False
    assert take_apart(trial.remedies[0].estimator).changes({"scale_inputs": True}) == {}


def test_remedies_without_parameters_are_not_tried():
    trial = trial_of(classifier(), *three_classes(), remedy())
    assert trial.remedies == ()
