"""What was measured in a network: the records that every check, plot and report reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ogive.activations import Activation
from ogive.network.course import TrainingCourse
from ogive.text import Text

__all__ = [
    "Classes",
    "Curves",
    "Inputs",
    "Layer",
    "Learnable",
    "MapPair",
    "Measurements",
    "NonFiniteValue",
    "Outputs",
    "Settings",
    "Units",
    "Weights",
]

Array = NDArray[np.float64]
NAN = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The units of one activation layer over all rows; every array is (n_units,) float64.

    Of a convolution a unit is a channel, and each position counts as a row of its own.

    Attributes
    ----------
    z_min, z_max, z_mean, z_var : ndarray
        Of the unit's input z.
    a_min, a_max, a_mean, a_var : ndarray
        Of its output a = f(z); of a gate's unit, of the one output that it acts on.
    active_share : ndarray
        Share of rows with ``|f'(z)|`` above 5 % of its greatest value; the others are saturated.
    slope_max : ndarray
        Greatest ``|f'(z)|`` on any row, as a share of the function's greatest slope.
    slope_square_mean : ndarray
        Mean of f'(z) squared.
    z_low, z_high : ndarray
        Bounds of z for any row whose inputs lie within the ranges that this layer's inputs had
        (interval arithmetic); not a number where the layer before is not known.
    """

    z_min: Array
    z_max: Array
    z_mean: Array
    z_var: Array
    a_min: Array
    a_max: Array
    a_mean: Array
    a_var: Array
    active_share: Array
    slope_max: Array
    slope_square_mean: Array
    z_low: Array
    z_high: Array


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights that make a layer's z: of (fan_in, fan_out), intercepts told apart."""

    fan_in: int
    fan_out: int
    mean: float
    rms: float
    greatest: float
    norm: float
    intercept_rms: float = 0.0
    equal_units: bool = False
    """All units have the same weights: they can never differ."""


@dataclass(frozen=True, slots=True)
class MapPair:
    """Two affine maps, the second given the first's outputs and nothing else being.

    Together they are one affine map. `n_between` is how many outputs of the first (channels of a
    convolution) are handed on, of `n_in` inputs for `n_out` outputs.
    """

    first: str
    second: str
    n_in: int
    n_between: int
    n_out: int

    @property
    def narrows(self) -> bool:
        """Fewer values pass than come and go, as where a matrix is factorised on purpose."""
        return self.n_between < min(self.n_in, self.n_out)


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer, measured over all rows.

    Attributes
    ----------
    name : str
        ``"hidden 1"``, …, ``"output"`` in our networks; the module's dotted name in PyTorch's.
    role : {"hidden", "output", "other"}
        "other" is what has no activation of its own and is shown only (a recurrent module, a
        normalisation).
    function : Activation or None
        The activation, where the catalogue knows it; None of the output and of unknown ones.
    activation : str
        Its name to be shown: "relu", "output", or the user's own module's class.
    n_units : int
    n_values : int
        How many values a unit had: rows, times positions of a convolution.
    units : Units or None
        None where there is no activation.
    weights : Weights or None
        Of the affine map before the activation, where there is one.
    gradient_norm, gradient_rms : float
        Of the mean loss's derivative with respect to the weights; NaN without targets.
    error_norm : float
        Root mean square over rows of the norm of dLoss/dz, the loss being that of the row.
    update_ratio : float
        Norm of the last (or next) update over the norm of the weights; NaN where not known.
    effective_rank : float
        Exponential of the entropy of the covariance's normalised eigenvalues (Roy and Vetterli,
        2007) of the outputs, from sampled rows; at most min(n_units, sampled rows - 1).
    gain_predicted, gain_measured : float
        Factor by which the gradient's norm changes from dLoss/dz of the next layer to this one's:
        sqrt(fan_in Var(w) E[f'(z)²]) with z normal (mean field; Schoenholz and others, 2017), and
        as found. NaN of the last layer, and where the next layer is not known.
    sample_z, sample_a : ndarray of shape (n_sampled, n_units)
        z and outputs of rows drawn at random (the same rows in every layer), for histograms.
    frozen : bool
        The weights do not learn (``requires_grad`` is false).
    called : bool
        The activation is a function that a module's ``forward`` calls, not a module of its own.
    follows : MapPair or None
        The layer's weights are given another affine map's outputs without an activation between.
    """

    name: str
    role: Literal["hidden", "output", "other"]
    function: Activation | None
    activation: str
    n_units: int
    n_values: int
    units: Units | None
    weights: Weights | None
    gradient_norm: float = NAN
    gradient_rms: float = NAN
    error_norm: float = NAN
    update_ratio: float = NAN
    effective_rank: float = NAN
    gain_predicted: float = NAN
    gain_measured: float = NAN
    sample_z: Array | None = None
    sample_a: Array | None = None
    frozen: bool = False
    called: bool = False
    follows: MapPair | None = None

    @property
    def saturated_share(self) -> float:
        """Share of all values of z where ``|f'|`` is at most 5 % of its greatest value."""
        return NAN if self.units is None else float(1 - self.units.active_share.mean())


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """The rows given, by feature (flattened); arrays are (n_features,) float64."""

    mean: Array
    std: Array
    least: Array
    greatest: Array
    names: tuple[str, ...] | None = None
    n_missing: int = 0
    scaled_by: str | None = None
    """What already scales them before the network, e.g. "StandardScaler" of a pipeline."""


@dataclass(frozen=True, slots=True, eq=False)
class Outputs:
    """What the network answers and what it is compared with.

    Attributes
    ----------
    activation : str
        "identity", "softmax", "logistic", "relu", "tanh", … applied by the model itself.
    loss : str or None
        "log_loss", "binary_log_loss", "squared_error", "poisson" of ours; the class's name of a
        PyTorch loss.
    loss_inferred : bool
        The user named no loss; `loss` is the one that fits outputs and targets.
    least, greatest, mean, std : ndarray of shape (n_outputs,)
        Of the model's outputs as the loss takes them.
    target_least, target_greatest : float
        NaN without targets.
    target_values : int
        Number of different target values (at most 1001 counted); 0 without targets.
    target_whole : bool
        All targets are whole numbers.
    target_mean, target_std : ndarray of shape (n_targets,) or None
        Of a regression's targets; None of others and where not known.
    broadcast : tuple of two shapes or None
        Of outputs and targets, where the loss compares every output with the targets of all rows,
        as it does of shapes (n, 1) and (n,); None where it compares row with row.
    over_rows : bool
        Probabilities (or their logarithms) sum to 1 over the rows of a batch, not over the outputs.
    linear_r2 : float
        R² of the outputs before the link, regressed linearly on the network's inputs (on sampled
        rows, adjusted for the number of features); NaN where rows are too few to tell.
    """

    activation: str
    loss: str | None
    least: Array
    greatest: Array
    mean: Array
    std: Array
    target_least: float = NAN
    target_greatest: float = NAN
    target_values: int = 0
    target_whole: bool = False
    linear_r2: float = NAN
    loss_inferred: bool = False
    target_mean: Array | None = None
    target_std: Array | None = None
    broadcast: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    over_rows: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """How the model is or was trained, as far as known; None is "not known"."""

    solver: str | None = None
    learning_rate: float | None = None
    momentum: float | None = None
    batch_size: int | None = None
    init: str | None = None
    alpha: float | None = None
    dropout: float | None = None
    max_iter: int | None = None
    n_iter: int | None = None
    converged: bool | None = None
    early_stopping: bool | None = None
    kept_epoch: int | None = None
    """Epoch of the weights that early stopping kept; None where they are the last ones."""
    step_curvature: float = NAN
    """Learning rate times the curvature of the loss along the next step: from 2 on, a step of plain
    gradient descent makes a quadratic loss larger (LeCun and others, 1998)."""


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """Losses and scores by epoch; arrays of shape (n_epochs,), empty where not recorded."""

    training_loss: Array
    validation_loss: Array
    validation_score: Array
    baseline_loss: float = NAN
    """Loss of the best constant answer on the training rows."""
    n_validation: int = 0
    """Rows that the validation's score and loss are of; 0 where not known."""


@dataclass(frozen=True, slots=True)
class NonFiniteValue:
    """Where a value that is infinite or not a number was first met.

    `where` is "input", "target", "weights", "activation", "output", "loss" or "gradient"; `layer`
    a layer's name or None; `batch` and `epoch` count from 1 and are None where not known.
    """

    where: str
    layer: str | None
    batch: int | None = None
    epoch: int | None = None
    count: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """Rows and recall of each class; `weighted` says that training balanced them."""

    labels: tuple[Any, ...]
    counts: Array
    recall: Array
    weighted: bool = False


@dataclass(frozen=True, slots=True)
class Learnable:
    """Which parameters of a PyTorch model steps can move, counted by tensors.

    Attributes
    ----------
    n_parameters, n_learning : int
        All, and those that require a gradient.
    n_held : int or None
        Of the latter, those that the optimizers hold; None without one.
    missing : tuple of str
        Names of those that no optimizer holds.
    missing_weights : bool
        Matrices are among them, not only intercepts and the like.
    """

    n_parameters: int
    n_learning: int
    n_held: int | None = None
    missing: tuple[str, ...] = ()
    missing_weights: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Measurements:
    """Everything measured in one diagnosis; what was not known is None, NaN or empty.

    Attributes
    ----------
    framework : {"ogive", "torch"}
    model : str
        The class's name.
    task : {"binary", "multiclass", "multilabel", "regression", "unknown"}
    n_rows : int
    trained : bool or None
        Whether the weights were trained before; None where not known.
    layers : tuple of Layer
        From the input to the output.
    loss, score : float
        Mean loss (without penalty) and accuracy or R² on the rows given; NaN without targets.
    course : TrainingCourse or None
        What a monitor recorded during training.
    learnable : Learnable or None
        Which parameters of a PyTorch model steps can move.
    gradients_kept : bool or None
        A monitor saw that steps follow gradients of earlier ones too: zero_grad is not called.
    remarks : tuple of Text
        What could not be measured and why, for the report's foot.
    """

    framework: Literal["ogive", "torch"]
    model: str
    task: Literal["binary", "multiclass", "multilabel", "regression", "unknown"]
    n_rows: int
    trained: bool | None
    layers: tuple[Layer, ...]
    inputs: Inputs | None
    outputs: Outputs | None
    loss: float = NAN
    score: float = NAN
    settings: Settings = Settings()
    curves: Curves | None = None
    course: TrainingCourse | None = None
    nonfinite: NonFiniteValue | None = None
    classes: Classes | None = None
    learnable: Learnable | None = None
    gradients_kept: bool | None = None
    remarks: tuple[Text, ...] = ()

    @property
    def hidden(self) -> tuple[Layer, ...]:
        """The layers with an activation, from the input on."""
        return tuple(layer for layer in self.layers if layer.units is not None)
