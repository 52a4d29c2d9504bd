"""How a change is made in the PyTorch model at hand: in its modules or in its `forward`."""

from __future__ import annotations

from ogive.activations import activation as find
from ogive.diagnosis.measurements import Layer, Measurements
from ogive.text import Text

__all__ = ["MODULES", "in_place_of_activations", "standardised", "started_anew"]

MODULES = {
    "relu": "nn.ReLU()",
    "leaky_relu": "nn.LeakyReLU(0.01)",
    "elu": "nn.ELU()",
    "selu": "nn.SELU()",
    "gelu": "nn.GELU()",
    "silu": "nn.SiLU()",
    "mish": "nn.Mish()",
    "tanh": "nn.Tanh()",
    "sigmoid": "nn.Sigmoid()",
    "softplus": "nn.Softplus()",
}
"""How PyTorch writes the activations that are advised."""
_CALLS = {"tanh": "torch.tanh", "sigmoid": "torch.sigmoid"}

_KAIMING = Text("nn.init.kaiming_uniform_", "nn.init.kaiming_uniform_")
_XAVIER = Text("nn.init.xavier_uniform_", "nn.init.xavier_uniform_")
_EACH = Text(
    "nn.init.kaiming_uniform_ before ReLU and its kin, nn.init.xavier_uniform_ before tanh and "
    "sigmoid",
    "ReLU 一类用 nn.init.kaiming_uniform_，tanh 和 sigmoid 用 nn.init.xavier_uniform_",
)


def in_place_of_activations(measured: Measurements, name: str) -> Text:
    """Return how to put another activation in place of those that the model has."""
    rule = "kaiming_uniform_" if _is_like_relu(name) else "xavier_uniform_"
    module = _module(name)
    called = [layer.called for layer in _hidden(measured)]
    if called and all(called) and name in MODULES:
        new, old = _call(name), _only(measured)
        was = Text("the activation", "激活函数") if old is None else Text(_call(old), _call(old))
        start = f"nn.init.{rule}"
        return Text(
            f"Call {new} in place of {was.en} in forward, and start the weights with {start}.",
            f"在 forward 中用 {new} 代替{_spaced(was.zh)}，并用 {start} 初始化权重。",
        )
    more = f" ({_call(name)} in forward)" if any(called) and name in MODULES else ""
    also = f"（forward 中用 {_call(name)}）" if more else ""
    if not called:
        return Text(
            f"Put {module} between the layers with weights, and start these with nn.init.{rule}.",
            f"在带权重的各层之间加入 {module}，并用 nn.init.{rule} 初始化权重。",
        )
    return Text(
        f"Put {module} in place of the activation{more}, and start the weights with "
        f"nn.init.{rule}.",
        f"把激活函数换成 {module}{also}，并用 nn.init.{rule} 初始化权重。",
    )


def started_anew(measured: Measurements) -> Text:
    """Return how to draw initial weights that suit the activations which the model has."""
    functions = [layer.function for layer in _hidden(measured)]
    kinds = {_is_like_relu(one.name) for one in functions if one is not None}
    rules = _EACH
    if len(kinds) == 1 and None not in functions:
        rules = _KAIMING if kinds.pop() else _XAVIER
        return Text(
            f"Start the weights as suits the activation: {rules.en}.",
            f"按激活函数初始化权重：用 {rules.zh}。",
        )
    return Text(
        f"Start the weights as suits the activation: {rules.en}.",
        f"按激活函数初始化权重：{rules.zh}。",
    )


def standardised(measured: Measurements) -> Text:
    """Return how to standardise the inputs: by channel where a unit has a value at each place."""
    first = next(iter(_hidden(measured)), None)
    if first is not None and first.n_values > measured.n_rows:
        return Text(
            "Standardise every channel to mean 0 and standard deviation 1 before the network, with "
            "the means and deviations of the training rows (of images: "
            "torchvision.transforms.Normalize).",
            "在送入网络之前，用训练数据的均值和标准差把每个通道标准化为均值 0、标准差 1"
            "（图像可用 torchvision.transforms.Normalize）。",
        )
    return Text(
        "Standardise every feature to mean 0 and standard deviation 1 before the network, with "
        "the means and deviations of the training rows.",
        "在送入网络之前，用训练数据的均值和标准差把每个特征标准化为均值 0、标准差 1。",
    )


def _hidden(measured: Measurements) -> list[Layer]:
    return [layer for layer in measured.layers if layer.role == "hidden"]


def _only(measured: Measurements) -> str | None:
    """Return the name of the one activation that all layers have, or None."""
    names = {None if one.function is None else one.function.name for one in _hidden(measured)}
    name = names.pop() if len(names) == 1 else None
    return name if name in MODULES else None


def _module(name: str) -> str:
    return MODULES.get(name, f'ogive.torch.Activation("{name}")')


def _call(name: str) -> str:
    return _CALLS.get(name, f"F.{name}")


def _is_like_relu(name: str) -> bool:
    return find(name).init.startswith("he")


def _spaced(name: str) -> str:
    return name if name == "激活函数" else f" {name}"
