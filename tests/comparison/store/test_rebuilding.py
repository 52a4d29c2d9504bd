"""The result of a run, made again from the store alone."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.datasets import load_diabetes, load_iris
from sklearn.metrics import make_scorer, mean_pinball_loss, r2_score
from sklearn.preprocessing import StandardScaler

import ogive
from ogive.comparison.store import open_store, rebuild
from ogive.text import InputError, Text

FEW = {"n_splits": 3, "max_iter": 5, "hidden_layer_sizes": (4, 4), "learning_rates": (0.003, 0.01)}


def told(comparison):
    """Return all that a comparison tells, without what is of one sitting."""
    everything = comparison.to_dict()
    everything.pop("n_known")
    return everything


def test_a_rebuilt_comparison_tells_what_the_first_one_told(place):
    X, y = load_iris(return_X_y=True)
    first = ogive.compare(
        X,
        y,
        activations=["relu", ["tanh", "prelu"], ogive.activation("z * sigmoid(b * z)", b=1.5)],
        data_name="iris",
        target_name="kind",
        notices=[Text("read", "读入")],
        store=place,
        **FEW,
    )
    with open_store(place) as store:
        again = rebuild(store, first.run)
    assert told(again) == told(first)
    assert again.to_csv() == first.to_csv()
    assert again.notices == first.notices
    assert replace(again.settings, candidates=()) == replace(first.settings, candidates=())
    for one, other in zip(again.settings.candidates, first.settings.candidates, strict=True):
        assert (one.label, one.factors, one.choices) == (other.label, other.factors, other.choices)


def test_a_regression_is_rebuilt_too(place):
    X, y = load_diabetes(return_X_y=True)
    first = ogive.compare(X, y, activations=["relu", "tanh"], scoring="rmse", store=place, **FEW)
    with open_store(place) as store:
        assert told(rebuild(store, first.run)) == told(first)


def spread(estimator, X, y):
    return estimator.score(X, y)


def test_objects_of_the_users_are_names_in_what_is_rebuilt(place):
    X, y = load_iris(return_X_y=True)
    first = ogive.compare(
        X, y, activations=["relu"], scoring=spread, prepare=StandardScaler(), store=place, **FEW
    )
    with open_store(place) as store:
        again = rebuild(store, first.run)
    assert again.scoring == first.scoring == "spread"
    assert str(again.settings.prepare) == "StandardScaler()"
    assert again.to_csv() == first.to_csv()
    with pytest.raises(InputError, match="'spread' was an object in Python"):
        again.settings.scoring(None, X, y)


@pytest.mark.parametrize(
    "scoring",
    [
        make_scorer(mean_pinball_loss, greater_is_better=False, alpha=0.3),
        make_scorer(r2_score),
        make_scorer(lambda y, predicted: abs(y - predicted).mean(), greater_is_better=False),
    ],
    ids=["an error", "one with a range", "an error of one's own"],
)
def test_what_is_better_and_a_scores_range_are_rebuilt(tmp_path, scoring):
    X, y = load_diabetes(return_X_y=True)
    given = {"activations": ["relu", "tanh"], "scoring": scoring, "store": tmp_path / "kept.db"}
    first = ogive.compare(X, y, scheduler="processes", n_jobs=1, **given, **FEW)
    with open_store(tmp_path / "kept.db") as store:
        again = rebuild(store, first.run)
    assert again.score.greater_is_better is first.score.greater_is_better
    assert (again.verdict, again.rope, again.engine) == (first.verdict, first.rope, first.engine)
    assert told(again) == told(first)


def test_of_an_unfinished_run_the_complete_repeats_are_shown(store, new_comparison_of):
    made = new_comparison_of()
    whole = store.begin(made.described())
    results = whole.known([])
    experiment = made.run(whole)
    results = whole.known(made.described().planned)
    whole.pause(0.0)
    store.delete([whole.id])
    part = store.begin(made.described())
    planned = made.described().planned
    part.record({key: results[key] for key in planned[:10]})
    part.pause(1.0)
    again = rebuild(store, part.id)
    assert again.settings.n_repeats == 1
    assert again.scores["relu"] == [one.score for one in experiment.outcomes[0][:2]]
    assert "1 of 2 repeats are complete" in again.notices[-1].en
    assert "2 次重复中有 1 次" in again.notices[-1].zh


def test_a_run_without_a_complete_repeat_has_nothing_to_show(store, new_comparison_of):
    journal = store.begin(new_comparison_of().described())
    journal.pause(0.0)
    with pytest.raises(InputError, match="has 0 of 16 fits.*ogive compare iris"):
        rebuild(store, journal.id)


def test_results_of_an_older_form_are_as_good_as_none(store, new_comparison_of):
    made = new_comparison_of()
    journal = store.begin(made.described())
    made.run(journal)
    journal.pause(0.0)
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE ogive_fits SET result = '{\"score\": 1}'")
    with pytest.raises(InputError, match="none of its repeats is complete"):
        rebuild(store, journal.id)


def test_numbers_of_numpy_in_settings_are_kept(store, new_comparison_of):
    made = new_comparison_of(alpha=np.float32(0.5), random_state=np.int64(3))
    journal = store.begin(made.described())
    journal.finish(made.run(journal), 1.0)
    settings = rebuild(store, journal.id).settings
    assert (settings.alpha, settings.random_state) == (0.5, 3)
