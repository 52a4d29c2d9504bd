"""How far the next step of an optimizer moves each parameter."""

from __future__ import annotations

import copy
from typing import Any

import torch

from ogive.diagnosis.modules.hearing.sites import square_sum

__all__ = ["update_sizes"]


def update_sizes(
    optimizer: Any, parameters: dict[str, Any], gradients: dict[str, Any]
) -> dict[str, tuple[float, float]]:
    """Return the norm of each parameter's next update, and that of the parameter.

    A copy of the optimizer, with its state, takes the step; the optimizer is not touched.

    Parameters
    ----------
    optimizer : torch.optim.Optimizer
    parameters, gradients : dict of str to tensor
        A gradient may be None or missing.

    Returns
    -------
    dict
        Empty where the optimizer needs more than gradients.
    """
    copies: dict[int, Any] = {}
    try:
        twin = copy.deepcopy(optimizer, copies)
        for group in twin.param_groups:
            for parameter in group["params"]:
                parameter.grad = None
        for hooks in ("_optimizer_step_pre_hooks", "_optimizer_step_post_hooks"):
            getattr(twin, hooks, {}).clear()
        moved = {name: copies[id(p)] for name, p in parameters.items() if id(p) in copies}
        before = {name: p.detach().clone() for name, p in moved.items()}
        for name, parameter in moved.items():
            if gradients.get(name) is not None:
                parameter.grad = gradients[name].detach().to(parameter.dtype).clone()
        # A scheduler replaces `step` of the object, with a count of its own.
        with torch.no_grad():
            type(twin).step(twin)
    except (RuntimeError, TypeError, ValueError, KeyError, AttributeError, NotImplementedError):
        return {}
    return {
        name: (square_sum(p.detach() - before[name]) ** 0.5, square_sum(before[name]) ** 0.5)
        for name, p in moved.items()
        if gradients.get(name) is not None
    }
