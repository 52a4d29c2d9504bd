"""OGV112: rare classes that are not found."""

import pytest
from diagnosis.checks.made_measurements import make_classes, make_measured, only

from ogive.diagnosis.checks.ends.class_imbalance import check
from ogive.diagnosis.thresholds import Thresholds


def found(counts, recall, limits=None, task="multiclass", **more):
    weighted = more.pop("weighted", False)
    classes = make_classes(counts, recall, weighted=weighted)
    measured = make_measured(classes=classes, task=task, n_rows=sum(counts), **more)
    return only(check(measured, limits or Thresholds()))


def test_a_rare_class_never_found_is_an_issue():
    finding = found((960, 40), (0.99, 0.05), task="binary")
    assert (finding.severity, finding.kind) == ("issue", "ignored")
    assert finding.remedies[0].parameters == {"class_weight": "balanced"}
    assert finding.numbers["missed"] == ["1"]
    assert "5.0%" in finding.title.en
    assert "4.0% of the rows" in finding.title.en
    assert "4.0%" in finding.title.zh


def test_rare_classes_among_many_are_named():
    finding = found((300, 300, 20, 300, 15), (0.9, 0.95, 0.0, 0.9, 0.1))
    assert finding.numbers["missed"] == ["2", "4"]


def test_with_weights_already_it_is_a_tip_of_another_kind():
    finding = found((960, 40), (0.99, 0.05), task="binary", weighted=True)
    assert (finding.severity, finding.kind) == ("tip", "weighted")
    assert "class_weight" not in finding.remedies[0].parameters


@pytest.mark.parametrize(
    ("counts", "recall"),
    [
        ((960, 40), (0.99, 0.9)),
        ((50, 50, 50), (0.9, 0.2, 0.9)),
        ((960, 40), (0.4, 0.3)),
        ((960, 1), (0.99, 0.0)),
        ((500, 500), (0.6, 0.1)),
    ],
    ids=["found all the same", "not rare", "all are poor", "too few to tell", "balanced"],
)
def test_other_cases_pass(counts, recall):
    assert found(counts, recall).severity == "passed"


def test_labels_of_several_are_judged_each_by_its_rows():
    classes = make_classes((500, 450, 20), (0.9, 0.9, 0.0))
    measured = make_measured(classes=classes, task="multilabel", n_rows=1000)
    assert only(check(measured, Thresholds())).numbers["missed"] == ["2"]


@pytest.mark.parametrize(
    "more",
    [
        {"task": "regression"},
        {"classes": None},
        {"classes": make_classes((9, 1), (float("nan"),) * 2)},
        {"classes": make_classes((90, 10), (1.0, 0.0)), "trained": False},
        {"classes": make_classes((9, 3), (1.0, 0.0)), "n_rows": 12},
    ],
)
def test_without_classes_or_training_there_is_nothing_to_say(more):
    assert only(check(make_measured(**more), Thresholds())).severity == "not applicable"


def test_modules_are_told_the_weight_of_the_rare_class():
    finding = found((900, 30), (0.99, 0.0), task="binary", framework="torch")
    assert "torch.tensor(30)" in finding.remedies[0].text.en
    assert finding.remedies[0].parameters == {}


def test_other_limits_decide_otherwise():
    assert found((960, 40), (0.99, 0.55)).severity == "passed"
    limits = Thresholds(rare_recall=0.8, rare_recall_gap=0.1)
    assert found((960, 40), (0.99, 0.55), limits).severity == "issue"
