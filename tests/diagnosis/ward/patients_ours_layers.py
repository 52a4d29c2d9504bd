"""Patients among our networks whose fault sits in their layers: OGV101 to OGV105, OGV108."""

from __future__ import annotations

import numpy as np
import ward_evidence as evidence
from ward_case import Register
from ward_fits import at_start, brought, classifier, quietly, regressor
from ward_tables import classes, numbers

import ogive

OURS = Register("ogive")
patient = OURS.patient


@patient("OGV101", "dead", evidence=evidence.dead, treatable=True)
def relus_killed_by_a_large_step(draw):
    rows = classes(draw.one_of("digits", "blobs"), draw)
    hidden = (draw.one_of(40, 64),) * draw.depth(2, 3)
    model = classifier(
        rows,
        hidden,
        "relu",
        draw,
        solver="sgd",
        learning_rate_init=draw.between(0.5, 0.9),
        max_iter=6,
    )
    return brought(model, rows)


@patient("OGV101", "dead", evidence=evidence.dead)
def intercepts_far_below_every_row(draw):
    rows = classes(draw.one_of("wine", "breast_cancer"), draw)
    hidden = (draw.one_of(16, 24),) * draw.depth(1, 4)
    model = classifier(rows, hidden, "relu", draw, max_iter=25)
    layer = draw.depth(0, len(hidden) - 1)
    model.intercepts_[layer][draw.some_of(hidden[layer])] = -1000.0
    return brought(model, rows)


@patient("OGV101", "silent", evidence=evidence.silent)
def units_asleep_on_rows_of_one_class(draw):
    rows = classes("clusters", draw)
    model = classifier(
        rows, (draw.one_of(40, 64),), "relu", draw, max_iter=60, learning_rate_init=0.01
    )
    z = rows.X @ model.coefs_[0] + model.intercepts_[0]
    asleep = [((z[rows.y == c] <= 0).all(0) & (z > 0).any(0)).sum() for c in model.classes_]
    one = rows.y == model.classes_[np.argmax(asleep)]
    network = brought(model, rows._replace(X=rows.X[one], y=rows.y[one]))
    network.other_rows = rows.X
    return network


@patient("OGV101", "saturated", evidence=evidence.pinned)
def squashing_units_pinned_by_their_intercepts(draw):
    rows = classes(draw.one_of("wine", "breast_cancer", "moons"), draw)
    function = draw.one_of("tanh", "sigmoid")
    hidden = (20,) * draw.depth(1, 3)
    model = classifier(rows, hidden, function, draw, max_iter=20)
    layer = draw.depth(0, len(hidden) - 1)
    some = draw.some_of(20)
    spread = evidence.layers_of(brought(model, rows))[layer].z[:, some]
    # Just past the bend, so that a little slope is left: these units learn, only far too slowly.
    past = {"tanh": 2.3, "sigmoid": 4.5}[function]
    model.intercepts_[layer][some] += past - np.quantile(spread, 0.0, axis=0)
    return brought(model, rows)


@patient("OGV101", "constant", evidence=evidence.constant)
def units_that_listen_to_nothing(draw):
    rows = numbers(draw.one_of("diabetes", "friedman"), draw)
    function = draw.one_of("relu", "tanh", "gelu", "silu")
    model = regressor(rows, (24, 16), function, draw, max_iter=20)
    some = draw.some_of(24)
    model.coefs_[0][:, some] = 0.0
    model.intercepts_[0][some] = np.abs(model.intercepts_[0][some]) + 0.3
    return brought(model, rows)


@patient("OGV101", "duplicate", evidence=evidence.duplicate)
def network_widened_by_copies_of_its_units(draw):
    rows = classes(draw.one_of("wine", "iris", "moons"), draw)
    function = draw.one_of("relu", "tanh", "elu")
    small = classifier(rows, (12,), function, draw, max_iter=60, learning_rate_init=0.01)
    wide = classifier(rows, (24,), function, draw, max_iter=1)
    wide.coefs_ = [np.tile(small.coefs_[0], 2), np.tile(small.coefs_[1], (2, 1)) / 2]
    wide.intercepts_ = [np.tile(small.intercepts_[0], 2), small.intercepts_[1]]
    return brought(wide, rows)


@patient("OGV102", evidence=evidence.vanishing, treatable=True)
def deep_sigmoids(draw):
    rows = classes(draw.one_of("digits", "wine", "blobs"), draw)
    hidden = (draw.one_of(24, 32),) * draw.depth(7, 10)
    return brought(classifier(rows, hidden, "sigmoid", draw, max_iter=8), rows)


@patient("OGV102", evidence=evidence.vanishing)
def deep_network_of_too_small_weights(draw):
    rows = classes(draw.one_of("wine", "breast_cancer", "blobs"), draw)
    function = draw.one_of("tanh", "relu", "leaky_relu")
    model = at_start(rows, (32,) * draw.depth(7, 9), function, draw)
    for W in model.coefs_[1:-1]:
        W *= 0.25
    return brought(model, rows)


@patient("OGV103", evidence=evidence.exploding)
def deep_network_of_too_large_weights(draw):
    rows = classes(draw.one_of("digits", "breast_cancer", "blobs"), draw)
    function = draw.one_of("relu", "leaky_relu", "elu")
    model = at_start(rows, (32,) * draw.depth(6, 9), function, draw, init="he_normal")
    for W in model.coefs_:
        W *= draw.between(3.0, 4.0)
    return brought(model, rows)


@patient("OGV103", evidence=evidence.exploding)
def weights_that_grew_in_a_trained_network(draw):
    rows = numbers(draw.one_of("friedman", "diabetes", "waves"), draw)
    hidden = (draw.one_of(24, 48),) * draw.depth(5, 8)
    model = regressor(rows, hidden, draw.one_of("relu", "leaky_relu"), draw, max_iter=10)
    for W in model.coefs_[1:-1]:
        W *= 4
    return brought(model, rows)


@patient("OGV104", evidence=evidence.saturated, treatable=True)
def squashing_units_fed_raw_features(draw):
    rows = classes(draw.one_of("wine", "breast_cancer"), draw, scaled=False)
    hidden = (draw.one_of(16, 32),) * draw.depth(1, 3)
    function = draw.one_of("tanh", "sigmoid", "hardtanh")
    return brought(classifier(rows, hidden, function, draw, max_iter=30), rows)


@patient("OGV104", evidence=evidence.saturated)
def weights_of_a_trained_network_times_many(draw):
    rows = classes(draw.one_of("digits", "breast_cancer", "blobs"), draw)
    function = draw.one_of("tanh", "sigmoid", "hardtanh")
    model = classifier(rows, (24,) * draw.depth(1, 4), function, draw, max_iter=20)
    for W in model.coefs_[:-1]:
        W *= 30 if function == "sigmoid" else 12
    return brought(model, rows)


def _has_nonfinite_weights(network):
    return any(not np.all(np.isfinite(W)) for W in network.model.coefs_)


@patient("OGV105", evidence=lambda network: network.model.nonfinite_ is not None, treatable=True)
def regression_that_diverged(draw):
    rows = numbers(draw.one_of("friedman", "waves"), draw)
    model = regressor(
        rows,
        (32,) * draw.depth(2, 4),
        draw.one_of("relu", "leaky_relu"),
        draw,
        solver="sgd",
        learning_rate_init=draw.between(20, 100),
        max_iter=30,
    )
    return brought(model, rows)


@patient("OGV105", evidence=_has_nonfinite_weights)
def weight_that_is_not_a_number(draw):
    rows = classes(draw.one_of("wine", "iris"), draw)
    model = classifier(rows, (16,) * draw.depth(1, 5), "tanh", draw, max_iter=15)
    layer = draw.depth(0, len(model.coefs_) - 1)
    model.coefs_[layer][0, 0] = draw.one_of(np.nan, np.inf)
    return brought(model, rows)


def _units_alike(network):
    W = network.model.coefs_[0]
    return bool(np.all(np.ptp(W, axis=1) <= 1e-9 * (np.abs(W).max() + 1e-300)))


@patient("OGV108", evidence=_units_alike)
def training_begun_from_equal_weights(draw):
    rows = classes(draw.one_of("wine", "iris", "breast_cancer"), draw)
    model = ogive.MLPClassifier(
        (16,) * draw.depth(1, 3),
        draw.one_of("relu", "tanh"),
        warm_start=True,
        max_iter=1,
        random_state=0,
        batch_size=32,
    )
    quietly(model, rows.X, rows.y)
    model.coefs_ = [np.full_like(W, 0.1) for W in model.coefs_]
    model.intercepts_ = [np.zeros_like(b) for b in model.intercepts_]
    quietly(model.set_params(max_iter=20), rows.X, rows.y)
    return brought(model, rows)


def _start_swallows_gradients(network):
    """At its start the gradient changes twentyfold over the layers."""
    ratio = evidence.error_ratio(network.start)
    return not 0.05 < ratio < 20


@patient("OGV108", evidence=_start_swallows_gradients, treatable=True)
def scheme_for_another_activation(draw):
    rows = classes(draw.one_of("digits", "blobs"), draw)
    function, init, depth = draw.one_of(
        ("relu", "lecun_normal", 16),
        ("relu", "glorot_normal", 14),
        ("leaky_relu", "lecun_uniform", 15),
    )
    hidden = (draw.one_of(32, 48),) * depth
    network = brought(classifier(rows, hidden, function, draw, init=init, max_iter=6), rows)
    network.start = brought(at_start(rows, hidden, function, draw, init=init), rows)
    return network
