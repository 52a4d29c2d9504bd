"""The docstring that the two estimators share, written once."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent, indent
from typing import TypeVar

__all__ = ["documented"]

Class = TypeVar("Class", bound=type)

_TEMPLATE = """{summary}

A superset of scikit-learn's estimator of the same name: its parameters have its names, defaults and
meaning, and with these the same `random_state` gives the same network, to rounding. The network is
trained by compiled code, in float32 or float64 as X is. The same seed gives bit-identical weights
whatever the number of threads.

Parameters
----------
{own}
hidden_layer_sizes : int or array-like of int, default=(100,)
    Units of each hidden layer; ``()`` is a network without hidden layers. A gate ('glu', 'swiglu',
    ...) hands on half of its layer's units.
activation : str, Activation, or list of these, default='relu'
    Function of the hidden layers: a name of the catalogue (see `ogive.activations`), a formula in
    z such as 'z * sigmoid(z)', an `ogive.activation` with its parameters, or a list with one for
    each hidden layer. 'prelu' learns its slope, 'rrelu' draws it anew in every training step.
solver : {{'lbfgs', 'sgd', 'adam', 'adamw'}}, default='adam'
    'lbfgs' is SciPy's quasi-Newton method on all rows at once, best for small tables; 'sgd' is
    stochastic gradient descent; 'adam' that of Kingma and Ba (2015); 'adamw' has decoupled
    weight decay (Loshchilov and Hutter, 2019).
alpha : float, default=0.0001
    Strength of the L2 penalty on the weights (not on the intercepts), divided by the number of
    rows of the batch.
batch_size : int or 'auto', default='auto'
    Rows in a mini-batch; 'auto' is ``min(200, n_samples)``. Not used by 'lbfgs'.
learning_rate : {{'constant', 'invscaling', 'adaptive', 'cosine'}}, default='constant'
    Schedule. 'invscaling' divides `learning_rate_init` by ``t ** power_t``; 'adaptive' divides the
    rate by 5 whenever progress stalls; both act on 'sgd' only. 'cosine' lets the rate of any
    stochastic solver fall to 0 over `max_iter` epochs along half a cosine.
learning_rate_init : float, default=0.001
    The first learning rate.
power_t : float, default=0.5
    Exponent of 'invscaling'.
max_iter : int, default=200
    Most epochs (stochastic solvers) or iterations ('lbfgs').
shuffle : bool, default=True
    Whether to shuffle the rows before each epoch.
random_state : int, RandomState instance or None, default=None
    Source of the initial weights, the validation part, the order of rows, and dropout.
tol : float, default=1e-4
    Improvement that counts; after `n_iter_no_change` epochs without it training ends.
verbose : bool, default=False
    Whether to print the loss of each epoch.
warm_start : bool, default=False
    Whether a further call of `fit` goes on from the present weights.
momentum : float, default=0.9
    Momentum of 'sgd', between 0 and 1.
nesterovs_momentum : bool, default=True
    Whether that momentum is Nesterov's.
early_stopping : bool, 'score' or 'loss', default=False
    Whether to watch validation rows instead of the training loss, stop when they get no better, and
    keep the weights of the best epoch. True and 'score' watch the score, 'loss' the loss.
validation_fraction : float, default=0.1
    Share of the rows set aside for `early_stopping` unless `fit` is given `validation_data`.
beta_1, beta_2 : float, default=0.9, 0.999
    Decay of the moments of 'adam' and 'adamw'.
epsilon : float, default=1e-8
    Added to the denominator of 'adam' and 'adamw'.
n_iter_no_change : int, default=10
    Epochs without improvement after which training ends.
max_fun : int, default=15000
    Most evaluations of the loss by 'lbfgs'.
init : str, default='glorot_uniform'
    Initial weights: 'glorot_uniform' is scikit-learn's; 'auto' takes what suits the activation of
    each layer; also 'glorot_normal', 'he_uniform', 'he_normal', 'lecun_uniform', 'lecun_normal'.
dropout : float, default=0.0
    Probability with which each hidden unit is left out of a training step.
weight_decay : float, default=0.01
    Decoupled decay of 'adamw', on the weights only.
record_gradients : bool, default=False
    Whether to record ``gradient_norms_``.
monitor : bool, default=False
    Whether to record ``course_``: in every epoch the state of each layer, measured on a few of the
    steps that are taken anyway. The weights are the same with it and without.

Attributes
----------
coefs_ : list of ndarray of shape (fan_in, fan_out)
    Weights of each layer.
intercepts_ : list of ndarray of shape (fan_out,)
    Intercepts of each layer.
negative_slopes_ : list of ndarray
    For each hidden layer the learnt slopes of 'prelu', of shape (1,) or, with ``per_unit=True``,
    (n_units,); of shape (0,) for other activations.
loss_, best_loss_ : float
    Loss of the last epoch, and the least of all (None under ``early_stopping=True``).
loss_curve_ : list of float
    Mean training loss of each epoch, penalty included.
validation_scores_, validation_loss_curve_ : list of float or None
    Score and loss on the validation rows after each epoch.
best_validation_score_ : float or None
    The best of these scores under `early_stopping`.
best_iter_ : int
    Epoch, from 1, of the weights that were kept.
n_iter_ : int
    Epochs or iterations run.
t_ : int
    Rows seen in training.
converged_ : bool
    Whether training ended by itself before `max_iter`.
fit_time_ : float
    Seconds of training, without the checking of the input.
nonfinite_ : NonFinite or None
    Epoch and layer in which a number first became infinite or undefined.
gradient_norms_ : ndarray of shape (n_iter_, n_layers_ - 1)
    Root mean square of each layer's gradient in each epoch, if `record_gradients`.
course_ : TrainingCourse or None
    Silent and saturated units, gradients, updates and outputs of each layer by epoch, if `monitor`.
n_layers_, n_outputs_, out_activation_, n_features_in_, feature_names_in_
    As in scikit-learn.

Examples
--------
{example}
"""


def documented(summary: str, own: str, example: str) -> Callable[[Class], Class]:
    """Return a decorator that gives a class the shared docstring.

    Parameters
    ----------
    summary, own, example : str
        First line, the class's own parameters, and its example, all numpydoc.
    """

    def decorate(cls: Class) -> Class:
        text = _TEMPLATE.format(summary=summary, own=dedent(own), example=dedent(example))
        cls.__doc__ = indent(text, "    ").strip()
        return cls

    return decorate
