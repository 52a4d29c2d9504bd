"""`ogive.diagnose`: measure a network on rows, and say what is wrong with it."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import numpy as np

from ogive.diagnosis.checks import run_checks
from ogive.diagnosis.diagnosis import Diagnosis
from ogive.diagnosis.thresholds import Thresholds
from ogive.linear.one_thread import on_one_thread
from ogive.text import InputError

__all__ = ["diagnose"]


def diagnose(
    model: Any,
    X: Any,
    y: Any = None,
    *,
    loss: Any = None,
    optimizer: Any = None,
    activations: Any = None,
    monitor: Any = None,
    validation_data: Any = None,
    thresholds: Thresholds | None = None,
    random_state: int = 0,
) -> Diagnosis:
    """Measure a network on rows and report what is wrong, why, and what to do.

    Nothing of the model is changed: neither parameters nor buffers, gradients, training mode,
    hooks, or the state of random generators.

    Parameters
    ----------
    model : MLPClassifier, MLPRegressor, a Pipeline that ends in one, or torch.nn.Module
        Our estimators must be fitted. Of a ``TransformedTargetRegressor`` the network inside is
        measured, on targets transformed as it learns them. A module is measured in the mode it is
        in (training or evaluation), trained or not.
    X : array-like, sparse matrix, data frame, tensor, or iterable of batches
        The rows. For a module also a ``DataLoader`` or ``Dataset`` whose items are ``(X, y)`` or
        dicts; batches are streamed and not kept.
    y : array-like or tensor, optional
        The targets. Without them gradients are not known, and checks that need them report "not
        applicable".
    loss : torch.nn.Module or callable, optional
        Of a PyTorch model: ``loss(answer, targets)`` as in training, the answer being all that the
        model returns, be it a tensor, a tuple or a dict; one that cannot be called so is given the
        outputs alone. Without it one is inferred from outputs and targets, and the report says
        which.
    optimizer : torch.optim.Optimizer, optional
        Of a PyTorch model: the one it is trained with, for the check of the step size. It is read
        only.
    activations : sequence of str, optional
        Of a PyTorch model: dotted names of modules whose outputs are to be measured as activations
        beside those found by themselves.
    monitor : ogive.torch.Monitor, optional
        What was recorded during training.
    validation_data : tuple (X, y), optional
        Rows not learnt from, for the check of over- and underfitting.
    thresholds : Thresholds, optional
        Other limits than the documented ones.
    random_state : int, default=0
        Seed of the draws of sampled rows; the global generators are not used.

    Returns
    -------
    Diagnosis

    Raises
    ------
    sklearn.exceptions.NotFittedError
        If an estimator was not fitted.
    InputError
        For models and data that cannot be measured; the message says why and what to do.

    Examples
    --------
    >>> import ogive
    >>> from sklearn.datasets import load_digits
    >>> X, y = load_digits(return_X_y=True)
    >>> model = ogive.MLPClassifier((32,) * 8, activation="sigmoid", max_iter=5, random_state=0)
    >>> diagnosis = ogive.diagnose(model.fit(X, y), X, y)
    >>> "OGV102" in diagnosis.codes
    True
    """
    if thresholds is None:
        thresholds = Thresholds()
    elif not isinstance(thresholds, Thresholds):
        raise InputError(
            f"thresholds must be an ogive.diagnosis.Thresholds, got {type(thresholds).__name__}; "
            "set those that differ, as in Thresholds(dead_share=0.1).",
            f"thresholds 必须是 ogive.diagnosis.Thresholds，得到的是 {type(thresholds).__name__}；"
            "请只设置要改变的阈值，例如 Thresholds(dead_share=0.1)。",
        )
    torch = sys.modules.get("torch")
    # Numbers that are not finite are what a diagnosis looks for: they are told, not warned of.
    with np.errstate(all="ignore"):
        if torch is not None and isinstance(model, torch.nn.Module):
            from ogive.diagnosis.modules.effects import with_effects
            from ogive.diagnosis.modules.probe import measure_module

            measured = measure_module(
                model,
                X,
                y,
                loss=loss,
                optimizer=optimizer,
                activations=activations,
                monitor=monitor,
                validation_data=validation_data,
                random_state=random_state,
            )
            findings = with_effects(run_checks(measured, thresholds), measured)
            return Diagnosis(findings, measured, thresholds)
        from ogive.diagnosis.networks.patient import take_apart
        from ogive.diagnosis.networks.probe import measure_network
        from ogive.diagnosis.networks.transformed_targets import look_through

        if torch is not None and isinstance(model, type) and issubclass(model, torch.nn.Module):
            raise _class_of_modules(model)
        # What a model has to be is told before which arguments go with it.
        model, y, validation_data, remarks = look_through(model, y, validation_data)
        take_apart(model)
        _refuse(loss=loss, optimizer=optimizer, activations=activations, monitor=monitor)
        measured = on_one_thread(measure_network)(
            model, X, y, validation_data=validation_data, random_state=random_state
        )
        measured = replace(measured, remarks=remarks + measured.remarks)
        return Diagnosis(run_checks(measured, thresholds), measured, thresholds, model, (X, y))


def _class_of_modules(model: Any) -> InputError:
    name = model.__name__
    return InputError(
        f"model is the class {name}, not a module; give an object of it, as in {name}(...).",
        f"model 是类 {name}，而不是模块对象；请给出它的实例，例如 {name}(...)。",
    )


def _refuse(**given: Any) -> None:
    """Refuse arguments that are about PyTorch models only."""
    for name, value in given.items():
        if value is not None:
            raise InputError(
                f"{name}= is for PyTorch models; an estimator knows its own. Leave it out.",
                f"{name}= 只用于 PyTorch 模型；估计器自己已知道它。请去掉这个参数。",
            )
