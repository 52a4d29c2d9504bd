"""OGV107: features of different size, large, small, or far from 0."""

import numpy as np
import pytest
from diagnosis.checks.made_measurements import (
    make_hidden,
    make_inputs,
    make_measured,
    make_output,
    only,
)
from sklearn import datasets
from sklearn.preprocessing import scale

from ogive.diagnosis.checks.ends.input_scale import check
from ogive.diagnosis.measurements import Inputs, Layer
from ogive.diagnosis.thresholds import Thresholds


def inputs_of(X, names=None, **more):
    X = np.asarray(X, float)
    return Inputs(
        mean=X.mean(axis=0), std=X.std(axis=0), least=X.min(axis=0), greatest=X.max(axis=0),
        names=names, **more,
    )  # fmt: skip


def found(X, names=None, limits=None, **more):
    measured = make_measured(inputs=inputs_of(X, names, **more), n_rows=len(X))
    return only(check(measured, limits or Thresholds()))


def random():
    return np.random.default_rng(0)


def test_features_of_different_scale_are_an_issue_that_names_the_worst():
    wine = datasets.load_wine()
    finding = found(wine.data, tuple(wine.feature_names))
    assert (finding.severity, finding.kind) == ("issue", "spread")
    assert finding.numbers["features"][0] == "proline"
    assert "314 in proline" in finding.title.en
    assert "proline 为 314" in finding.title.zh
    assert finding.numbers["spread"] > 1000
    assert finding.remedies[0].parameters == {"scale_inputs": True}


def test_features_without_names_are_numbered_from_one():
    X = random().normal(size=(50, 3)) * [1, 1000, 1]
    finding = found(X)
    assert "feature 2" in finding.title.en
    assert "第 2 个特征" in finding.title.zh


@pytest.mark.parametrize("factor", [255.0 / 16, 1000.0])
def test_large_pixels_are_an_issue(factor):
    finding = found(datasets.load_digits().data * factor)
    assert (finding.severity, finding.kind) == ("issue", "large")


def test_small_features_are_an_issue():
    finding = found(datasets.load_diabetes().data)
    assert (finding.severity, finding.kind) == ("issue", "small")
    assert "0.0476" in finding.title.en


def test_features_far_from_zero_are_an_issue():
    rng = random()
    years = np.column_stack([2000 + 5 * rng.normal(size=300), rng.normal(size=300)])
    finding = found(years, ("year", "height"))
    assert (finding.severity, finding.kind) == ("issue", "shifted")
    assert "year" in finding.title.en
    assert "height" not in finding.title.en


HEALTHY = {
    "standardised": scale(datasets.load_wine().data),
    "flowers in centimetres": datasets.load_iris().data,
    "pixels from 0 to 1": datasets.load_digits().data / 16,
    "pixels from 0 to 16": datasets.load_digits().data,
    "one-hot": np.eye(40)[np.random.default_rng(0).integers(0, 40, 500)],
    "rare indicators beside numbers": np.column_stack(
        [np.random.default_rng(1).random((500, 30)) < 0.01,
         np.random.default_rng(2).normal(size=(500, 3))]
    ),
    "indicators that are nearly always 1": np.random.default_rng(3).random((500, 5)) > 0.004,
    "sparse counts": np.random.default_rng(4).poisson(0.1, (400, 300)),
    "constant columns beside standardised ones": np.column_stack(
        [np.full(200, 7e4), np.random.default_rng(5).normal(size=(200, 4))]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HEALTHY)
def test_what_needs_no_scaling_passes(name):
    assert found(HEALTHY[name]).severity == "passed"


def test_the_same_indicators_in_other_units_are_an_issue():
    X = np.column_stack([random().random((500, 3)) < 0.1, 5e4 + 2e4 * random().normal(size=500)])
    assert found(X).kind == "spread"


def test_inputs_scaled_by_a_pipeline_pass():
    finding = found(1e6 * random().normal(size=(50, 2)), scaled_by="StandardScaler")
    assert finding.severity == "passed"
    assert "StandardScaler" in finding.title.en


def test_inputs_scaled_by_the_networks_first_layer_pass():
    norm = Layer("norm", "other", None, "BatchNorm1d", 10, 400, None, None)
    measured = make_measured(norm, make_hidden(1), make_output(), inputs=make_inputs(std=1000.0))
    assert only(check(measured, Thresholds())).severity == "passed"


def test_inputs_of_an_embedding_are_not_judged():
    first = Layer("embedding", "other", None, "Embedding", 10, 400, None, None)
    measured = make_measured(first, make_hidden(1), make_output(), inputs=make_inputs(std=1000.0))
    assert only(check(measured, Thresholds())).severity == "not applicable"


@pytest.mark.parametrize("X", [np.ones((50, 3)), np.random.default_rng(0).normal(size=(5, 3))])
def test_constant_features_and_few_rows_are_not_judged(X):
    assert found(X).severity == "not applicable"


def test_a_feature_without_a_finite_value_is_left_out():
    X = random().normal(size=(50, 3))
    measured = make_measured(
        inputs=Inputs(
            mean=np.append(X.mean(axis=0), np.nan), std=np.append(X.std(axis=0), np.nan),
            least=np.append(X.min(axis=0), np.nan), greatest=np.append(X.max(axis=0), np.nan),
        )
    )  # fmt: skip
    assert only(check(measured, Thresholds())).severity == "passed"


def test_other_limits_decide_otherwise():
    X = random().normal(size=(200, 2)) * [1, 10]
    assert found(X).severity == "passed"
    assert found(X, limits=Thresholds(input_spread=5)).kind == "spread"


def test_modules_are_told_to_scale_by_themselves():
    measured = make_measured(framework="torch", inputs=make_inputs(std=1000.0))
    finding = only(check(measured, Thresholds()))
    assert finding.kind == "large"
    assert finding.remedies[0].parameters == {}


def test_pixels_are_said_to_be_taken_together_with_their_range_and_deviation():
    X = datasets.load_digits().data
    X = X[:, X.std(axis=0) > 0]
    title = found(X).title
    assert "0 to 16" in title.en and f"{X.std():.3g}" in title.en
    assert "0 到 16" in title.zh and f"{X.std():.3g}" in title.zh


def test_large_pixels_are_told_once_with_all_values_deviation():
    X = 16 * datasets.load_digits().data
    X = X[:, X.std(axis=0) > 0]
    finding = found(X)
    assert finding.title.en.count(f"{X.std():.3g}") == 1
    assert "0 to 256" in finding.title.en
    assert finding.numbers["standard_deviations"] == pytest.approx([X.std()])


def test_features_that_pass_tell_deviations_and_not_what_is_typical():
    title = found(scale(datasets.load_wine().data)).title.en
    assert "factor of 1 at most" in title and "typically" not in title


def test_an_indicator_counts_by_its_range_and_that_is_said():
    rare = (random().random((500, 3)) < 0.1).astype(float)
    X = np.column_stack([rare, 5e4 + 2e4 * random().normal(size=500)])
    finding = found(X)
    assert "(by its range 1)" in finding.title.en and "按取值范围计为 1" in finding.title.zh
    assert "by their range" in found(np.column_stack([rare, random().normal(size=500)])).title.en
