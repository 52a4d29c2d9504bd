"""What the server says of a page's regression is what the library says."""

import json
from functools import partial

import httpx
import pytest

from ogive import LinearRegression, plots
from ogive.data import load_house
from ogive.linear import check_completeness
from ogive.text import InputError

regressing = pytest.importorskip("ogive_lab.regressing", reason="the lab is not installed")

FIGURES = ["residuals", "scale", "quantiles", "leverage", "correlations", "line"]


def page_table(frame, features, target="price"):
    columns = [{"name": name, "values": frame[name].to_list()} for name in (*features, target)]
    return {"features": columns[:-1], "target": columns[-1]}


def run(function, *arguments):
    return partial(function, *arguments)(lambda state: None, lambda: False)


@pytest.fixture(scope="module")
def house():
    return load_house(60, variant="collinear")


@pytest.fixture(scope="module")
def model(house):
    return LinearRegression().fit(house.select("size", "gross_size"), house["price"])


@pytest.fixture(scope="module")
def checks(house):
    return run(regressing.check_rows, page_table(house, ("size", "gross_size")))


def test_findings_are_those_of_the_library_in_both_languages(checks, model, house):
    report = model.check_assumptions()
    expected = [one for one in report if one.condition != 4]
    expected += check_completeness(house.select("size", "gross_size"), house["price"])
    assert [one["code"] for one in checks["findings"]] == [one.code for one in expected]
    for told, result in zip(checks["findings"], expected, strict=True):
        assert told["verdict"] == result.severity
        for part in ("title", "meaning", "remedy"):
            assert told[part] == getattr(result, part)._asdict()


def test_the_third_condition_is_broken_by_size_and_gross_size(checks):
    verdicts = {one["code"]: one["verdict"] for one in checks["findings"]}
    assert verdicts["OGV222"] == verdicts["OGV223"] == "issue"


def test_the_summary_is_the_librarys(checks, model):
    assert checks["summary"] == model.summary().to_dict()
    json.dumps(checks, allow_nan=False)


def test_rows_with_missing_values_are_left_out_and_reported(house):
    table = page_table(house, ("size", "distance"))
    table["features"][1]["values"][3] = None
    table["target"]["values"][5] = None
    told = run(regressing.check_rows, table)
    assert (told["rows"], told["left_out"]) == (58, 2)
    missing = next(one for one in told["findings"] if one["code"] == "OGV231")
    assert missing["verdict"] == "issue"
    assert missing["numbers"]["columns"] == {
        "distance": {"count": 1, "rows": [3]},
        "price": {"count": 1, "rows": [5]},
    }
    kept = house.with_row_index().filter(~house.with_row_index()["index"].is_in([3, 5]))
    expected = LinearRegression().fit(kept.select("size", "distance"), kept["price"])
    assert told["summary"] == expected.summary().to_dict()


def test_a_table_without_a_complete_row_has_findings_and_no_summary():
    column = {"name": "x", "values": [None, 1.0]}
    target = {"name": "y", "values": [1.0, None]}
    told = run(regressing.check_rows, {"features": [column], "target": target})
    assert told["summary"] is None
    assert {one["condition"] for one in told["findings"]} == {4}


def test_a_single_row_has_no_tests_and_breaks_nothing():
    column, target = ({"name": name, "values": [1.0]} for name in "xy")
    told = run(regressing.check_rows, {"features": [column], "target": target})
    assert {one["verdict"] for one in told["findings"]} >= {"not applicable"}


@pytest.mark.parametrize("figure", FIGURES)
def test_figures_are_the_librarys_in_the_language_asked_for(figure, house):
    table = page_table(house, ("size", "distance"))
    model = LinearRegression().fit(house.select("size", "distance"), house["price"])
    expected = {
        "residuals": lambda: plots.residuals_against_fitted(model, language="zh"),
        "scale": lambda: plots.scale_against_location(model, language="zh"),
        "quantiles": lambda: plots.normal_quantiles(model, language="zh"),
        "leverage": lambda: plots.leverage_against_residuals(model, language="zh"),
        "line": lambda: plots.fitted_line(
            model, feature="size", target_name="price", language="zh"
        ),
        "correlations": lambda: plots.correlation_map(
            *plots.regression_correlations(model, target_name="price"), language="zh"
        ),
    }[figure]()
    drawn = run(regressing.draw_figure, table, figure, "zh")
    assert drawn["datasets"] == expected.to_dict()["datasets"]
    assert any("\u4e00" <= sign <= "\u9fff" for sign in json.dumps(drawn, ensure_ascii=False))


def test_intervals_are_those_of_predict(house, model):
    told = run(
        regressing.predict_row, page_table(house, ("size", "gross_size")), [90.0, 115.0], 0.9
    )
    row = (
        house.select("size", "gross_size")[:1]
        .clear()
        .extend(house.select("size", "gross_size")[:1].with_columns(size=90.0, gross_size=115.0))
    )
    mean = model.predict(row, interval="confidence", level=0.9)
    new = model.predict(row, interval="prediction", level=0.9)
    assert list(told.values()) == [
        float(one[0]) for one in (mean.prediction, mean.low, mean.high, new.low, new.high)
    ]


@pytest.mark.parametrize(
    ("features", "target", "said"),
    [
        ([("x", [1.0, 2.0])], ("x", [1.0, 2.0]), "'x' is used by more than one column"),
        ([("x", [1.0, 2.0])], ("y", [1.0]), r"as many values; these have \[1, 2\]"),
    ],
)
def test_tables_that_do_not_fit_together_are_refused(features, target, said):
    def column(given):
        return {"name": given[0], "values": given[1]}

    table = {"features": [column(one) for one in features], "target": column(target)}
    with pytest.raises(InputError, match=said) as refused:
        run(regressing.check_rows, table)
    assert refused.value.text.zh


@pytest.fixture
def visitor(lab):
    with httpx.Client(base_url=lab, timeout=60, trust_env=False) as client:
        yield client


def test_the_server_answers_with_what_the_library_says(visitor, house, checks):
    table = page_table(house, ("size", "gross_size"))
    answer = visitor.post("/api/linear/checks", json=table)
    assert answer.status_code == 200
    assert answer.json() == json.loads(json.dumps(checks))
    drawn = visitor.post("/api/linear/figures", json=table | {"figure": "scale", "language": "zh"})
    assert drawn.json() == run(regressing.draw_figure, table, "scale", "zh")
    told = visitor.post("/api/linear/predictions", json=table | {"at": [90, 115]})
    assert told.json() == run(regressing.predict_row, table, [90.0, 115.0], 0.95)


@pytest.mark.parametrize(
    "spoiled",
    [
        {"features": []},
        {"target": {"name": "y", "values": []}},
        {"target": {"name": "y", "values": ["a"]}},
        {"target": {"name": "", "values": [1.0]}},
        {"more": 1},
    ],
)
def test_bodies_that_are_not_as_expected_are_refused_in_both_languages(visitor, spoiled):
    column = {"name": "x", "values": [1.0]}
    body = {"features": [column], "target": {"name": "y", "values": [1.0]}} | spoiled
    answer = visitor.post("/api/linear/checks", json=body)
    assert answer.status_code == 422
    assert set(answer.json()["error"]) >= {"en", "zh"}
