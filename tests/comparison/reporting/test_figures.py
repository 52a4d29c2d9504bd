import json

import numpy as np
import pytest

from ogive.comparison.reporting.figures import make_figures

MEANS = {"tanh": 0.9, "relu": 0.95}
NO_CURVES = {"loss_curve": np.empty(0), "validation_loss_curve": np.empty(0)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_chart_is_there(new_comparison, language):
    charts = make_figures(new_comparison({**MEANS, "step": 0.4}), language)
    assert list(charts) == [
        "scores",
        "pairs",
        "densities",
        "seconds",
        "learning_curves",
        "fold_curves",
        "gradients",
    ]
    for chart in charts.values():
        assert chart.to_dict()["$schema"]


def test_two_candidates_need_no_matrix_of_pairs(new_comparison):
    charts = make_figures(new_comparison(MEANS), "en")
    assert "densities" in charts
    assert "pairs" not in charts


def test_the_matrix_of_few_candidates_is_not_drawn_as_wide_as_the_page(new_comparison):
    def width(n):
        comparison = new_comparison({f"{i}": 0.9 - 0.01 * i for i in range(n)})
        return make_figures(comparison, "en", width="container")["pairs"].to_dict()["width"]

    assert width(3) == 186
    assert width(5) == "container"


def test_the_cost_of_predicting_is_drawn_where_it_was_measured(new_comparison, new_outcome):
    done = {
        label: [new_outcome(score + 0.001 * i, predict_seconds=2e-6) for i in range(10)]
        for label, score in MEANS.items()
    }
    assert "predict_seconds" in make_figures(new_comparison(done), "en")


def test_charts_without_anything_to_draw_are_left_out(new_comparison, new_outcome):
    nothing = [
        new_outcome(0.5 + 0.01 * i, gradients=np.full(2, np.nan), **NO_CURVES) for i in range(10)
    ]
    assert list(make_figures(new_comparison({"relu": nothing}), "en")) == ["scores"]


def test_models_without_epochs_stand_beside_networks(new_comparison, new_outcome):
    linear = [new_outcome(0.8 + 0.01 * i, gradients=np.empty(0), **NO_CURVES) for i in range(10)]
    charts = make_figures(new_comparison({"linear": linear, "mlp": 0.9}), "en")
    assert charts["learning_curves"].to_dict()["facet"]["sort"] == ["mlp"]
    assert charts["gradients"].to_dict()["layer"][0]["encoding"]["y"]["sort"] == ["mlp"]


def test_networks_of_different_depths_share_a_chart(new_comparison, new_outcome):
    def deep(n):
        return [new_outcome(0.9 + 0.01 * i, gradients=np.full(n + 1, 0.1)) for i in range(10)]

    chart = make_figures(new_comparison({"1": deep(1), "3": deep(3)}), "en")["gradients"]
    assert chart.to_dict()["layer"][1]["encoding"]["color"]["scale"]["domain"] == [
        "hidden 1",
        "hidden 2",
        "hidden 3",
        "output",
    ]


def test_errors_are_shown_positive_and_said_to_be_better_low(new_comparison, new_settings):
    comparison = new_comparison(
        {"relu": -3.0, "tanh": -4.0},
        classes=0,
        guess=-9.0,
        settings=new_settings(["relu", "tanh"], scoring="rmse"),
    )
    charts = make_figures(comparison, "en")
    x = charts["scores"].to_dict()["layer"][0]["encoding"]["x"]
    assert x["title"] == "RMSE on the test fold (lower is better)"
    assert 2.9 < x["scale"]["domain"][0] < x["scale"]["domain"][1] < 4.1
    x = charts["densities"].to_dict()["layer"][0]["encoding"]["x"]
    assert "(below 0 is better)" in x["title"]
    assert x["scale"]["domain"][1] > 0.9


def test_many_candidates_stay_within_what_altair_draws(new_comparison):
    many = {f"activation {i}": 0.9 for i in range(40)}
    for chart in make_figures(new_comparison(many), "en").values():
        chart.to_dict()


def test_candidates_go_by_their_chinese_names(new_comparison):
    charts = new_comparison({"depth 2": 0.9, "depth 6": 0.7}).figures("zh")
    for chart in charts.values():
        written = json.dumps(chart.to_dict(), ensure_ascii=False)
        assert "深度 6" in written
        assert "depth 6" not in written
