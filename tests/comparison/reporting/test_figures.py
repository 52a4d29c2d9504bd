import numpy as np
import pytest

from ogive.comparison.reporting.figures import (
    LEAST_LOSS,
    MOST_POINTS,
    cost_records,
    curve_records,
    gradient_records,
    make_figures,
    mean_records,
    score_records,
)

MEANS = {"tanh": 0.9, "relu": 0.95}


def curves(new_outcome, losses):
    return [new_outcome(0.9, loss_curve=np.array(loss)) for loss in losses]


def test_every_score_of_every_split_is_drawn(new_comparison):
    comparison = new_comparison(MEANS)
    records = score_records(comparison, "en")
    assert len(records) == 20
    assert [r["score"] for r in records if r["activation"] == "tanh"] == pytest.approx(
        comparison.scores["tanh"], abs=1e-6
    )
    assert records[0]["split"] == "repeat 1, fold 1"
    assert records[9]["split"] == "repeat 2, fold 5"


def test_means_are_those_of_the_table(new_comparison):
    comparison = new_comparison(MEANS)
    for record, row in zip(mean_records(comparison), comparison.rows(), strict=True):
        assert (record["activation"], record["score"]) == (row.label, row.score)
        assert (record["low"], record["high"]) == (row.score_low, row.score_high)
    assert [r["seconds"] for r in cost_records(comparison)] == [0.02, 0.02]


def test_curves_are_geometric_means_over_the_splits(new_comparison, new_outcome):
    done = curves(new_outcome, [[4.0, 1.0], [1.0, 1.0]])
    records = curve_records(new_comparison({"relu": done}))
    first, second = [r for r in records if r["part"] == "fitting"]
    assert (first["epoch"], first["mean"]) == (1, 2.0)
    assert first["low"] < 2.0 < first["high"]
    assert (second["low"], second["mean"], second["high"]) == (1.0, 1.0, 1.0)


def test_a_fit_that_stopped_keeps_its_last_loss(new_comparison, new_outcome):
    done = curves(new_outcome, [[4.0, 4.0], [1.0]])
    records = [r for r in curve_records(new_comparison({"relu": done})) if r["part"] == "fitting"]
    assert [r["mean"] for r in records] == [2.0, 2.0]


def test_losses_of_0_are_lifted_onto_the_logarithmic_axis(new_comparison, new_outcome):
    done = curves(new_outcome, [[0.0], [0.0]])
    assert curve_records(new_comparison({"relu": done}))[0]["mean"] == LEAST_LOSS


def test_losses_that_are_not_finite_are_left_out(new_comparison, new_outcome):
    done = curves(new_outcome, [[1.0, np.inf], [1.0, 1.0], []])
    records = [r for r in curve_records(new_comparison({"relu": done})) if r["part"] == "fitting"]
    assert [r["mean"] for r in records] == [1.0, 1.0]


def test_long_curves_are_thinned_but_keep_their_ends(new_comparison, new_outcome):
    done = curves(new_outcome, [np.linspace(2, 1, 1000)] * 2)
    records = [r for r in curve_records(new_comparison({"relu": done})) if r["part"] == "fitting"]
    assert len(records) == MOST_POINTS
    assert (records[0]["epoch"], records[-1]["epoch"]) == (1, 1000)


def test_gradients_come_layer_by_layer(new_comparison, new_outcome):
    done = [new_outcome(0.9 + 0.01 * i, gradients=np.array([10.0**-i, 1.0])) for i in (1, 3)]
    records = gradient_records(new_comparison({"relu": done}), "zh")
    assert [(r["layer"], r["gradient"]) for r in records] == [("隐藏层 1", 0.01), ("输出层", 1.0)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_there_are_four_charts(new_comparison, language):
    charts = make_figures(new_comparison(MEANS), language)
    assert list(charts) == ["scores", "learning_curves", "gradients", "cost"]
    for chart in charts.values():
        assert chart.to_dict()["$schema"]


def test_charts_without_anything_to_draw_are_left_out(new_comparison, new_outcome):
    nothing = [
        new_outcome(
            0.5 + 0.01 * i,
            loss_curve=np.empty(0),
            validation_loss_curve=np.empty(0),
            gradients=np.full(2, np.nan),
        )
        for i in range(10)
    ]
    assert list(make_figures(new_comparison({"relu": nothing}), "en")) == ["scores", "cost"]


def test_many_activations_stay_within_what_altair_draws(new_comparison):
    many = {f"activation {i}": 0.9 for i in range(40)}
    for chart in make_figures(new_comparison(many), "en").values():
        chart.to_dict()
