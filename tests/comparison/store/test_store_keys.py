"""Keys: equal for fits that give the same, different for all others."""

import functools

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score, f1_score, make_scorer
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import ogive
from ogive.comparison.design.candidates import Candidate, Choice
from ogive.comparison.store.keys import KeyMaker


def key(made, candidate=0, choice=0, repeat=0, fold=0):
    one = made.settings.candidates[candidate]
    return made.keys(one, one.choices[choice], repeat, fold)


def test_each_fit_of_a_comparison_has_a_key_of_its_own(new_comparison_of):
    planned = new_comparison_of().described().planned
    assert len(set(planned)) == len(planned) == 16
    assert all(len(one) == 64 for one in planned)


def test_keys_are_the_same_in_another_process(new_comparison_of, run_python):
    code = "from conftest import small; print(small().described().planned[5])"
    assert run_python(code).strip() == new_comparison_of().described().planned[5]


@pytest.mark.parametrize(
    "changed",
    [
        {"n_splits": 3},
        {"max_iter": 5},
        {"batch_size": 16},
        {"alpha": 0.001},
        {"solver": "sgd"},
        {"n_iter_no_change": 5},
        {"validation_fraction": 0.25},
        {"scoring": "log_loss"},
        {"random_state": 1},
        {"dtype": np.float64},
        {"prepare": StandardScaler()},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_what_changes_a_fit_changes_its_key(new_comparison_of, changed):
    assert key(new_comparison_of(**changed)) != key(new_comparison_of())


@pytest.mark.parametrize(
    "changed",
    [
        {"n_repeats": 5},
        {"rope": 0.02},
        {"learning_rates": (0.5,)},
        {"alpha": np.float64(1e-4)},
        {"random_state": np.int64(0)},
        {"activations": ["relu", "gelu", "mish"]},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_what_is_compared_besides_does_not(new_comparison_of, changed):
    assert key(new_comparison_of(**changed)) == key(new_comparison_of())


def candidates(new_comparison_of, *made):
    return {key(new_comparison_of(candidates=(one,))) for one in made}


def test_what_a_candidate_is_changes_the_key_and_its_label_does_not(new_comparison_of):
    plain = Candidate("a", activation="leaky_relu", hidden_layer_sizes=(4, 4))
    same = [
        Candidate("b", {"x": "y"}, activation="leaky_relu", hidden_layer_sizes=(4, 4)),
        Candidate("c", activation=["leaky_relu"] * 2, hidden_layer_sizes=(4, 4)),
        Candidate("d", activation=ogive.activation("leaky_relu"), hidden_layer_sizes=(4, 4)),
    ]
    assert len(candidates(new_comparison_of, plain, *same)) == 1
    learnt = ogive.activation("prelu", per_unit=True)
    others = [
        Candidate("a", activation="leaky_relu", hidden_layer_sizes=(4,)),
        Candidate("a", activation=["leaky_relu", "relu"], hidden_layer_sizes=(4, 4)),
        Candidate("a", activation=["relu", "leaky_relu"], hidden_layer_sizes=(4, 4)),
        Candidate("a", activation=ogive.activation("leaky_relu", negative_slope=0.5)),
        Candidate("a", activation=ogive.activation("relu", subgradient="left")),
        Candidate("a", activation="relu"),
        Candidate("a", activation="prelu"),
        Candidate("a", activation=learnt),
        Candidate("a", activation="z * sigmoid(z)"),
        Candidate("a", activation="silu"),
        Candidate("a", init="he_normal", activation="leaky_relu", hidden_layer_sizes=(4, 4)),
        Candidate("a", model="linear"),
        Candidate("a", model=PCA(2)),
        Candidate("a", model=PCA(3)),
    ]
    assert len(candidates(new_comparison_of, plain, *others)) == len(others) + 1


def test_a_choice_is_known_by_name_and_value(new_comparison_of):
    made = new_comparison_of()
    one = made.settings.candidates[0]
    keys = {
        made.keys(one, Choice(name, value), 0, 0)
        for name in ("learning_rate_init", "C")
        for value in (1, 1.0, np.float64(1), np.float32(1), 1.0000000000000002)
    }
    assert len(keys) == 4


def test_a_choice_of_nothing_has_a_key(new_comparison_of):
    made = new_comparison_of()
    one = made.settings.candidates[0]
    assert made.keys(one, Choice("", float("nan")), 0, 0) == made.keys(
        one, Choice("", np.float64("nan")), 0, 0
    )


def test_splits_differ(new_comparison_of):
    made = new_comparison_of()
    assert len({key(made, repeat=r, fold=f) for r in (0, 1) for f in (0, 1)}) == 4


FACTOR = 2


def doubled(value):
    return value * FACTOR


def first_scorer(estimator, X, y):
    return doubled(estimator.score(X, y))


def second_scorer(estimator, X, y):
    return estimator.score(X, y) * 2


def scored(new_comparison_of, *scorers):
    return {key(new_comparison_of(scoring=scorer)) for scorer in scorers}


def test_a_scorer_of_the_users_is_known_by_what_it_does(new_comparison_of, monkeypatch):
    before = scored(new_comparison_of, first_scorer)
    assert len(before | scored(new_comparison_of, second_scorer)) == 2
    assert scored(new_comparison_of, first_scorer) == before
    monkeypatch.setitem(globals(), "FACTOR", 3)
    assert scored(new_comparison_of, first_scorer) != before


def test_scorers_written_in_one_line_are_told_apart(new_comparison_of):
    both = [lambda e, X, y: e.score(X, y), lambda e, X, y: -e.score(X, y)]
    assert len(scored(new_comparison_of, *both)) == 2


def test_what_a_scorer_closes_over_counts(new_comparison_of):
    def make(weight):
        def scorer(estimator, X, y):
            return weight * estimator.score(X, y)

        return scorer

    assert len(scored(new_comparison_of, make(1), make(1), make(2))) == 2


def test_scorers_of_scikit_learn_are_told_apart_by_their_parameters(new_comparison_of):
    made = [
        make_scorer(accuracy_score),
        make_scorer(accuracy_score, greater_is_better=False),
        make_scorer(f1_score, average="macro"),
        make_scorer(f1_score, average="micro"),
        functools.partial(first_scorer, X=1),
        functools.partial(first_scorer, X=2),
    ]
    assert len(scored(new_comparison_of, *made)) == len(made)
    assert scored(new_comparison_of, make_scorer(f1_score, average="macro")) == scored(
        new_comparison_of, made[2]
    )


class Recursive:
    """A scorer that refers to itself."""

    def __init__(self, weight):
        self.weight = weight
        self.me = self

    def __call__(self, estimator, X, y):
        return self.weight * estimator.score(X, y)


def test_objects_that_refer_to_themselves_have_a_key(new_comparison_of):
    assert len(scored(new_comparison_of, Recursive(1), Recursive(1), Recursive(2))) == 2


def test_what_has_no_attributes_is_known_by_its_bytes(new_comparison_of):
    import operator

    made = [operator.methodcaller("score", 1), operator.methodcaller("score", 2)]
    assert len(scored(new_comparison_of, *made)) == 2
    assert scored(new_comparison_of, operator.methodcaller("score", 1)) == scored(
        new_comparison_of, made[0]
    )


def test_a_transformer_is_known_by_its_class_and_parameters(new_comparison_of):
    made = [
        StandardScaler(),
        StandardScaler(with_mean=False),
        make_pipeline(StandardScaler(), PCA(2)),
        make_pipeline(StandardScaler(), PCA(3)),
    ]
    keys = [key(new_comparison_of(prepare=one)) for one in made]
    assert len(set(keys)) == len(made)
    again = key(new_comparison_of(prepare=make_pipeline(StandardScaler(), PCA(2))))
    assert again == keys[2]


def test_other_data_have_other_keys(new_comparison_of):
    from dataclasses import replace

    made = new_comparison_of()
    values = made.problem.target.values.copy()
    values[[0, -1]] = values[[-1, 0]]
    other = replace(made.problem, target=replace(made.problem.target, values=values))
    keys = KeyMaker(other, made.settings)
    one = made.settings.candidates[0]
    assert keys.fingerprint != made.keys.fingerprint
    assert keys(one, one.choices[0], 0, 0) != key(made)


def test_settings_of_networks_leave_other_models_their_keys(new_comparison_of):
    forest = RandomForestClassifier(3)
    others = tuple(Candidate(str(one), model=one) for one in ("linear", "logistic", forest))
    changed = {"max_iter": 5, "batch_size": 16, "alpha": 0.5, "solver": "sgd"}
    before, after = (
        new_comparison_of(candidates=others),
        new_comparison_of(candidates=others, **changed, n_iter_no_change=3),
    )
    assert [key(before, i) for i in range(3)] == [key(after, i) for i in range(3)]


def test_what_is_set_anew_in_a_model_of_ones_own_has_no_part(new_comparison_of):
    made = [
        GridSearchCV(
            make_pipeline(StandardScaler(), RandomForestClassifier(3, n_jobs=n, random_state=seed)),
            {},
            cv=StratifiedKFold(3, shuffle=True, random_state=seed),
        )
        for n, seed in ((None, None), (2, 7))
    ]
    same = candidates(new_comparison_of, *(Candidate("a", model=one) for one in made))
    assert len(same) == 1
    other = made[0].set_params(cv=StratifiedKFold(4, shuffle=True))
    assert candidates(new_comparison_of, Candidate("a", model=other)) != same


def test_a_share_of_all_columns_is_not_the_number_one(new_comparison_of):
    made = [Candidate("a", model=RandomForestClassifier(max_features=one)) for one in (1, 1.0)]
    assert len(candidates(new_comparison_of, *made)) == 2


def test_what_cannot_be_identified_is_never_taken_for_the_same_and_is_told(new_comparison_of):
    def scorer(estimator, X, y):
        return eval("estimator.score(X, y)")

    made = new_comparison_of(scoring=scorer)
    assert len(scored(new_comparison_of, scorer, scorer)) == 2
    (notice,) = made.keys.notices
    assert "scoring cannot be identified" in notice.en
    assert "scoring 中含有无法识别的内容" in notice.zh
    assert new_comparison_of().keys.notices == ()
