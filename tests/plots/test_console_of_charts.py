"""Every chart of classes, drawn by a browser: nothing is complained of."""

import numpy as np
import pytest
from two_class_scores import four_classes, two_classes

from ogive import LogisticRegression, OneVsOneClassifier, OutputCodeClassifier, plots
from ogive.plots.writing import write_chart

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def charts():
    truth, score, weight = two_classes()
    models = {"first": score, "second": 1 - score}
    many, probability = four_classes(400, 8)
    random = np.random.RandomState(0)
    X = random.normal(size=(90, 2)) + 2 * np.eye(3, 2)[np.arange(90) % 3]
    y = np.arange(90) % 3
    pairs = OneVsOneClassifier(LogisticRegression()).fit(X, y)
    code = OutputCodeClassifier(LogisticRegression(), code_book="one_vs_one").fit(X, y)
    line = LogisticRegression().fit(X[y < 2], y[y < 2])
    return {
        "roc": plots.roc_curve(truth, models, sample_weight=weight, threshold=0.5),
        "roc of many": plots.roc_curve(many, probability),
        "precision and recall": plots.precision_recall_curve(truth, models, threshold=0.5),
        "calibration": plots.calibration_curve(truth, models),
        "calibration of many": plots.calibration_curve(many, probability),
        "thresholds": plots.threshold_curves(truth, score, threshold=0.5),
        "confusion": plots.confusion_matrix(many, probability.argmax(axis=1)),
        "line": plots.decision_line(line, X[y < 2], y[y < 2]),
        "lines": plots.decision_line({"a": line, "b": line}, X[y < 2], y[y < 2]),
        "maps": plots.strategy_maps(X, y),
        "code book": plots.code_book(code),
        "decoded row": plots.code_book(code.explain_row(X[0])),
        "votes": plots.vote_table(pairs.vote_table(X[0])),
        "loss": plots.logistic_loss(line.explain(X[y < 2], y[y < 2])),
    }


def test_no_chart_makes_the_browser_complain(charts, browser, tmp_path):
    complaints = []
    page = browser.new_page()
    page.on("console", lambda message: complaints.append((name, message.text)))
    page.on("pageerror", lambda error: complaints.append((name, str(error))))
    for name, chart in charts.items():
        path = tmp_path / f"{name}.html"
        write_chart(chart, path, title=name)
        page.goto(path.as_uri())
        page.wait_for_selector("#chart svg")
    page.close()
    assert complaints == []
