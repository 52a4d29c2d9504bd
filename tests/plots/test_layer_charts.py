"""The charts of layers: what they draw, and that they can be read for few layers and for many."""

import re

import numpy as np
import pytest
from chart_data import marks, said, svg, units
from layer_data import all_charts, names_of

from ogive import plots
from ogive.plots.writing import write_chart

KINDS = list(all_charts(2))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("n", "long"), [(2, False), (30, True)])
def test_every_layer_is_named_in_the_drawing(kind, n, long):
    from ogive.plots.layer_axis import layer_labels

    chart = all_charts(n, long=long)[kind]
    drawn = svg(chart)
    assert all(f">{label}<" in drawn for label in layer_labels(names_of(n, long=long)))


@pytest.mark.parametrize("kind", [k for k in KINDS if "course" not in k])
def test_titles_are_in_the_language(kind):
    assert re.search(r"[\u4e00-\u9fff]", svg(all_charts(2, language="zh")[kind]))


def test_a_bar_is_divided_by_the_states_of_the_units():
    chart = plots.unit_states({"hidden 1": {"dead": 5, "active": 15}, "hidden 2": {"active": 20}})
    bars = marks(chart, "bar", "units")
    assert [(b["layer"], b["state"], b["units"]) for b in bars] == [
        ("hidden 1", "dead", 5), ("hidden 1", "in use", 15), ("hidden 2", "in use", 20)
    ]  # fmt: skip
    assert (bars[0]["start"], bars[0]["end"], bars[1]["end"]) == (0, 0.25, 1)
    assert ">5<" in svg(chart)


def test_states_that_do_not_occur_are_not_in_the_legend():
    drawn = svg(plots.unit_states({"hidden 1": {"dead": 5, "active": 15}}))
    assert ">dead<" in drawn
    assert ">constant<" not in drawn


def test_gradient_and_prediction_differ_by_shape_as_well_as_colour():
    chart = plots.gradient_course(["a", "b"], [1e-3, 1.0], [1e-2, 1.0]).to_dict()
    encoding = chart["layer"][1]["encoding"]
    for channel in ("color", "shape"):
        assert len(set(encoding[channel]["scale"]["range"])) == 2


def test_a_gradient_of_0_is_written_at_the_edge_and_an_unknown_one_left_out():
    chart = plots.gradient_course(["a", "b", "c"], [0.0, 1e-3, 1.0], [np.nan, 1e-2, 1.0])
    assert "◀ 0" in svg(chart)
    assert len(marks(chart, "point", "norm")) == 4


def test_gradients_that_are_all_0_are_no_error():
    assert svg(plots.gradient_course(["a", "b"], [0.0, 0.0], [np.nan, np.nan])).count(">◀ 0<") == 2


def test_a_layer_s_histogram_holds_all_of_its_values():
    z = np.random.default_rng(0).normal(size=(100, 5))
    chart = plots.layer_histograms({"hidden 1": (z, np.tanh(z))})
    of_z, of_a = (unit["records"] for unit in units(chart.to_dict()))
    for records in (of_z, of_a):
        assert sum(record["share"] for record in records) == pytest.approx(1, abs=1e-3)


def test_few_layers_are_lines_and_many_a_map():
    few, many = (all_charts(n)["course"].to_dict()["mark"]["type"] for n in (3, 12))
    assert (few, many) == ("line", "rect")


def test_a_logarithmic_course_leaves_out_what_is_0_or_unknown():
    values = {"hidden 1": [1.0, 0.0, np.nan, 0.1]}
    chart = plots.training_course([1, 2, 3, 4], values, title="t", log=True)
    assert [r["epoch"] for r in marks(chart, "line", "epoch")] == [1, 4]


def test_long_trainings_are_thinned_to_what_can_be_seen():
    epochs = list(range(1, 5001))
    values = {name: np.linspace(0, 1, 5000) for name in names_of(30)}
    chart = plots.training_course(epochs, values, title="t")
    shown = {record["epoch"] for record in marks(chart, "rect", "epoch")}
    assert {1, 5000} <= shown
    assert len(shown) <= 60


@pytest.mark.parametrize("n", [2, 30])
def test_histograms_over_epochs_stay_small_files(n):
    samples = np.random.default_rng(0).normal(size=(300, n, 128))
    chart = plots.histogram_course(list(range(1, 301)), names_of(n), samples)
    assert len(said(chart)) < 900_000


def test_units_are_sorted_by_how_many_rows_they_are_active_on():
    chart = plots.unit_activity({"hidden 1": np.array([0.2, 1.0, 0.0])})
    (shown,) = chart.to_dict()["datasets"].values()
    assert [(r["unit"], r["share"]) for r in shown] == [(1, 1.0), (0, 0.2), (2, 0.0)]


@pytest.mark.browser
@pytest.mark.parametrize(("n", "long", "language"), [(2, False, "en"), (30, True, "zh")])
def test_no_chart_of_layers_makes_the_browser_complain(n, long, language, browser, tmp_path):
    complaints = []
    page = browser.new_page()
    page.on("console", lambda message: complaints.append((name, message.text)))
    page.on("pageerror", lambda error: complaints.append((name, str(error))))
    for name, chart in all_charts(n, long=long, language=language).items():
        path = tmp_path / f"{name}.html"
        write_chart(chart, path, title=name, language=language)
        page.goto(path.as_uri())
        page.wait_for_selector("#chart svg")
    page.close()
    assert complaints == []
