"""Whether a module's weights are still those that it was made with."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

__all__ = ["is_fresh"]

_AFFINE = (nn.Linear, nn.modules.conv._ConvNd)
_NORMS = (nn.modules.batchnorm._NormBase, nn.LayerNorm, nn.GroupNorm)


def is_fresh(model: Any) -> bool | None:
    """Return True where every layer looks untouched since it was made, False where one is not.

    PyTorch draws the weights and intercepts of linear and convolutional layers evenly between
    ``±1/sqrt(fan_in)``; a step of training moves the outermost of them beyond, and other schemes
    set the intercepts to one number, which a step moves apart. Normalisations start with factors
    of one, shifts of zero and no batch counted.

    Returns
    -------
    bool or None
        None where that cannot be told.
    """
    told = [_looks_fresh(module) for module in model.modules() if _tells(module)]
    if any(verdict is False for verdict in told):
        return False
    return True if told and all(told) else None


def _tells(module: Any) -> bool:
    return isinstance(module, (*_AFFINE, *_NORMS)) and isinstance(module.weight, torch.Tensor)


def _looks_fresh(module: Any) -> bool | None:
    if isinstance(module, _NORMS):
        tracked = getattr(module, "num_batches_tracked", None)
        if tracked is not None and bool((tracked > 0).any()):
            return False
        factors, shifts = module.weight, module.bias
        return bool((factors == 1).all()) and (shifts is None or bool((shifts == 0).all()))
    weight, bias = module.weight.detach(), module.bias
    if weight.numel() == 0 or weight.is_meta:
        return None
    bound = (1 + 1e-6) / (weight[0].numel() ** 0.5)
    within = float(weight.abs().max()) <= bound
    if bias is None:
        # Without intercepts only PyTorch's own draw can be recognised.
        return True if within else None
    shifts = bias.detach()
    if shifts.numel() > 1 and bool((shifts == shifts[0]).all()):
        return True
    if float(shifts.abs().max()) > bound:
        return False
    # Weights drawn anew by another scheme, or trained a little: who knows.
    return True if within else None
