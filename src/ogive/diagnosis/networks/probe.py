"""Measures a network of ours on rows: everything that the checks, plots and reports read."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.activations import Activation
from ogive.diagnosis.mean_field.gain import predicted_gain
from ogive.diagnosis.measurements import Layer, Measurements, NonFiniteValue, Units, Weights
from ogive.diagnosis.networks.facts import (
    classes_of,
    curves_of,
    outputs_of,
    score_of,
    settings_of,
    task_of,
)
from ogive.diagnosis.networks.forward import Pass, pass_rows
from ogive.diagnosis.networks.gradients import (
    Gradients,
    gradients_of,
    next_update_ratios,
    step_curvature,
)
from ogive.diagnosis.networks.patient import Rows, given_rows, take_apart
from ogive.diagnosis.streaming import effective_rank
from ogive.network.base import BaseMLP
from ogive.text import InputError, Text

__all__ = ["measure_network"]

Array = NDArray[np.float64]
NAN = float("nan")


def measure_network(
    model: Any, X: Any, y: Any = None, *, validation_data: Any = None, random_state: int = 0
) -> Measurements:
    """Measure a fitted network on rows; nothing of it is changed.

    Parameters
    ----------
    model : MLPClassifier, MLPRegressor, or a Pipeline or search that ends in one
    X : {array-like, sparse matrix} of shape (n_rows, n_features)
        Rows with values that are not finite are told and left out.
    y : array-like, optional
    validation_data : tuple (X, y), optional
        Rows not learnt from.
    random_state : int, default=0
        Seed of the rows sampled.

    Raises
    ------
    sklearn.exceptions.NotFittedError
        If the model was not fitted.
    InputError, ValueError
        For other models, and rows that do not fit the network.
    """
    patient = take_apart(model)
    network = patient.network
    rows = given_rows(patient, X, y)
    passed = pass_rows(network, rows.X, patient.scaled_by, random_state)
    gradients = None if rows.y is None else gradients_of(network, rows.X, rows.y)
    curved = NAN if rows.y is None else step_curvature(network, rows.X, rows.y)
    held_out = None
    if validation_data is not None:
        held_out = _held_out(patient, validation_data)
    remarks = []
    if rows.y is None:
        remarks.append(
            Text(
                "No targets were given, so that gradients, loss and score are not known.",
                "没有给出目标值，因此梯度、损失和得分未知。",
            )
        )
    return Measurements(
        framework="ogive",
        model=type(network).__name__,
        task=task_of(network),
        n_rows=rows.X.shape[0],
        trained=True,
        layers=tuple(_layers(network, passed, gradients)),
        inputs=passed.inputs,
        outputs=outputs_of(network, rows.X, rows.y, passed.z_out, random_state),
        loss=NAN if gradients is None else gradients.loss,
        score=NAN if rows.y is None else score_of(network, rows.y, passed.z_out),
        settings=settings_of(network, rows.X.shape[0], curved),
        curves=curves_of(network, rows.y, held_out),
        course=getattr(network, "course_", None),
        nonfinite=_nonfinite(network, passed, rows),
        classes=classes_of(network, rows.y, passed.z_out),
        remarks=tuple(remarks),
    )


def _layers(network: BaseMLP, passed: Pass, gradients: Gradients | None) -> list[Layer]:
    n_hidden = len(passed.hidden)
    updates = _updates(network)
    layers = []
    for number, (w, b) in enumerate(zip(network.coefs_, network.intercepts_, strict=True)):
        inner = number < n_hidden
        function = passed.hidden[number] if inner else None
        units = passed.units[number] if inner else None
        gradient = None if gradients is None else gradients.weights[number]
        errors = None if gradients is None else gradients.error_norm
        layers.append(
            Layer(
                name=f"hidden {number + 1}" if inner else "output",
                role="hidden" if inner else "output",
                function=function,
                activation="output" if function is None else function.name,
                n_units=w.shape[1],
                n_values=passed.z_out.shape[0],
                units=units,
                weights=_weights(w, b),
                gradient_norm=NAN if gradient is None else float(np.linalg.norm(gradient)),
                gradient_rms=NAN if gradient is None else float(np.sqrt(np.mean(gradient**2))),
                error_norm=NAN if errors is None else float(errors[number]),
                update_ratio=float(updates[number]),
                effective_rank=effective_rank(passed.sample_a[number]) if inner else NAN,
                gain_predicted=NAN
                if function is None or units is None
                else _predicted(function, units, network.coefs_[number + 1]),
                gain_measured=_ratio(errors, number) if inner and errors is not None else NAN,
                sample_z=passed.sample_z[number] if inner else None,
                sample_a=passed.sample_a[number] if inner else None,
            )
        )
    return layers


def _weights(coef: Any, intercept: Any) -> Weights:
    w = np.asarray(coef, dtype=np.float64)
    b = np.asarray(intercept, dtype=np.float64)
    return Weights(
        fan_in=w.shape[0],
        fan_out=w.shape[1],
        mean=float(w.mean()),
        rms=float(np.sqrt(np.mean(w**2))),
        greatest=float(np.abs(w).max()),
        norm=float(np.linalg.norm(w)),
        intercept_rms=float(np.sqrt(np.mean(b**2))),
        equal_units=bool(w.shape[1] > 1 and np.all(w == w[:, :1]) and np.all(b == b[0])),
    )


def _predicted(function: Activation, units: Units, following: Any) -> float:
    w = np.asarray(following, dtype=np.float64)
    if not np.isfinite(units.z_var).all() or not np.isfinite(units.z_mean).all():
        return NAN
    rms = float(np.sqrt(np.mean(w**2)))
    return float(predicted_gain(function, units.z_mean, units.z_var, rms, w.shape[0]))


def _ratio(errors: Array, number: int) -> float:
    return float(errors[number] / errors[number + 1]) if errors[number + 1] > 0 else NAN


def _updates(network: BaseMLP) -> Array:
    """Return the update ratios of the last epoch where they were recorded, or of the last step."""
    course = getattr(network, "course_", None)
    if course is not None and course.epoch.size:
        return np.asarray(course.update_ratio[-1])
    return next_update_ratios(network)


def _nonfinite(network: BaseMLP, passed: Pass, rows: Rows) -> NonFiniteValue | None:
    names = [f"hidden {i + 1}" for i in range(len(passed.hidden))] + ["output"]
    for name, w, b in zip(names, network.coefs_, network.intercepts_, strict=True):
        count = int(np.count_nonzero(~np.isfinite(w)) + np.count_nonzero(~np.isfinite(b)))
        if count:
            return NonFiniteValue("weights", name, None, None, count)
    if rows.nonfinite is not None:
        return rows.nonfinite
    met = network.nonfinite_
    if met is not None:
        course = getattr(network, "course_", None)
        batch = None if course is None or course.nonfinite is None else course.nonfinite[1]
        return NonFiniteValue("loss", names[met.layer - 1], batch, met.epoch, 0)
    if passed.nonfinite_layer is not None:
        where = "output" if passed.nonfinite_layer == len(passed.hidden) else "activation"
        return NonFiniteValue(where, names[passed.nonfinite_layer], None, None, 0)
    return None


def _last_z(network: BaseMLP, X: Any) -> NDArray[Any]:
    return pass_rows(network, X, None, 0).z_out


def _held_out(patient: Any, validation_data: Any) -> tuple[float, float, int]:
    if not isinstance(validation_data, tuple | list) or len(validation_data) != 2:
        raise InputError(
            "validation_data must be a pair (X, y), got "
            f"{type(validation_data).__name__}; pass both the rows and their targets.",
            f"validation_data 必须是一对 (X, y)，得到的是 {type(validation_data).__name__}；"
            "请同时传入行和目标值。",
        )
    rows = given_rows(patient, *validation_data)
    found = gradients_of(patient.network, rows.X, rows.y)
    score = score_of(patient.network, rows.y, _last_z(patient.network, rows.X))
    return found.loss, score, rows.X.shape[0]
