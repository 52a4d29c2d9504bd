import numpy as np
import pytest

from ogive.comparison.reporting.curve_records import (
    LEAST_LOSS,
    MOST_CURVES,
    MOST_PANELS,
    MOST_POINTS,
    POINTS_OF_FOLDS,
    curve_records,
    fold_curves,
)


def curves(new_outcome, losses):
    return [new_outcome(0.9, loss_curve=np.array(loss)) for loss in losses]


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


def validated(new_outcome, losses):
    return [new_outcome(0.9, validation_loss_curve=np.array(loss)) for loss in losses]


def test_each_fold_has_its_own_curve_beside_the_mean(new_comparison, new_outcome):
    done = validated(new_outcome, [[4.0, 1.0], [1.0]])
    first, second, mean = fold_curves(new_comparison({"relu": done}), "en")
    assert (first["split"], first["loss"]) == ("repeat 1, fold 1", [4.0, 1.0])
    assert (second["split"], second["epoch"], second["loss"]) == ("repeat 1, fold 2", [1], [1.0])
    assert (mean["split"], mean["loss"]) == ("", [2.0, 1.0])


def test_a_fold_without_a_finite_loss_has_no_curve(new_comparison, new_outcome):
    done = validated(new_outcome, [[np.nan], [1.0], [1.0]])
    names = [curve["split"] for curve in fold_curves(new_comparison({"relu": done}), "en")]
    assert names == ["repeat 1, fold 2", "repeat 1, fold 3", ""]


@pytest.mark.parametrize(("n_candidates", "n_splits"), [(2, 10), (30, 50)])
def test_the_points_of_all_folds_are_bounded(new_comparison, new_outcome, n_candidates, n_splits):
    loss = np.linspace(2, 1, 1000)
    done = {
        f"c{i}": [new_outcome(0.9 + 0.001 * k, validation_loss_curve=loss) for k in range(n_splits)]
        for i in range(n_candidates)
    }
    found = fold_curves(new_comparison(done, guess=0.1), "en")
    assert len({curve["candidate"] for curve in found}) == min(n_candidates, MOST_PANELS)
    assert len(found) <= MOST_PANELS * (MOST_CURVES + 1)
    assert sum(len(c["loss"]) for c in found if c["split"]) <= POINTS_OF_FOLDS
    assert all((c["epoch"][0], c["epoch"][-1]) == (1, 1000) for c in found)
