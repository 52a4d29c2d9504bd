"""What a monitor recorded of the module that is diagnosed: that it is the same, and remarks."""

from __future__ import annotations

import sys
from typing import Any

from ogive.diagnosis.modules.sentences import given_value
from ogive.text import InputError, Text

__all__ = ["check_monitor", "monitor_remarks", "saw_training", "watches_itself"]


def check_monitor(module: Any, monitor: Any) -> None:
    """Refuse a monitor that is none, or that watched a model of another structure.

    Copies of the model watched are taken, such as the best one kept while it was trained.

    Raises
    ------
    InputError
    """
    if monitor is None:
        return
    # Whoever has a monitor has loaded its home; importing it here would close a circle.
    home = sys.modules.get("ogive.torch.monitor")
    if home is None or not isinstance(monitor, home.Monitor):
        raise InputError(
            f"monitor must be the ogive.torch.Monitor that watched the training, got "
            f"{given_value(monitor)}.",
            f"monitor 必须是监测训练过程的 ogive.torch.Monitor，得到的是 {given_value(monitor)}。",
        )
    watched = monitor.model
    if _shapes(watched) != _shapes(module):
        raise InputError(
            f"monitor watched another model, a {type(watched).__name__} whose parameters are not "
            f"those of the {type(module).__name__} given; give the monitor of this model, or none.",
            f"monitor 监测的是另一个模型（{type(watched).__name__}），它的参数与给出的 "
            f"{type(module).__name__} 不一致；请给出该模型自己的监测器，或不给。",
        )


def saw_training(monitor: Any) -> bool:
    """Return whether a monitor measured anything."""
    return monitor is not None and monitor.n_measured > 0


def watches_itself(module: Any, monitor: Any) -> bool:
    """Return whether a monitor watched this module, rather than one that it is a copy of."""
    return {id(p) for p in monitor.model.parameters()} == {id(p) for p in module.parameters()}


def monitor_remarks(module: Any, monitor: Any) -> list[Text]:
    """Return what a monitor could not tell, and why."""
    if monitor is None:
        return []
    found = []
    if not watches_itself(module, monitor):
        found.append(
            Text(
                "The monitor watched another object than the model given, of the same structure; "
                "its course is told as this model's.",
                "监测器监测的是与给出的模型结构相同的另一个对象；这里把它记录的过程当作该模型的过程。",
            )
        )
    if not saw_training(monitor):
        found.append(
            Text(
                "The monitor saw no training: the model was not called in training mode with "
                "gradients enabled while it watched.",
                "监测器没有看到训练：在监测期间，模型没有在训练模式且启用梯度的情况下被调用。",
            )
        )
    elif not monitor.n_epochs:
        found.append(
            Text(
                "The monitor's epoch() was never called, so that all it saw counts as one epoch and"
                " losses by epoch are not known. Call monitor.epoch(loss=…) at the end of each.",
                "从未调用监测器的 epoch()，因此它看到的全部内容算作一轮，各轮的损失未知。"
                "请在每轮结束时调用 monitor.epoch(loss=…)。",
            )
        )
    elif not monitor.curves.training_loss.size:
        found.append(
            Text(
                "No losses were given to the monitor, so those by epoch are not known. Call "
                "monitor.epoch(loss=…) with the epoch's mean loss.",
                "没有把损失告诉监测器，因此各轮的损失未知。请以该轮的平均损失调用 "
                "monitor.epoch(loss=…)。",
            )
        )
    return found


def _shapes(module: Any) -> list[tuple[str, tuple[int, ...]]]:
    inner = getattr(module, "_orig_mod", module)
    return [(name.removeprefix("module."), tuple(p.shape)) for name, p in inner.named_parameters()]
