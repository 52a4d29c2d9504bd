"""Healthy networks of ours: sensible designs, trained well on scaled data."""

from __future__ import annotations

from ward_case import Register
from ward_evidence import sound
from ward_fits import brought, classifier, regressor
from ward_tables import classes, numbers

HEALTHY_OURS = Register("ogive")
healthy = HEALTHY_OURS.healthy


@healthy(sound)
def digits_by_one_hidden_layer(draw):
    rows = classes("digits", draw)
    return brought(classifier(rows, (draw.one_of(32, 64),), "relu", draw, max_iter=40), rows)


@healthy(sound)
def digits_by_two_layers_and_early_stopping(draw):
    rows = classes("digits", draw)
    hidden = (draw.one_of(48, 64), 32)
    model = classifier(
        rows,
        hidden,
        draw.one_of("relu", "gelu"),
        draw,
        max_iter=60,
        early_stopping=True,
        learning_rate_init=0.003,
    )
    return brought(model, rows)


@healthy(sound)
def wine_by_tanh(draw):
    rows = classes("wine", draw)
    hidden = (draw.one_of(12, 24),) * draw.depth(1, 2)
    model = classifier(
        rows, hidden, "tanh", draw, max_iter=80, learning_rate_init=0.005, batch_size=16, alpha=0.01
    )
    return brought(model, rows)


@healthy(sound)
def breast_cancer_by_silu(draw):
    rows = classes("breast_cancer", draw)
    function = draw.one_of("silu", "gelu", "elu")
    model = classifier(
        rows,
        (draw.one_of(16, 32),),
        function,
        draw,
        max_iter=40,
        learning_rate_init=0.003,
        alpha=0.01,
    )
    return brought(model, rows)


@healthy(sound)
def moons_by_two_layers(draw):
    rows = classes("moons", draw)
    model = classifier(
        rows,
        (24, 24),
        draw.one_of("leaky_relu", "tanh", "elu"),
        draw,
        max_iter=80,
        learning_rate_init=0.005,
    )
    return brought(model, rows)


@healthy(sound)
def blobs_with_held_out_rows(draw):
    rows = classes("blobs", draw)
    model = classifier(
        rows,
        (draw.one_of(24, 32),),
        draw.one_of("relu", "tanh"),
        draw,
        watched=True,
        max_iter=40,
        learning_rate_init=0.003,
        early_stopping="loss",
    )
    return brought(model, rows, validation_data=(rows.X_held, rows.y_held))


@healthy(sound)
def iris_by_lbfgs(draw):
    rows = classes("iris", draw)
    model = classifier(
        rows,
        (draw.one_of(6, 10),),
        draw.one_of("tanh", "softplus"),
        draw,
        solver="lbfgs",
        alpha=0.1,
        max_iter=200,
    )
    return brought(model, rows)


@healthy(sound)
def friedman_by_relus(draw):
    rows = numbers("friedman", draw)
    hidden = (draw.one_of(32, 48),) * draw.depth(1, 2)
    model = regressor(rows, hidden, "relu", draw, max_iter=60, init="he_uniform", alpha=0.01)
    return brought(model, rows)


@healthy(sound)
def waves_by_smooth_units(draw):
    rows = numbers("waves", draw)
    model = regressor(
        rows,
        (48, 24),
        draw.one_of("tanh", "silu", "gelu"),
        draw,
        max_iter=80,
        learning_rate_init=0.003,
    )
    return brought(model, rows)


@healthy(sound)
def diabetes_with_early_stopping(draw):
    rows = numbers("diabetes", draw)
    model = regressor(
        rows,
        (draw.one_of(16, 24),),
        draw.one_of("relu", "tanh", "softplus"),
        draw,
        max_iter=150,
        learning_rate_init=0.005,
        early_stopping="loss",
        alpha=0.1,
        validation_fraction=0.2,
    )
    return brought(model, rows)


@healthy(sound)
def deep_selu_with_its_own_weights(draw):
    rows = classes(draw.one_of("digits", "breast_cancer"), draw)
    hidden = (32,) * draw.depth(4, 6)
    model = classifier(rows, hidden, "selu", draw, init="auto", max_iter=30)
    return brought(model, rows)


@healthy(sound)
def deep_leaky_relu_by_he(draw):
    rows = classes(draw.one_of("digits", "blobs"), draw)
    hidden = (draw.one_of(32, 48),) * draw.depth(4, 6)
    model = classifier(rows, hidden, "leaky_relu", draw, init="auto", max_iter=30)
    return brought(model, rows)


@healthy(sound)
def momentum_and_dropout(draw):
    rows = classes("digits", draw)
    model = classifier(
        rows,
        (64,),
        "relu",
        draw,
        solver="sgd",
        learning_rate_init=0.02,
        momentum=0.9,
        dropout=0.2,
        max_iter=40,
        init="he_uniform",
    )
    return brought(model, rows)


@healthy(sound)
def shallow_sigmoid(draw):
    rows = classes(draw.one_of("wine", "iris", "breast_cancer"), draw)
    model = classifier(
        rows,
        (draw.one_of(8, 16),),
        "sigmoid",
        draw,
        max_iter=80,
        learning_rate_init=0.01,
        batch_size=16,
        alpha=0.01,
    )
    return brought(model, rows)
