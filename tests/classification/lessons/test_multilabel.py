import numpy as np
import polars as pl
import pytest
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, hamming_loss, precision_score, recall_score
from sklearn.tree import DecisionTreeClassifier

from ogive.classification.lessons.multilabel import Labelling, label_both_ways
from ogive.data import load_pictures
from ogive.data.pictures import CONTENTS, FEATURES
from ogive.text import InputError

PICTURES = load_pictures(400)
X, MAIN, SHOWN = PICTURES.select(FEATURES), PICTURES["main"], PICTURES.select(CONTENTS)


@pytest.fixture(scope="module")
def both():
    return label_both_ways(X, MAIN, SHOWN)


def test_the_probabilities_of_softmax_sum_to_1_and_those_of_labels_do_not(both):
    np.testing.assert_allclose(both.one.sums, 1.0)
    assert both.many.sums.max() > 2.5
    assert np.ptp(both.many.sums) > 1.5


def test_softmax_gives_one_label_and_logistic_any_number(both):
    assert set(both.one.per_row) == {1}
    assert set(both.many.per_row) >= {1, 2, 3}


def test_figures_are_those_of_scikit_learn(both):
    for labelling in (both.one, both.above, both.many):
        true, given = labelling.true, labelling.given
        assert labelling.subset_accuracy == pytest.approx(accuracy_score(true, given))
        assert labelling.hamming_loss == pytest.approx(hamming_loss(true, given))
        np.testing.assert_allclose(labelling.precision, precision_score(true, given, average=None))
        np.testing.assert_allclose(labelling.recall, recall_score(true, given, average=None))


def test_it_is_judged_by_rows_that_nothing_was_fitted_to(both):
    assert both.n_train == 300
    assert len(set(both.rows)) == 100
    np.testing.assert_array_equal(both.many.true, SHOWN.to_numpy()[both.rows] == 1)
    seen = label_both_ways(X, MAIN, SHOWN, random_state=1)
    assert set(seen.rows) != set(both.rows)


def test_softmax_is_fitted_to_the_one_class_only(both):
    alone = both.softmax.predict(X[both.rows.tolist()])
    main = np.array([CONTENTS.index(name) for name in MAIN])[both.rows]
    assert both.accuracy == (alone == main).mean()
    assert both.accuracy > 0.8


def test_what_one_class_must_leave_out_is_counted(both):
    per_row = SHOWN.to_numpy()[both.rows].sum(axis=1)
    assert both.forced == (per_row - 1).sum()
    assert both.one.missed >= both.forced
    assert both.many.missed < both.forced / 2


def test_the_threshold_is_the_best_for_the_rows_of_the_fit_and_does_not_suffice(both):
    assert both.one.subset_accuracy < both.above.subset_accuracy < both.many.subset_accuracy
    others = np.setdiff1d(np.arange(400), both.rows)
    shares = both.softmax.predict_proba(X[others.tolist()])
    true = SHOWN.to_numpy()[others] == 1

    def right(threshold):
        return ((shares > threshold) == true).all(axis=1).mean()

    assert right(both.threshold) >= max(right(1 / 3), right(0.1), right(1e-3))


def test_the_example_is_a_row_with_most_labels_all_found(both):
    i = both.example()
    assert both.many.true[i].sum() == 3
    np.testing.assert_array_equal(both.many.given[i], both.many.true[i])


def test_the_data_frame_has_a_row_for_each_label(both):
    frame = both.to_polars()
    assert frame["label"].to_list() == list(CONTENTS)
    assert frame["rows"].to_list() == SHOWN[both.rows.tolist()].to_numpy().sum(axis=0).tolist()
    assert frame["many_recall"].to_list() == both.many.recall.tolist()


def test_any_estimator_can_be_inside():
    inside = DecisionTreeClassifier(max_depth=4, random_state=0)
    both = label_both_ways(X, MAIN, SHOWN, estimator=inside)
    assert isinstance(both.softmax, DecisionTreeClassifier)
    assert isinstance(both.logistic.estimators_[0], DecisionTreeClassifier)


def test_arrays_and_sparse_labels_give_the_same():
    names = list(CONTENTS)
    first = label_both_ways(X.to_numpy(), MAIN.to_numpy(), SHOWN.to_numpy(), names=names)
    second = label_both_ways(X, MAIN.to_list(), sparse.csr_array(SHOWN.to_numpy()), names=names)
    np.testing.assert_allclose(first.many.probabilities, second.many.probabilities, rtol=1e-9)
    assert first.labels == tuple(names)


def test_sparse_features_stay_sparse(both):
    given = sparse.csr_array(X.to_numpy())
    found = label_both_ways(given, MAIN, SHOWN)
    np.testing.assert_allclose(
        found.many.probabilities, both.many.probabilities, rtol=1e-4, atol=1e-6
    )


def test_columns_without_names_are_the_classes_in_order(both):
    plain = label_both_ways(X, MAIN, SHOWN.to_numpy())
    assert plain.labels == ("sky", "trees", "water")
    np.testing.assert_array_equal(plain.many.given, both.many.given)


def test_a_label_that_is_never_the_one_class_has_probability_0():
    some = SHOWN.with_columns(dark=pl.Series((X["upper_red"] < 0.3).cast(pl.Int64)))
    both = label_both_ways(X, MAIN, some)
    assert both.labels[3] == "dark"
    assert (both.one.probabilities[:, 3] == 0).all()
    assert both.one.recall[3] == 0
    assert np.isnan(both.one.precision[3])
    assert both.to_polars()["one_precision"][3] is None
    assert "– / 0.00" in both.text("en")


def test_rows_without_labels_and_classes_beside_the_labels_are_told():
    none = SHOWN.to_numpy().copy()
    none[::4] = 0
    text = label_both_ways(X, MAIN, none).text("en")
    assert "have no label at all" in text
    assert "Of all rows, 100 have a class that is not among their labels" in text


def test_texts_say_what_softmax_must_leave_out(both):
    text = both.text("en")
    assert f"{both.forced} of them must be left out" in text.replace("\n   ", " ")
    assert "any number of labels" in text
    chinese = both.text("zh")
    assert f"必然漏掉 {both.forced} 个" in chinese.replace("\n   ", "")
    assert "softmax" in chinese


def test_notebooks_show_table_and_explanation(both, monkeypatch):
    monkeypatch.setenv("OGIVE_LANG", "zh")
    assert str(both) == both.text("zh")
    assert 'lang="zh-Hans"' in both._repr_html_()
    assert "<table>" in both.html("en")


def test_a_perfect_labelling_has_no_errors():
    true = np.array([[True, False], [True, True]])
    perfect = Labelling(true, true, true.astype(float))
    assert (perfect.subset_accuracy, perfect.hamming_loss, perfect.missed) == (1.0, 0.0, 0)


@pytest.mark.parametrize(
    ("one", "many", "names", "message"),
    [
        (MAIN[:-1], SHOWN, None, "400 rows and y has 399"),
        (MAIN, SHOWN[:-1], None, "X has 400 rows and many has 399"),
        (MAIN, SHOWN["sky"], None, "matrix of labels with at least two columns"),
        (MAIN, SHOWN.to_numpy() * 2, None, "other values than 0 and 1"),
        (MAIN, SHOWN.rename({"sky": "air"}), None, "'sky' of one has no column"),
        (MAIN, SHOWN, ["sky", "sky", "water"], "not as many different ones"),
        (MAIN, SHOWN.select("sky", "trees").to_numpy(), None, "not as many different ones"),
        (["sky"] * 400, SHOWN, None, "only one class"),
    ],
)
def test_labellings_that_do_not_fit_together_are_refused(one, many, names, message):
    with pytest.raises(InputError, match=message) as caught:
        label_both_ways(X, one, many, names=names, estimator=LogisticRegression())
    assert caught.value.text.zh != caught.value.text.en
