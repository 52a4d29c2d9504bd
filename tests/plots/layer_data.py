"""Charts of networks' layers, few and many, with short and with long names."""

from functools import cache

import numpy as np

from ogive import plots


def names_of(n, *, long=False):
    prefix = "encoder.blocks.{}.feed_forward.activation_function" if long else "hidden {}"
    return [prefix.format(i + 1) for i in range(n)]


@cache
def all_charts(n, *, long=False, language="en"):
    """Return one chart of each kind of a network with so many layers."""
    rng = np.random.default_rng(0)
    names = names_of(n, long=long)
    epochs = list(range(1, 31))
    z = {name: rng.normal(size=(50, 8)) * 2.0**i for i, name in enumerate(names)}
    norms = [0.5 ** (n - i) for i in range(n)]
    return {
        "states": plots.unit_states(
            {name: {"dead": 2, "silent": 1, "active": 13} for name in names}, language=language
        ),
        "gradient": plots.gradient_course(names, norms, norms, language=language),
        "histograms": plots.layer_histograms(
            {name: (one, np.maximum(one, 0)) for name, one in z.items()}, language=language
        ),
        "activity": plots.unit_activity(
            {name: rng.uniform(size=20) for name in names}, language=language
        ),
        "course": plots.training_course(
            epochs,
            {name: np.linspace(0, 0.5, 30) for name in names},
            title="share",
            language=language,
        ),
        "logarithmic course": plots.training_course(
            epochs,
            {name: np.exp(-np.arange(30.0) - i) for i, name in enumerate(names)},
            title="norm",
            log=True,
            language=language,
        ),
        "outputs": plots.histogram_course(
            epochs, names, rng.normal(size=(30, n, 40)), language=language
        ),
    }
