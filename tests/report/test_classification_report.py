import re

import numpy as np
import pytest
from report.reading import words

from ogive import (
    LogisticRegression,
    OneVsOneClassifier,
    OneVsRestClassifier,
    OutputCodeClassifier,
)
from ogive.classification.scores.scoring import Scores, score_classifier
from ogive.data import load_bundled
from ogive.report.classification import (
    render_classification_report,
    write_classification_report,
)
from ogive.report.classification_facts import class_counts
from ogive.text import InputError, Text

WAYS = {
    "softmax": LogisticRegression,
    "ovo": lambda: OneVsOneClassifier(LogisticRegression()),
    "ovr": lambda: OneVsRestClassifier(LogisticRegression()),
    "ecoc": lambda: OutputCodeClassifier(LogisticRegression(), code_book="exhaustive"),
}


@pytest.fixture(scope="module")
def flowers():
    """Two columns of iris that overlap, and its classes."""
    table = load_bundled("iris")
    return table.select("sepal_length_(cm)", "sepal_width_(cm)").to_numpy(), table["target"]


def judged(way, X, y):
    """Return a model of half of the rows, and what a report needs to judge it on the others."""
    y = np.asarray(y.to_list())
    model = WAYS[way]().fit(X[::2], y[::2])
    scores = score_classifier(model, X[1::2], y[1::2])
    return model, {"scores": scores, "held_out": X[1::2], "X": X[::2], "y": y[::2]}


def figures(html):
    return re.findall(r'data-chart="([\w-]+)"', html)


@pytest.mark.parametrize(
    ("way", "parts", "drawn"),
    [
        ("softmax", ["Softmax regression for y", "Coefficients", "Findings"], []),
        ("ovo", ["One-vs-one for y", "Do the pairs agree?", "The most doubtful row"], ["votes"]),
        ("ovr", ["One-vs-rest for y", "All rest, and more than one yes"], []),
        ("ecoc", ["Output codes (many-vs-many) for y", "Nearest:"], ["code"]),
    ],
)
def test_each_way_to_many_classes_tells_and_draws_its_own(way, parts, drawn, flowers):
    model, options = judged(way, *flowers)
    html = render_classification_report(model, **options)
    text = words(html)
    scores = options["scores"]
    for part in (*parts, f"{scores.n_right} are predicted rightly", "Right and wrong"):
        assert part in text
    assert figures(html) == [
        "maps", *drawn, "confusion", "roc", "precision_recall", "calibration"
    ]  # fmt: skip


def test_two_classes_have_a_line_and_a_choice_of_thresholds(flowers):
    X, y = flowers
    kept = (y != "setosa").to_numpy()
    model, options = judged("softmax", X[kept], y.filter(kept))
    html = render_classification_report(model, threshold=0.4, **options)
    assert figures(html)[0] == "line"
    assert figures(html)[-1] == "thresholds"
    assert "Logistic regression: virginica against versicolor" in words(html)


def test_the_line_is_drawn_in_the_units_of_the_columns(flowers):
    X, y = flowers
    kept = (y != "setosa").to_numpy()
    X = X[kept]
    mean, scale = X.mean(axis=0), X.std(axis=0)
    charts = []
    for units, values, C in ((None, X, np.inf), ((mean, scale), (X - mean) / scale, np.inf)):
        model = LogisticRegression(C=C).fit(values, y.filter(kept).to_list())
        scores = score_classifier(model, values, y.filter(kept).to_list())
        html = render_classification_report(
            model, scores=scores, X=values, y=y.filter(kept).to_list(), units=units
        )
        chart = re.search(r'data-chart="line">(.*?)</script>', html, re.DOTALL).group(1)
        charts.append(re.search(r"x1 = .*?:", chart).group())
    assert charts[0] == charts[1]


@pytest.mark.parametrize("way", list(WAYS))
def test_no_english_is_left_in_chinese(way, flowers):
    model, options = judged(way, *flowers)
    text = words(render_classification_report(model, "zh", **options | {"X": None}))
    for part in ("结论", "对与错", "召回率", "留出的 75 行中", "数据与模型"):
        assert part in text
    for part in ("held out", "accuracy", "recall", "Verdict", "interval", "rows"):
        assert part not in text


def scores_of(y, said, probabilities=None):
    y, said = np.asarray(y), np.asarray(said)
    classes = np.unique(y)
    if probabilities is None:
        return Scores(classes, y, said, None, None, 0.95)
    with np.errstate(divide="ignore"):
        logarithms = np.log(probabilities)
    return Scores(classes, y, said, probabilities, logarithms, 0.95)


@pytest.fixture(scope="module")
def plain():
    x = np.arange(200.0)[:, None] % 37
    y = (x[:, 0] + 7 * np.sin(np.arange(200)) > 18).astype(int)
    return LogisticRegression().fit(x, y)


@pytest.mark.parametrize(
    ("right", "verdict"),
    [(95, "has learned something"), (62, "nothing shows"), (40, "which is better")],
)
def test_the_verdict_holds_the_model_against_saying_the_same_always(right, verdict, plain):
    y = np.repeat([0, 1], [60, 40])
    said = np.where(np.arange(100) < right, y, 1 - y)
    text = words(render_classification_report(plain, scores=scores_of(y, said)))
    assert verdict in text


def test_cautions_come_before_everything_else(plain):
    y, said = np.repeat([0, 1], [10, 10]), np.zeros(20, dtype=int)
    probabilities = np.column_stack([np.ones(20), np.zeros(20)])
    text = words(render_classification_report(plain, scores=scores_of(y, said, probabilities)))
    head = text[: text.index("Right and wrong")]
    for part in ("Only 20 rows", "Of 1 no row that was held out is found", "log-loss is infinite"):
        assert part in head


def test_names_are_text_not_markup():
    y = np.array(["<b>", "</script>"] * 30)
    x = np.linspace(-1, 1, 60)[:, None] + (y == "<b>")[:, None] * 0.4
    model = LogisticRegression().fit(x, y)
    html = render_classification_report(
        model,
        scores=score_classifier(model, x, y),
        target_name="<i>",
        notices=[Text("<u>", "<u>")],
        command="ogive fit '<s>'",
    )
    for name in ("<b>", "<i>", "<u>", "<s>"):
        assert name not in html.split("<body>")[1].split("<script>")[0]
    assert "&lt;i&gt;" in html


def test_many_classes_are_counted_together():
    assert class_counts(np.repeat(np.arange(9), np.arange(1, 10)), "en") == (
        "9 classes, of 1 to 9 rows each"
    )
    assert class_counts(np.arange(18) % 9, "en") == "9 classes, of 2 rows each"
    assert class_counts(["b", "a", "b"], "zh") == "a 1，b 2"


def test_a_missing_folder_is_refused(plain, tmp_path):
    scores = scores_of([0, 1], [0, 1])
    with pytest.raises(InputError, match="cannot be written"):
        write_classification_report(plain, tmp_path / "none" / "r.html", scores=scores)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("way", "language", "width", "scheme"),
    [
        ("softmax", "en", 1200, "light"),
        ("ovo", "zh", 400, "dark"),
        ("ovr", "en", 400, "light"),
        ("ecoc", "zh", 1200, "dark"),
    ],
)
def test_it_opens_without_network_or_complaint(
    way, language, width, scheme, flowers, browser, tmp_path
):
    model, options = judged(way, *flowers)
    write_classification_report(model, tmp_path / "r.html", language, **options)
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    complaints, requests = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((tmp_path / "r.html").as_uri())
    page.wait_for_function("document.documentElement.dataset.drawn")
    assert complaints == []
    assert [r for r in requests if not r.startswith(("file:", "data:", "blob:"))] == []
    drawn = figures((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert page.locator("figure .chart svg").count() == len(drawn)
    assert page.locator("#calibration svg .mark-symbol path").count() >= 6
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
