"""Measurements made by hand for tests of the checks, and what every finding must fulfil."""

import numpy as np

import ogive
from ogive.diagnosis.finding import CODES
from ogive.diagnosis.measurements import (
    Classes,
    Curves,
    Inputs,
    Layer,
    Measurements,
    Outputs,
    Settings,
    Units,
    Weights,
)
from ogive.network.course import TrainingCourse

NAN = float("nan")


def standard_z(n_rows=400, n_units=10, seed=0, mean=0.0, deviation=1.0):
    """Return z of a healthy layer, (n_rows, n_units)."""
    return np.random.default_rng(seed).normal(mean, deviation, (n_rows, n_units))


def make_units(z, function="relu", z_low=None, z_high=None):
    """Return the statistics of z through a function, computed by NumPy."""
    f = ogive.activation(function) if isinstance(function, str) else function
    a, slope = f.value_and_derivative(z)
    share = np.abs(slope) / (np.abs(f.derivative(np.linspace(-12, 12, 24001))).max() or 1.0)
    unknown = np.full(z.shape[1], NAN)
    return Units(
        z_min=z.min(axis=0),
        z_max=z.max(axis=0),
        z_mean=z.mean(axis=0),
        z_var=z.var(axis=0),
        a_min=a.min(axis=0),
        a_max=a.max(axis=0),
        a_mean=a.mean(axis=0),
        a_var=a.var(axis=0),
        active_share=(share > 0.05).mean(axis=0),
        slope_max=share.max(axis=0),
        slope_square_mean=np.square(slope).mean(axis=0),
        z_low=unknown if z_low is None else np.asarray(z_low, float),
        z_high=unknown if z_high is None else np.asarray(z_high, float),
    )


def make_weights(fan_in=10, fan_out=10, rms=None, **more):
    """Return weights; their size keeps that of a signal unless `rms` is given."""
    rms = 1 / np.sqrt(fan_in) if rms is None else rms
    given = {"mean": 0.0, "greatest": 3 * rms, "norm": rms * np.sqrt(fan_in * fan_out), **more}
    return Weights(fan_in=fan_in, fan_out=fan_out, rms=rms, **given)


def make_hidden(number=1, z=None, function="relu", **more):
    """Return hidden layer `number` with the given z; `more` are fields of `Layer`."""
    z = standard_z(seed=number) if z is None else np.asarray(z, float)
    f = ogive.activation(function) if isinstance(function, str) else function
    bounds = {key: more.pop(key) for key in ("z_low", "z_high") if key in more}
    with np.errstate(all="ignore"):
        fields = {
            "name": f"hidden {number}",
            "role": "hidden",
            "function": f,
            "activation": f.name,
            "n_units": z.shape[1],
            "n_values": z.shape[0],
            "units": make_units(z, f, **bounds),
            "weights": make_weights(fan_out=z.shape[1]),
            "gradient_norm": 1.0,
            "gradient_rms": 0.1,
            "error_norm": 1.0,
            "sample_z": z[:512],
            "sample_a": f(z)[:512],
        }
    return Layer(**{**fields, **more})


def make_output(**more):
    """Return an output layer; `more` are fields of `Layer`."""
    fields = {
        "name": "output",
        "role": "output",
        "function": None,
        "activation": "output",
        "n_units": 3,
        "n_values": 400,
        "units": None,
        "weights": make_weights(fan_out=3),
        "gradient_norm": 1.0,
        "gradient_rms": 0.1,
        "error_norm": 1.0,
    }
    return Layer(**{**fields, **more})


def make_inputs(n_features=10, mean=0.0, std=1.0, **more):
    """Return inputs of normal shape."""
    mean, std = np.full(n_features, float(mean)), np.full(n_features, float(std))
    return Inputs(mean=mean, std=std, least=mean - 3 * std, greatest=mean + 3 * std, **more)


def make_curves(training_loss, baseline_loss=1.0, **more):
    """Return curves by epoch."""
    fields = {"validation_loss": np.empty(0), "validation_score": np.empty(0), **more}
    return Curves(
        training_loss=np.asarray(training_loss, float), baseline_loss=baseline_loss, **fields
    )


def make_course(n_epochs=20, widths=(10, 10), activation="relu", **more):
    """Return a monitored training in which nothing happens; `more` replaces fields."""
    n_hidden = len(widths)
    by_hidden, by_layer = np.ones((n_epochs, n_hidden)), np.ones((n_epochs, n_hidden + 1))
    epoch = np.arange(1, n_epochs + 1)
    fields = {
        "layers": (*(f"hidden {i + 1}" for i in range(n_hidden)), "output"),
        "activations": (activation,) * n_hidden,
        "epoch": epoch,
        "n_rows": np.full(n_epochs, 400),
        "loss": 1 / epoch,
        "learning_rate": np.full(n_epochs, 0.001),
        "silent_share": 0 * by_hidden,
        "saturated_share": 0.5 * by_hidden,
        "mean": by_hidden,
        "std": by_hidden,
        "error_norm": by_layer,
        "gradient_rms": 0.1 * by_layer,
        "weight_rms": 0.3 * by_layer,
        "update_ratio": 1e-3 * by_layer,
        "last_active": tuple(np.full(width, n_epochs) for width in widths),
        "samples": np.zeros((n_epochs, n_hidden, 0)),
        "nonfinite": None,
    }
    return TrainingCourse(**{**fields, **more})


def make_outputs(n_outputs=3, **more):
    """Return the outputs of a classifier with softmax."""
    ones = np.ones(n_outputs)
    fields = {"activation": "softmax", "loss": "log_loss", "least": -3 * ones}
    fields |= {"greatest": 3 * ones, "mean": 0 * ones, "std": ones}
    return Outputs(**{**fields, **more})


def make_classes(counts=(50, 50, 50), recall=None, **more):
    """Return classes 0, 1, … with these counts."""
    counts = np.asarray(counts, float)
    recall = np.full(len(counts), 0.9) if recall is None else np.asarray(recall, float)
    return Classes(labels=tuple(range(len(counts))), counts=counts, recall=recall, **more)


def make_measured(*layers, **more):
    """Return the measurements of a healthy network with two hidden layers, or with `layers`."""
    fields = {
        "framework": "ogive",
        "model": "MLPClassifier",
        "task": "multiclass",
        "n_rows": 400,
        "trained": True,
        "layers": layers or (make_hidden(1), make_hidden(2), make_output()),
        "inputs": make_inputs(),
        "outputs": make_outputs(),
        "loss": 0.3,
        "score": 0.9,
        "settings": Settings(solver="adam", learning_rate=0.001, init="glorot_uniform"),
    }
    return Measurements(**{**fields, **more})


def assert_complete(finding):
    """Fail unless the finding says everything that it should in both languages."""
    assert finding.code in CODES
    told = [finding.title]
    if finding.severity in ("issue", "tip"):
        assert finding.remedies
        assert finding.remedy == finding.remedies[0].text
        told += [finding.meaning, *(one.text for one in finding.remedies)]
    for text in told:
        for words in text:
            assert words.strip() == words != ""
            assert not set("{}") & set(words.replace("(...)", ""))
            assert "nan" not in words.lower().replace("nan）", "").split()
            assert "None" not in words
            assert "  " not in words
        assert text.zh != text.en
        assert any("一" <= letter <= "鿿" for letter in text.zh)
    finding.to_dict("en")
    finding.to_dict("zh")


def only(findings):
    """Return the one finding, complete in both languages."""
    for finding in findings:
        assert_complete(finding)
    assert len(findings) == 1, [one.title.en for one in findings]
    return findings[0]


def by_kind(findings):
    """Return the findings by kind, all complete in both languages."""
    for finding in findings:
        assert_complete(finding)
    found = {one.kind: one for one in findings}
    assert len(found) == len(findings)
    return found
