import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GridSearchCV, KFold, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.random_projection import GaussianRandomProjection
from sklearn.tree import DecisionTreeClassifier

from ogive.comparison import compare
from ogive.comparison.models.seeding import seeded

X, Y = load_iris(return_X_y=True)
SMALL = {"activations": ["relu"], "learning_rates": [0.01], "n_splits": 2, "n_repeats": 1}
SMALL |= {"max_iter": 5}


def test_every_random_state_of_a_model_is_set_and_one_thread_used():
    given = make_pipeline(StandardScaler(), RandomForestClassifier(n_jobs=2, random_state=7))
    forest = seeded(given, 2**32 + 3, all_anew=True).steps[1][1]
    assert (forest.random_state, forest.n_jobs) == (3, 1)
    assert given.steps[1][1].random_state == 7


def test_only_what_is_unset_of_a_transformer_is_set():
    given = make_pipeline(GaussianRandomProjection(2), GaussianRandomProjection(2, random_state=7))
    made = seeded(given, 3, all_anew=False)
    assert [step.random_state for _, step in made.steps] == [3, 7]


def test_a_splitter_that_shuffles_is_set_on_a_copy():
    given = StratifiedKFold(3, shuffle=True)
    made = seeded(GridSearchCV(DecisionTreeClassifier(), {}, cv=given), 3, all_anew=True)
    assert made.cv.random_state == 3
    assert given.random_state is None
    in_order = seeded(GridSearchCV(DecisionTreeClassifier(), {}, cv=KFold(3)), 3, all_anew=True)
    assert in_order.cv.random_state is None


@pytest.mark.parametrize(
    "prepare",
    [
        GaussianRandomProjection(2),
        make_pipeline(FunctionTransformer(np.asarray), GaussianRandomProjection(2)),
    ],
    ids=["alone", "in a pipeline"],
)
def test_equal_calls_prepare_the_same_tables(prepare):
    first, again = (compare(X, Y, prepare=prepare, **SMALL).scores for _ in range(2))
    assert first == again


def test_candidates_added_later_have_the_tables_of_the_first(tmp_path):
    given = SMALL | {"prepare": GaussianRandomProjection(2), "store": tmp_path / "kept.db"}
    compare(X, Y, **given)
    both = compare(X, Y, **(given | {"activations": ["relu", "max(0, z)"]}))
    assert both.n_known == 2
    first, second = both.scores.values()
    assert first == second


def test_equal_calls_search_on_the_same_folds():
    search = GridSearchCV(
        DecisionTreeClassifier(), {"max_depth": [1, 2, 3]}, cv=StratifiedKFold(3, shuffle=True)
    )
    given = SMALL | {"vary": {"model": [search]}}
    del given["activations"], given["learning_rates"]
    first, again, third = (compare(X, Y, **given).scores for _ in range(3))
    assert first == again == third
