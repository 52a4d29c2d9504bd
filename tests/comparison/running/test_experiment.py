import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.exceptions import ConvergenceWarning

from ogive.comparison import compare
from ogive.comparison.running import local

X, Y = load_iris(return_X_y=True)
SMALL = {"activations": ["tanh", "relu"], "n_splits": 3, "n_repeats": 1, "max_iter": 5}


def fingerprint(comparison):
    return [
        (o.score, o.chosen, o.loss_curve.tolist(), o.gradients.tolist())
        for done in comparison.outcomes
        for o in done
    ]


def test_there_is_an_outcome_for_every_activation_and_split():
    comparison = compare(X, Y, **SMALL)
    assert [len(done) for done in comparison.outcomes] == [3, 3]
    assert len(comparison.guesses) == 3


def test_the_result_does_not_depend_on_the_number_of_threads():
    one, two = (compare(X, Y, n_jobs=n, **SMALL) for n in (1, 2))
    assert fingerprint(one) == fingerprint(two)


def test_going_split_by_split_changes_nothing_but_the_memory(monkeypatch):
    at_once = compare(X, Y, **SMALL)
    monkeypatch.setattr(local, "MEMORY", 1)
    assert fingerprint(compare(X, Y, **SMALL)) == fingerprint(at_once)


def test_an_activation_fares_the_same_in_whatever_company():
    alone = compare(X, Y, **(SMALL | {"activations": ["relu"]}))
    assert fingerprint(alone) == fingerprint(compare(X, Y, **SMALL))[3:]


def test_the_rate_with_the_best_validation_score_is_chosen():
    rates = (0.0001, 0.02)
    both = compare(X, Y, learning_rates=rates, **SMALL)
    single = [compare(X, Y, learning_rates=(rate,), **SMALL) for rate in rates]
    for number, done in enumerate(both.outcomes):
        for split, outcome in enumerate(done):
            tried = [one.outcomes[number][split] for one in single]
            assert outcome.validation_score == max(o.validation_score for o in tried)
            assert outcome.score in [o.score for o in tried]
            assert outcome.chosen in rates


def test_scores_are_those_of_the_network_that_the_outcome_describes():
    from ogive import MLPClassifier
    from ogive.comparison.design.settings import Settings
    from ogive.comparison.design.splits import make_splits
    from ogive.data import ColumnPreparation

    comparison = compare(X, Y, learning_rates=(0.01,), **SMALL)
    settings: Settings = comparison.settings
    split = make_splits(
        Y, "classification", n_splits=3, n_repeats=1, validation_fraction=0.2, random_state=0
    )[1]
    prepared = ColumnPreparation().fit(X, rows=split.training).transform(X)
    network = MLPClassifier(
        settings.hidden_layer_sizes,
        "relu",
        init="auto",
        batch_size=settings.batch_rows(len(split.fitting)),
        learning_rate_init=0.01,
        max_iter=5,
        early_stopping="loss",
        random_state=split.seed,
    )
    with pytest.warns(ConvergenceWarning):
        network.fit(
            prepared[split.fitting],
            Y[split.fitting],
            validation_data=(prepared[split.validation], Y[split.validation]),
        )
    outcome = comparison.outcomes[1][1]
    assert network.score(prepared[split.test], Y[split.test]) == outcome.score
    assert network.loss_curve_ == pytest.approx(outcome.loss_curve.tolist(), rel=1e-5)


def test_progress_grows_to_the_end_in_every_phase():
    calls = []
    compare(X, Y, progress=lambda *call: calls.append(call), **SMALL)
    totals = {"prepare": 3, "train": 18}
    for phase, total in totals.items():
        done = [call[0] for call in calls if call[2] == phase]
        assert done == sorted(done)
        assert done[-1] == total
        assert {call[1] for call in calls if call[2] == phase} == {total}
    assert {call[2] for call in calls} == set(totals)


def test_rows_of_the_test_fold_do_not_influence_the_training():
    spoilt = X.copy()
    first = compare(X, Y, **(SMALL | {"n_splits": 2}))
    from ogive.comparison.design.splits import make_splits

    split = make_splits(
        Y, "classification", n_splits=2, n_repeats=1, validation_fraction=0.2, random_state=0
    )[0]
    spoilt[split.test] = 1e6
    second = compare(spoilt, Y, **(SMALL | {"n_splits": 2}))
    for before, after in zip(first.outcomes, second.outcomes, strict=True):
        assert before[0].loss_curve.tolist() == after[0].loss_curve.tolist()
        assert before[0].validation_score == after[0].validation_score


def test_fits_that_diverge_count_as_a_guess_and_keep_their_place():
    comparison = compare(X, Y, learning_rates=(1e30,), **SMALL)
    for done in comparison.outcomes:
        assert [o.score for o in done] == comparison.guesses
        assert all(o.failed and o.n_diverged == 1 for o in done)
    assert [row.n_failed for row in comparison.rows()] == [3, 3]


def test_a_rate_that_diverges_is_not_chosen_while_another_works():
    comparison = compare(X, Y, learning_rates=(0.01, 1e30), **SMALL)
    for done in comparison.outcomes:
        assert all(o.chosen == 0.01 and not o.failed for o in done)
        assert all(o.n_diverged == 1 for o in done)


def test_a_function_without_gradient_is_seen_as_dead_with_a_ratio_of_0():
    comparison = compare(X, Y, **(SMALL | {"activations": ["step"], "max_iter": 3}))
    (row,) = comparison.rows()
    assert row.dead_share == 1
    assert row.gradient_ratio == 0


def test_epochs_and_times_are_those_of_the_fits():
    comparison = compare(X, Y, **SMALL)
    for row in comparison.rows():
        assert 1 <= row.epochs <= 5
        assert 0 < row.seconds < 5
    for done in comparison.outcomes:
        assert all(len(o.loss_curve) <= 5 for o in done)
        assert all(np.isfinite(o.gradients).all() for o in done)


@pytest.mark.filterwarnings("error")
def test_of_networks_that_learnt_nothing_no_units_are_counted_and_nothing_warns():
    comparison = compare(X, Y, **(SMALL | {"activations": ["exp(exp(exp(3*z)))", "relu"]}))
    failed, learnt = comparison.outcomes
    assert all(o.failed and np.isnan([o.dead_share, o.saturated_share]).all() for o in failed)
    assert all(0 <= o.dead_share <= 1 and 0 <= o.saturated_share <= 1 for o in learnt)
    assert "exp(exp(exp(3*z)))" in comparison.verdict.en
    assert '"dead_share": null' in comparison.to_json()
