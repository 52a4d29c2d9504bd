"""Remarks on what was measured of a module: what could not be heard, and what was assumed."""

from __future__ import annotations

from typing import Any

import torch

from ogive.diagnosis.measurements import Layer
from ogive.diagnosis.modules.passes import Pass
from ogive.text import Text

__all__ = ["remarks_on"]

_FUSED = {"RNN", "LSTM", "GRU", "RNNCell", "LSTMCell", "GRUCell"}
"""Modules that PyTorch computes in one piece, with activations inside."""


def remarks_on(model: Any, done: Pass, layers: tuple[Layer, ...]) -> tuple[Text, ...]:
    """Return the remarks, for the foot of the report."""
    found = list(done.remarks)
    fused = sorted({layer.activation for layer in layers} & _FUSED)
    if fused:
        told = ", ".join(fused)
        found.append(
            Text(
                f"What happens inside {told} cannot be heard from outside; such layers are shown"
                " with their gradients only.",
                f"{told} 内部的计算从外部看不到；这些层只显示梯度。",
            )
        )
    if not fused and not any(layer.units is not None for layer in layers):
        found.append(
            Text(
                "No activation was found in the model: neither a module or function of PyTorch nor "
                "a module of your own. If it has one, name its module by activations=.",
                "在模型中没有找到激活函数：既没有 PyTorch 的模块或函数，也没有自定义的模块。"
                "如果确实有，请用 activations= 给出该模块的名称。",
            )
        )
    if done.loss_in_use is not None and done.loss_in_use.inferred:
        name = done.loss_in_use.name
        found.append(
            Text(
                f"The loss was not given; {name} fits outputs and targets and was used. "
                "Pass loss= if another one is trained with.",
                f"没有给出损失函数；根据输出和目标使用了 {name}。如果训练时用的是别的损失，"
                "请用 loss= 给出。",
            )
        )
    found += _on_mode(model)
    if done.n_dropped:
        n = done.n_dropped
        rows, were = ("1 row", "was") if n == 1 else (f"{n} rows", "were")
        found.append(
            Text(
                f"{rows} with values that are not finite {were} left out.",
                f"有 {n} 行包含非有限的数值，未参与测量。",
            )
        )
    if not any(True for _ in model.parameters()):
        found.append(Text("The model has no parameters.", "模型没有任何参数。"))
    return tuple(found)


def _on_mode(model: Any) -> list[Text]:
    """Return what measuring in training mode does to the numbers."""
    active = [module for module in model.modules() if module.training]
    drops = any(isinstance(m, torch.nn.modules.dropout._DropoutNd) and m.p > 0 for m in active)
    norms = any(isinstance(m, torch.nn.modules.batchnorm._BatchNorm) for m in active)
    if not drops and not norms:
        return []
    what = Text(
        " and ".join(["dropout"] * drops + ["batch normalisation"] * norms),
        "和".join(["dropout"] * drops + ["批归一化"] * norms),
    )
    return [
        Text(
            f"The model was measured in training mode, as it was given, with {what.en} at work; "
            "loss and score after model.eval() differ from those told here.",
            f"模型是在给出时的训练模式下测量的，{what.zh}在起作用；调用 model.eval() 之后，"
            "损失和得分会与这里的不同。",
        )
    ]
