"""Which of a module's parameters steps can move."""

from __future__ import annotations

from typing import Any

from ogive.diagnosis.measurements import Learnable

__all__ = ["learnable_of"]


def learnable_of(model: Any, optimizers: list[Any]) -> Learnable:
    """Return how many parameters there are, require gradients, and are held by optimizers.

    Parameters
    ----------
    model : torch.nn.Module
    optimizers : list of torch.optim.Optimizer
        All that train it; without any, what they hold is not known.
    """
    parameters = list(model.named_parameters())
    learning = [(name, p) for name, p in parameters if p.requires_grad]
    groups = [group for optimizer in optimizers for group in optimizer.param_groups]
    held = {id(p) for group in groups for p in group["params"]}
    missing = [(name, p) for name, p in learning if id(p) not in held] if optimizers else []
    return Learnable(
        n_parameters=len(parameters),
        n_learning=len(learning),
        n_held=len(learning) - len(missing) if optimizers else None,
        missing=tuple(name for name, _ in missing),
        missing_weights=any(p.ndim > 1 for _, p in missing),
    )
