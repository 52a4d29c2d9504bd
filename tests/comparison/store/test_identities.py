"""Identities: equal for what does the same, and only for that."""

import functools
import os
import subprocess
import sys
import threading
import types
from dataclasses import dataclass
from enum import Enum

import numpy as np
import pytest
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.decomposition import PCA
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LinearRegression
from sklearn.metrics import accuracy_score

from ogive.comparison.store.identities import Identities, hashed, identity


def of(value):
    return hashed(identity(value))


def percent(function):
    @functools.wraps(function)
    def wrapped(*given):
        return 100 * function(*given)

    return wrapped


def error(function):
    @functools.wraps(function)
    def wrapped(*given):
        return 1 - function(*given)

    return wrapped


def plain(estimator, X, y):
    return float((estimator.predict(X) == y).mean())


def test_decorators_count_though_they_take_over_the_name():
    assert len({of(plain), of(percent(plain)), of(error(plain)), of(percent(percent(plain)))}) == 4
    assert of(percent(plain)) == of(percent(plain))


def test_what_borrows_the_name_of_a_librarys_function_is_not_it():
    @functools.wraps(accuracy_score)
    def mine(estimator, X, y):
        return 0.5

    assert of(mine) != of(accuracy_score)
    assert of(accuracy_score) == of(accuracy_score)


FACTOR = 2


def helper(X):
    return X * FACTOR


class Prepares(TransformerMixin, BaseEstimator):
    power = 1

    def fit(self, X, y=None):
        return self

    def transform(self, X):
        return helper(X) ** self.power


class Inherits(Prepares):
    pass


@pytest.mark.parametrize("kind", [Prepares, Inherits])
def test_what_the_methods_of_a_class_call_counts(kind, monkeypatch):
    before = of(kind())
    monkeypatch.setitem(globals(), "FACTOR", 3)
    assert of(kind()) != before


def test_attributes_and_bases_of_a_class_count(monkeypatch):
    before = of(Inherits())
    monkeypatch.setattr(Prepares, "power", 2)
    assert of(Inherits()) != before
    monkeypatch.undo()
    assert of(Inherits()) == before
    monkeypatch.setattr(Prepares, "fit", lambda self, X, y=None: self)
    assert of(Inherits()) != before


def test_classes_made_by_a_function_differ_by_what_it_was_given():
    def make(power):
        class Made(TransformerMixin, BaseEstimator):
            def fit(self, X, y=None):
                return self

            def transform(self, X):
                return X**power

            @property
            def doubled(self):
                return 2 * power

        return Made

    assert of(make(1)()) == of(make(1)())
    assert of(make(1)()) != of(make(3)())


def test_modules_of_the_users_count_by_what_is_used_of_them(monkeypatch):
    module = types.ModuleType("mine_alone")
    module.f, module.unrelated = (lambda x: x), 1
    monkeypatch.setitem(globals(), "used", module)

    def uses(x):
        return used.f(x)  # noqa: F821

    before = of(uses)
    module.unrelated = 2
    assert of(uses) == before
    module.f = lambda x: x + 1
    assert of(uses) != before

    def hands_on(x):
        return vars(used)["unrelated"]  # noqa: F821

    before = of(hands_on)
    module.unrelated = 3
    assert of(hands_on) != before


def test_modules_that_a_function_imports_count(tmp_path, monkeypatch):
    (tmp_path / "imported_within.py").write_text("K = 1\n")
    monkeypatch.syspath_prepend(tmp_path)

    def uses(x):
        import imported_within

        return x * imported_within.K

    before = of(uses)
    monkeypatch.setattr("imported_within.K", 2)
    assert of(uses) != before


def test_attributes_of_a_function_count():
    def uses(x):
        return x * uses.k

    uses.k = 1
    before = of(uses)
    uses.k = 2
    assert of(uses) != before


def test_an_attribute_of_the_same_name_as_a_global_is_not_it(monkeypatch):
    monkeypatch.setitem(globals(), "mean", 3)
    before = of(plain)
    monkeypatch.setitem(globals(), "mean", 4)
    assert of(plain) == before


class Slotted:
    __slots__ = ("metric",)

    def __init__(self, metric):
        self.metric = metric


class Hides:
    def __init__(self, weight):
        self.weight = weight

    def __getstate__(self):
        return {}


class Numbers(list):
    pass


class Colour(Enum):
    RED = 1
    BLUE = 2


@dataclass
class Record:
    weight: float = 1.0


@pytest.mark.parametrize(
    ("first", "same", "other"),
    [
        (Slotted(lambda x: x), Slotted(lambda x: x), Slotted(lambda x: x + 1)),
        (Hides(1), Hides(1), Hides(2)),
        (Numbers([1]), Numbers([1]), Numbers([2])),
        (Colour.RED, Colour.RED, Colour.BLUE),
        (Record(), Record(1.0), Record(2.0)),
        ([1, 2].count, [1, 2].count, [1, 3].count),
        (np.add, np.add, np.multiply),
        (np.arange(3.0), np.arange(3.0), np.arange(3)),
        (np.ma.array([1, 2], mask=[0, 1]), np.ma.array([1, 2], mask=[0, 1]), np.ma.array([1, 2])),
        (np.random.RandomState(1), np.random.RandomState(1), np.random.RandomState(2)),
        (functools.partial(plain, X=1), functools.partial(plain, X=1), functools.partial(plain)),
        (functools.cache(plain), functools.cache(plain), functools.cache(helper)),
        ((threading.Lock(), 1), (threading.Lock(), 1), (threading.Lock(), 2)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_objects_are_told_apart_by_all_they_hold(first, same, other):
    assert of(first) == of(same) != of(other)


X, Y = np.arange(6.0)[:, None], np.arange(6.0)


def test_a_fitted_model_counts_as_fitted_but_where_it_is_cloned():
    fresh, fitted = LinearRegression(), LinearRegression().fit(X, Y)
    assert of(fresh) != of(fitted) != of(LinearRegression().fit(X, -Y))
    assert Identities().of_cloned(fresh) == Identities().of_cloned(fitted)
    kept = [FrozenEstimator(LinearRegression().fit(X, sign * Y)) for sign in (1, -1)]
    assert Identities().of_cloned(kept[0]) == Identities().of_cloned(clone(kept[0]))
    assert Identities().of_cloned(kept[0]) != Identities().of_cloned(kept[1])


def test_a_transformer_set_to_give_other_tables_is_another():
    assert Identities().of_cloned(PCA()) != Identities().of_cloned(
        PCA().set_output(transform="polars")
    )


@pytest.mark.parametrize(
    "make", [lambda: (one for one in [1]), lambda: np.frompyfunc(plain, 3, 1)], ids=["iter", "func"]
)
def test_what_cannot_be_identified_equals_nothing(make):
    value, found = make(), Identities()
    assert found.of(value) != Identities().of(value)
    assert found.n_unknown == 1


CODE = """
import numpy as np, re
from sklearn.base import BaseEstimator
from ogive.comparison.store.identities import hashed, identity
WORDS = {"a", "b", "c"}
class Mine(BaseEstimator):
    def fit(self, X, y):
        from sklearn.tree import DecisionTreeClassifier
        self.tree_ = DecisionTreeClassifier(max_depth=2, random_state=0).fit(X, y)
        return self
    def predict(self, X):
        return [w in {"x", "y", "z"} and w in WORDS and re.match("a", w) for w in X]
fitted = Mine().fit(np.arange(8.0)[:, None], np.arange(8) % 3)
print(hashed(identity([Mine, fitted])))
"""


def test_identities_are_the_same_in_another_process(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(CODE)
    seen = {
        subprocess.run(
            [sys.executable, script],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
