import operator
import subprocess
import sys
import zipfile

import numpy as np
import polars as pl
import pytest
import skops.io

from ogive import (
    LinearRegression,
    LogisticRegression,
    OneVsOneClassifier,
    OneVsRestClassifier,
    OutputCodeClassifier,
)
from ogive.data import ColumnPreparation, DesignPreparation
from ogive.network import MLPClassifier, MLPRegressor
from ogive.persistence import TRUSTED, TableModel, load_model, save_model
from ogive.text import InputError

TABLE = pl.DataFrame({"a": np.linspace(-1, 1, 40), "b": ["x", "y"] * 20})
LABELS = np.array(["p", "q"] * 20)


@pytest.fixture
def classifier():
    preparation = ColumnPreparation().fit(TABLE)
    network = MLPClassifier(
        hidden_layer_sizes=(5, 4), activation=["leaky_relu", "tanh"], max_iter=20, tol=0.0
    )
    with pytest.warns(Warning, match=r"(?i)converge|iterations"):
        network.fit(preparation.transform(TABLE), LABELS)
    return TableModel("classification", "y", ["name"], preparation, network)


def refusal(path) -> str:
    with pytest.raises(InputError) as caught:
        load_model(path)
    assert caught.value.text.zh
    return caught.value.text.en


def test_a_loaded_model_predicts_the_same(classifier, tmp_path):
    save_model(classifier, tmp_path / "m.ogive")
    loaded = load_model(tmp_path / "m.ogive")
    np.testing.assert_array_equal(loaded.predict(TABLE), classifier.predict(TABLE))
    np.testing.assert_array_equal(loaded.predict_proba(TABLE), classifier.predict_proba(TABLE))
    assert (loaded.task, loaded.target, loaded.left_out) == ("classification", "y", ["name"])


@pytest.mark.parametrize("step", [0.01, 1e300], ids=["a sound training", "a failed one"])
def test_the_course_of_a_training_is_kept(classifier, step, tmp_path):
    network = classifier.estimator.set_params(
        monitor=True, solver="sgd", learning_rate_init=step, max_iter=3
    )
    with pytest.warns(Warning, match=r"(?i)converge|infinite"):
        network.fit(classifier.preparation.transform(TABLE), LABELS)
    save_model(classifier, tmp_path / "m.ogive")
    loaded = load_model(tmp_path / "m.ogive").estimator
    np.testing.assert_array_equal(loaded.course_.error_norm, network.course_.error_norm)
    assert loaded.course_.nonfinite == network.course_.nonfinite
    assert loaded.nonfinite_ == network.nonfinite_


def test_parameters_that_came_later_have_their_defaults(classifier):
    state = classifier.estimator.__getstate__()
    del state["monitor"]
    older = MLPClassifier.__new__(MLPClassifier)
    older.__setstate__(state)
    assert older.get_params()["monitor"] is False


def test_a_regression_is_scaled_back(tmp_path):
    preparation = ColumnPreparation().fit(TABLE)
    target = np.linspace(-1, 1, 40, dtype=np.float32)
    network = MLPRegressor(hidden_layer_sizes=(5,), solver="lbfgs", max_iter=200)
    network.fit(preparation.transform(TABLE), target)
    model = TableModel("regression", "y", [], preparation, network, center=100.0, scale=10.0)
    save_model(model, tmp_path / "m.ogive")
    predicted = load_model(tmp_path / "m.ogive").predict(TABLE)
    assert predicted.dtype == np.float64
    np.testing.assert_allclose(predicted, target * 10 + 100, atol=2)


@pytest.fixture
def linear():
    """Fit a regression that has dependent columns and the trace of a descent, if it is one."""

    def fit(solver):
        table = TABLE.with_columns(twice=2 * pl.col("a"))
        preparation = DesignPreparation().fit(table)
        features = pl.DataFrame(preparation.transform(table), schema=preparation.feature_names_out_)
        regression = LinearRegression(solver=solver, max_iter=5000)
        regression.fit(features, pl.Series("y", np.linspace(0, 1, 40) ** 2))
        return table, TableModel("regression", "y", [], preparation, regression)

    return fit


@pytest.mark.parametrize("solver", ["qr", "gd"])
def test_a_loaded_regression_predicts_the_same_and_keeps_its_statistics(linear, solver, tmp_path):
    table, model = linear(solver)
    save_model(model, tmp_path / "m.ogive")
    loaded = load_model(tmp_path / "m.ogive")
    np.testing.assert_array_equal(loaded.predict(table), model.predict(table))
    before, after = (m.estimator.summary(language="en").to_dict() for m in (model, loaded))
    for summary in (before, after):  # these need the rows, which are not saved
        for target in summary["targets"]:
            target.pop("residuals", None)
    assert after == before
    assert loaded.estimator.target_names_in_ == ("y",)
    assert loaded.preparation.references_ == {"b": "x"}
    if solver == "gd":
        np.testing.assert_array_equal(loaded.estimator.descent_.loss, model.estimator.descent_.loss)


def test_a_preparation_that_is_not_the_estimator_s_is_refused(linear, tmp_path):
    _, model = linear("qr")
    model.preparation = ColumnPreparation().fit(TABLE)
    save_model(model, tmp_path / "m.ogive")
    assert "is damaged or is not a model" in refusal(tmp_path / "m.ogive")


INSIDE = {
    "logistic": LogisticRegression,
    "linear": LinearRegression,
    "network": lambda: MLPClassifier((4,), max_iter=30, solver="lbfgs", random_state=0),
    "fleet": lambda: MLPClassifier((4,), max_iter=5, random_state=0),
}
AROUND = {
    "ovo": OneVsOneClassifier,
    "elimination": lambda inside: OneVsOneClassifier(inside, decision="elimination"),
    "ovr": OneVsRestClassifier,
    "ecoc": lambda inside: OutputCodeClassifier(inside, code_book="bch", random_state=0),
    "by hand": lambda inside: OutputCodeClassifier(inside, code_book=["p q|r s", "p r|q s"]),
}


def same_answers(loaded, model, table):
    np.testing.assert_array_equal(loaded.predict(table), model.predict(table))
    assert loaded.predict(table).dtype == model.predict(table).dtype
    if hasattr(model.estimator, "predict_proba"):
        np.testing.assert_array_equal(loaded.predict_proba(table), model.predict_proba(table))
    if hasattr(model.estimator, "decision_function"):
        X = model._features(table)
        np.testing.assert_array_equal(
            loaded.estimator.decision_function(X), model.estimator.decision_function(X)
        )


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("inside", list(INSIDE))
@pytest.mark.parametrize("around", list(AROUND))
def test_a_loaded_reduction_gives_the_same_answers_to_the_bit(around, inside, tmp_path):
    labels = np.array(["p", "q", "r", "s"])[(np.arange(40) // 3) % 4]
    preparation = ColumnPreparation(np.float64).fit(TABLE)
    estimator = AROUND[around](INSIDE[inside]()).fit(preparation.transform(TABLE), labels)
    model = TableModel("classification", "y", [], preparation, estimator)
    save_model(model, tmp_path / "m.ogive")
    loaded = load_model(tmp_path / "m.ogive")
    same_answers(loaded, model, TABLE)
    assert len(loaded.estimator.estimators_) == len(estimator.estimators_)
    assert type(loaded.estimator.estimators_[0]) is type(estimator.estimators_[0])


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("solver", ["auto", "gd"])
def test_a_loaded_logistic_regression_gives_the_same_answers_to_the_bit(
    n_classes, solver, tmp_path
):
    table = TABLE.with_columns(twice=pl.col("a") ** 2)
    preparation = DesignPreparation(standardise=True).fit(table)
    features = pl.DataFrame(preparation.transform(table), schema=preparation.feature_names_out_)
    estimator = LogisticRegression(solver=solver, max_iter=50)
    estimator.fit(features, (np.arange(40) // 3) % n_classes)
    model = TableModel("classification", "y", [], preparation, estimator)
    save_model(model, tmp_path / "m.ogive")
    loaded = load_model(tmp_path / "m.ogive")
    same_answers(loaded, model, table)
    assert loaded.estimator._rows is None  # no data leave with the model
    if solver == "gd":
        np.testing.assert_array_equal(loaded.estimator.descent_.loss, estimator.descent_.loss)


def test_a_threshold_is_saved_and_a_file_without_one_predicts_as_before(tmp_path):
    preparation = DesignPreparation().fit(TABLE)
    features = pl.DataFrame(preparation.transform(TABLE), schema=preparation.feature_names_out_)
    labels = np.where(np.arange(40) % 7 + np.arange(40) / 8 > 5, "yes", "no")
    estimator = LogisticRegression().fit(features, labels)
    model = TableModel("classification", "y", [], preparation, estimator, threshold=0.8)
    save_model(model, tmp_path / "m.ogive")
    predicted = load_model(tmp_path / "m.ogive").predict(TABLE)
    shares = estimator.predict_proba(features)[:, 1]
    np.testing.assert_array_equal(predicted == "yes", shares > 0.8)
    assert 0 < (predicted == "yes").sum() < (shares > 0.5).sum()
    state = {
        name: getattr(model, name)
        for name in TableModel.__dataclass_fields__
        if name != "threshold"
    }
    skops.io.dump({"format": "ogive-model", "version": 1, **state}, tmp_path / "old.ogive")
    np.testing.assert_array_equal(
        load_model(tmp_path / "old.ogive").predict(TABLE) == "yes", shares > 0.5
    )


def test_a_namesake_of_another_library_is_refused(tmp_path):
    from sklearn.linear_model import LogisticRegression as Other
    from sklearn.multiclass import OneVsRestClassifier as OtherRest

    preparation = ColumnPreparation().fit(TABLE)
    estimator = OtherRest(Other()).fit(preparation.transform(TABLE), LABELS)
    save_model(TableModel("classification", "y", [], preparation, estimator), tmp_path / "m.ogive")
    assert "is damaged or is not a model" in refusal(tmp_path / "m.ogive")


def test_the_target_and_columns_left_out_may_be_in_the_table(classifier):
    table = TABLE.with_columns(y=pl.Series(LABELS), name=pl.lit("n"))
    np.testing.assert_array_equal(classifier.predict(table), classifier.predict(TABLE))
    with pytest.raises(InputError, match="has the column 'z'"):
        classifier.predict(table.with_columns(z=1))


def test_a_file_holds_no_class_but_those_trusted(classifier, tmp_path):
    save_model(classifier, tmp_path / "m.ogive")
    found = skops.io.get_untrusted_types(file=tmp_path / "m.ogive")
    assert set(found) <= TRUSTED


def test_a_file_with_another_class_is_not_opened(tmp_path):
    skops.io.dump({"format": "ogive-model", "call": operator.attrgetter("a")}, tmp_path / "m.ogive")
    assert "holds operator.attrgetter" in refusal(tmp_path / "m.ogive")


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 broken"])
def test_what_is_no_model_is_refused(content, tmp_path):
    (tmp_path / "m.ogive").write_bytes(content)
    assert "is damaged or is not a model" in refusal(tmp_path / "m.ogive")


def test_a_truncated_model_is_refused(classifier, tmp_path):
    save_model(classifier, tmp_path / "m.ogive")
    whole = (tmp_path / "m.ogive").read_bytes()
    (tmp_path / "m.ogive").write_bytes(whole[: len(whole) // 2])
    assert "is damaged or is not a model" in refusal(tmp_path / "m.ogive")


@pytest.mark.parametrize("schema", ["{}", "[]", "nonsense", '{"__module__": "x"}'])
def test_an_archive_with_another_schema_is_refused(schema, tmp_path):
    with zipfile.ZipFile(tmp_path / "m.ogive", "w") as archive:
        archive.writestr("schema.json", schema)
    assert "is damaged or is not a model" in refusal(tmp_path / "m.ogive")


@pytest.mark.parametrize(
    "state",
    [
        {"format": "other"},
        [1, 2],
        {"format": "ogive-model"},
        {"format": "ogive-model", "version": 1},
        {"format": "ogive-model", "version": "1"},
    ],
)
def test_something_else_saved_by_skops_is_refused(state, tmp_path):
    skops.io.dump(state, tmp_path / "m.ogive")
    assert "is damaged or is not a model" in refusal(tmp_path / "m.ogive")


def test_a_model_of_a_newer_version_asks_for_an_upgrade(tmp_path):
    state = {"format": "ogive-model", "version": 99, "ogive": "9.0"}
    skops.io.dump(state, tmp_path / "m.ogive")
    assert "ogive 9.0, newer than this one" in refusal(tmp_path / "m.ogive")


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert "is not found" in refusal(tmp_path / "none.ogive")
    assert "is a folder" in refusal(tmp_path)


IMPORTED = """
import sys
from pathlib import Path
from ogive.persistence import load_model
from ogive.text import InputError
try:
    load_model(Path(sys.argv[1]))
except InputError:
    pass
print(*{name.split(".")[0] for name in sys.modules})
"""


def imported(path):
    command = [sys.executable, "-c", IMPORTED, str(path)]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_a_damaged_file_is_refused_without_scikit_learn(tmp_path):
    (tmp_path / "m.ogive").write_bytes(b"PK broken")
    assert not imported(tmp_path / "m.ogive") & {"skops", "sklearn", "scipy"}
