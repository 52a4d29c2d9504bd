"""Patients among our networks whose fault lies in data or training: OGV106 to OGV112."""

from __future__ import annotations

import numpy as np
import ward_evidence as evidence
from patients_ours_layers import OURS
from sklearn.linear_model import LogisticRegression
from ward_fits import brought, classifier, regressor
from ward_tables import classes, noise, numbers, rare

patient = OURS.patient


def _hardly_moved(network):
    """Another thousand epochs of such steps would change no weight by a tenth."""
    model = network.model
    return model.learning_rate_init * model.t_ / model.batch_size < 1e-3


@patient("OGV106", "too_small", evidence=_hardly_moved, treatable=True)
def learning_rate_of_a_millionth(draw):
    rows = classes(draw.one_of("wine", "digits", "breast_cancer", "blobs"), draw)
    model = classifier(
        rows,
        (32,) * draw.depth(1, 3),
        draw.one_of("relu", "tanh", "gelu"),
        draw,
        learning_rate_init=draw.between(3e-7, 3e-6),
        max_iter=15,
    )
    return brought(model, rows)


def _loss_never_settled(network):
    """The training loss is no better than that of the first epoch's, or than telling shares."""
    curve = np.array(network.model.loss_curve_)
    shares = np.unique(network.y, return_counts=True)[1] / len(network.y)
    return curve[len(curve) // 2 :].max() > min(curve[0], -np.sum(shares * np.log(shares)))


@patient("OGV106", "too_large", evidence=_loss_never_settled, treatable=True)
def learning_rate_that_throws_the_loss_about(draw):
    rows = classes(draw.one_of("digits", "blobs"), draw)
    model = classifier(
        rows,
        (32,) * draw.depth(2, 3),
        draw.one_of("tanh", "leaky_relu"),
        draw,
        learning_rate_init=draw.between(1.0, 3.0),
        max_iter=15,
    )
    return brought(model, rows)


def _scales_apart(network):
    X = np.asarray(network.X, float)
    spread = X.std(0)
    spread = spread[spread > 0]
    return spread.max() / spread.min() > 100 or np.max(np.abs(X.mean(0)) / X.std(0).mean()) > 10


@patient("OGV107", evidence=_scales_apart, treatable=True)
def table_as_it_came(draw):
    rows = classes(draw.one_of("wine", "breast_cancer"), draw, scaled=False)
    hidden = (draw.one_of(16, 32),) * draw.depth(1, 3)
    model = classifier(rows, hidden, draw.one_of("relu", "tanh", "silu"), draw, max_iter=30)
    return brought(model, rows)


@patient("OGV107", evidence=_scales_apart, treatable=True)
def one_column_in_millions(draw):
    rows = numbers(draw.one_of("friedman", "waves", "diabetes"), draw)
    factor = draw.between(1e5, 1e7)
    scale = np.ones(rows.X.shape[1])
    scale[-1] = factor
    rows = rows._replace(X=rows.X * scale, X_held=rows.X_held * scale)
    model = regressor(rows, (32,) * draw.depth(1, 3), "relu", draw, max_iter=20)
    return brought(model, rows)


@patient("OGV109", evidence=evidence.linear, treatable=True)
def identity_between_the_layers(draw):
    rows = classes("moons", draw)
    hidden = (draw.one_of(8, 24),) * draw.depth(1, 4)
    model = classifier(rows, hidden, "identity", draw, max_iter=40, learning_rate_init=0.01)
    return brought(model, rows)


@patient("OGV109", evidence=evidence.linear)
def tanh_fed_tiny_numbers(draw):
    rows = numbers(draw.one_of("friedman", "waves"), draw)
    rows = rows._replace(X=rows.X * 1e-4, X_held=rows.X_held * 1e-4)
    hidden = (draw.one_of(16, 32),) * draw.depth(1, 3)
    model = regressor(rows, hidden, draw.one_of("tanh", "softsign"), draw, max_iter=20)
    return brought(model, rows)


def _labels_as_numbers(network):
    return not hasattr(network.model, "classes_") and len(np.unique(network.y)) < 11


@patient("OGV110", evidence=_labels_as_numbers)
def class_labels_fitted_as_numbers(draw):
    rows = classes(draw.one_of("wine", "iris", "digits"), draw)
    model = regressor(rows, (24,) * draw.depth(1, 3), "relu", draw, max_iter=30)
    return brought(model, rows)


@patient("OGV110", evidence=_labels_as_numbers)
def yes_and_no_fitted_as_numbers(draw):
    rows = classes(draw.one_of("breast_cancer", "moons"), draw)
    hidden = (16,) * draw.depth(1, 4)
    return brought(regressor(rows, hidden, "tanh", draw, max_iter=30), rows)


def _learnt_by_heart(network):
    model = network.model
    learnt, held = (
        model.score(network.X, network.y),
        model.score(*network.options["validation_data"]),
    )
    return learnt > held + 0.2


@patient("OGV111", "overfitting", evidence=_learnt_by_heart)
def noise_learnt_by_heart(draw):
    rows = noise(draw, 60, draw.one_of(10, 20), draw.one_of(2, 3))
    hidden = (200,) * draw.depth(1, 2)
    model = classifier(
        rows,
        hidden,
        draw.one_of("relu", "tanh"),
        draw,
        watched=True,
        max_iter=150,
        learning_rate_init=0.003,
    )
    return brought(model, rows, validation_data=(rows.X_held, rows.y_held))


@patient("OGV111", "overfitting", evidence=_learnt_by_heart, treatable=True)
def noise_of_a_measure_learnt_by_heart(draw):
    rows = numbers("diabetes", draw, n=draw.one_of(150, 220))
    model = regressor(
        rows,
        (draw.one_of(100, 200),) * draw.depth(1, 2),
        draw.one_of("relu", "gelu"),
        draw,
        watched=True,
        max_iter=300,
        learning_rate_init=0.005,
    )
    return brought(model, rows, validation_data=(rows.X_held, rows.y_held))


def _far_from_a_linear_model(network):
    linear = LogisticRegression(max_iter=500).fit(network.X, network.y)
    return network.model.score(network.X, network.y) < linear.score(network.X, network.y) - 0.1


@patient("OGV111", "underfitting", evidence=_far_from_a_linear_model, treatable=True)
def stopped_after_two_epochs(draw):
    rows = classes(draw.one_of("digits", "wine", "blobs"), draw)
    hidden = (draw.one_of(16, 32),) * draw.depth(2, 4)
    model = classifier(rows, hidden, draw.one_of("relu", "tanh"), draw, max_iter=2, batch_size=100)
    return brought(model, rows)


@patient("OGV111", "underfitting", evidence=_far_from_a_linear_model, treatable=True)
def bottleneck_of_one_unit(draw):
    rows = classes("digits", draw)
    wide = draw.one_of(16, 32, 48)
    model = classifier(rows, (wide, 1, wide), draw.one_of("relu", "tanh"), draw, max_iter=30)
    return brought(model, rows)


def _rare_class_never_told(network):
    y = np.asarray(network.y)
    rarest = y == 1
    return rarest.mean() < 0.05 and network.model.predict(network.X)[rarest].mean() < 0.2


@patient("OGV112", evidence=_rare_class_never_told, treatable=True)
def one_row_in_fifty(draw):
    rows = rare(draw, 600, draw.one_of(0.015, 0.02, 0.03))
    hidden = (draw.one_of(8, 16),) * draw.depth(1, 2)
    model = classifier(rows, hidden, draw.one_of("relu", "tanh"), draw, max_iter=25)
    return brought(model, rows)


# Five rows of a class are too few to show that anything helps, so it is not called treatable.
@patient("OGV112", evidence=_rare_class_never_told)
def few_of_one_class_kept(draw):
    rows = classes("breast_cancer", draw, n=400)
    weak = [9, 11, 14, 18]  # columns that tell little of the class
    rows = rows._replace(X=rows.X[:, weak], X_held=rows.X_held[:, weak])
    kept = (rows.y == 0) | (np.cumsum(rows.y == 1) <= draw.depth(4, 6))
    rows = rows._replace(X=rows.X[kept], y=rows.y[kept])
    return brought(classifier(rows, (12,), "relu", draw, max_iter=40), rows)
