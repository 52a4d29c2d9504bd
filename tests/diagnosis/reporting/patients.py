"""Networks measured by hand: what showings are made from, without training any."""

import numpy as np

from ogive import activation
from ogive.diagnosis.diagnosis import Diagnosis
from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.diagnosis.measurements import Layer, Measurements, Outputs, Settings, Units, Weights
from ogive.diagnosis.thresholds import Thresholds
from ogive.network.course import TrainingCourse
from ogive.text import Text

N_UNITS, N_ROWS = 20, 200


def units_of(z, function):
    a, slope = function.value_and_derivative(z)
    greatest = 1.0
    nothing = np.full(z.shape[1], np.nan)
    return Units(
        z.min(0), z.max(0), z.mean(0), z.var(0), a.min(0), a.max(0), a.mean(0), a.var(0),
        (np.abs(slope) > 0.05 * greatest).mean(0), np.abs(slope).max(0) / greatest,
        (slope**2).mean(0), nothing, nothing,
    )  # fmt: skip


def layer_of(name, depth, rng, dead=3):
    relu = activation("relu")
    z = rng.normal(size=(N_ROWS, N_UNITS)) * 0.9**depth
    z[:, :dead] = -6 + 0.1 * z[:, :dead]
    return Layer(
        name, "hidden", relu, "relu", N_UNITS, N_ROWS, units_of(z, relu),
        Weights(N_UNITS, N_UNITS, 0.0, 0.3, 1.0, 6.0),
        gradient_norm=0.5, gradient_rms=0.01, error_norm=0.1 * 0.5**depth, update_ratio=1e-3,
        effective_rank=7.5, gain_predicted=0.6, gain_measured=0.5,
        sample_z=z, sample_a=relu(z),
    )  # fmt: skip


def course_of(names, n_epochs=40):
    rng = np.random.default_rng(1)
    n = len(names)
    epoch = np.arange(1, n_epochs + 1)
    hidden = np.linspace(0, 0.15, n_epochs)[:, None] + np.zeros((n_epochs, n))
    every = np.exp(-epoch / 20)[:, None] * 0.1 ** np.arange(n + 1)
    return TrainingCourse(
        (*names, "output"), ("relu",) * n, epoch, np.full(n_epochs, N_ROWS), 1 / epoch,
        np.full(n_epochs, 0.001), hidden, hidden, hidden, hidden, every, every, every, every,
        tuple(np.repeat([7, n_epochs], [3, N_UNITS - 3]) for _ in names),
        np.maximum(rng.normal(size=(n_epochs, n, 64)), 0),
    )  # fmt: skip


def findings():
    lr = Remedy("he", Text("Start from He's weights.", "改用 He 初始化。"), {"init": "he"})
    leaky = Remedy(
        "leaky_relu",
        Text("Take leaky_relu.", "改用 leaky_relu。"),
        {"activation": "leaky_relu"},
        Text("Predicted: 3 more units learn.", "预测：另有 3 个单元能学习。"),
    )
    return [
        DiagnosisFinding(
            "OGV101",
            "issue",
            Text("3 of 20 units of hidden 1 are <dead>.", "隐藏层 1 的 20 个单元中有 3 个<死亡>。"),
            Text("No gradient passes.", "没有梯度通过。"),
            leaky.text,
            "dead",
            "hidden 1",
            {"n": 3, "share": 0.15, "distance": float("nan"), "epochs": np.arange(2)},
            (leaky, lr),
        ),
        DiagnosisFinding(
            "OGV107",
            "tip",
            Text("One column is wide.", "有一列范围很大。"),
            Text("It drowns the others.", "它会淹没其他列。"),
            Text("Scale it.", "请缩放。"),
        ),
        DiagnosisFinding(
            "OGV103", "passed", Text("Ratio 0.3.", "比值 0.3。"), Text("", ""), Text("", "")
        ),
        DiagnosisFinding(
            "OGV106",
            "not applicable",
            Text("No training is known.", "没有训练记录。"),
            Text("", ""),
            Text("", ""),
        ),
    ]


def patient(n_layers=3, names=None, course=False, found=None):
    """Return the diagnosis of a network of relus."""
    rng = np.random.default_rng(0)
    names = list(names or [f"hidden {i + 1}" for i in range(n_layers)])
    layers = [layer_of(name, len(names) - i, rng) for i, name in enumerate(names)]
    last = Layer(
        "output", "output", None, "output", 3, N_ROWS, None,
        Weights(N_UNITS, 3, 0.0, 0.3, 1.0, 3.0), error_norm=0.1,
    )  # fmt: skip
    some = np.zeros(3)
    measured = Measurements(
        "ogive", "MLPClassifier", "multiclass", N_ROWS, True, (*layers, last), None,
        Outputs("softmax", "log_loss", some, some, some, some), 0.4, 0.87,
        Settings(solver="adam", learning_rate=0.001),
        course=course_of(names) if course else None,
        remarks=(Text("A remark.", "一条备注。"),),
    )  # fmt: skip
    return Diagnosis(findings() if found is None else found, measured, Thresholds())
