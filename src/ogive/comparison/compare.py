"""``ogive.compare``: which activation function suits these data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from ogive.comparison.calling import call_of
from ogive.comparison.conducting import About, Limits, conduct, engine_for, opened
from ogive.comparison.design import settings as checks
from ogive.comparison.design.factors import make_candidates
from ogive.comparison.design.problem import read_problem
from ogive.comparison.design.settings import Settings, Task
from ogive.comparison.design.target import check_folds
from ogive.comparison.models import check_responses
from ogive.comparison.result import Comparison
from ogive.comparison.running.experiment import Progress
from ogive.report.environment import describe_environment
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.comparison.store import Store

__all__ = ["compare"]


def compare(
    X: Any,
    y: ArrayLike,
    *,
    vary: str | Sequence[str] | Mapping[str, Any] | None = None,
    activations: Sequence[Any] | None = None,
    learning_rates: Sequence[float] = (0.001, 0.003, 0.01),
    hidden_layer_sizes: Sequence[int] | int = (64, 32),
    n_splits: int = 5,
    n_repeats: int = 2,
    max_iter: int = 100,
    batch_size: int | Literal["auto"] = "auto",
    solver: Literal["adam", "adamw", "sgd"] = "adam",
    alpha: float = 0.0001,
    n_iter_no_change: int = 10,
    validation_fraction: float = 0.2,
    task: Task | None = None,
    scoring: str | Callable[..., float] | None = None,
    rope: float | None = None,
    precision: float | None = None,
    budget: float | None = None,
    random_state: int | None = 0,
    n_jobs: int | None = None,
    scheduler: str | None = None,
    store: Store | str | Path | bool | None = None,
    progress: Progress | None = None,
    prepare: Any = None,
    dtype: DTypeLike = np.float32,
    target_name: str | None = None,
    data_name: str | None = None,
    notices: Sequence[Text] = (),
    times: bool = True,
    command: str | None = None,
    arguments: Sequence[str] = (),
) -> Comparison:
    """Compare activation functions, or whatever else is varied, by repeated cross-validation.

    Every candidate is trained on the same splits with the same seeds, at each of the learning
    rates. Part of each training fold is kept for validation: training stops early on its loss,
    and its score chooses the learning rate of each candidate anew in each split. Only what was
    chosen so counts on the test fold.

    Parameters
    ----------
    X : data frame or array-like of shape (n_samples, n_features)
        Any data frame narwhals knows, or numbers. Numbers are standardised, categories one-hot
        encoded, missing values imputed and flagged, all learned from the training fold alone.
    y : array-like of shape (n_samples,)
        Classes or numbers. For regression they are standardised on the training fold, and scored
        on the scale given.
    vary : str, sequence of str, or mapping, optional
        What is compared: "activation" by default; "depth", "width", "init", "learning_rate",
        "model"; several are crossed. A mapping gives the values of each, such as
        ``{"depth": [1, 2, 4], "activation": ["relu", "tanh"]}``.
    activations : sequence of str or Activation, or of lists of these, or 'all', optional
        What to compare: names, formulas in z, or a list that gives each hidden layer its own. By
        default the twelve of ``ogive.comparison.COMPARED``; 'all' is ``ogive.activations()``.
    learning_rates : sequence of float, default=(0.001, 0.003, 0.01)
        Tried for each activation and split.
    hidden_layer_sizes : sequence of int, default=(64, 32)
        Two layers, for the gradient has to pass through an activation more than once before
        activations differ in how well they let it through.
    n_splits, n_repeats : int, default=5 and 2
        Folds of the cross-validation, and how often it is repeated with other folds.
    max_iter : int, default=100
        Most epochs.
    batch_size : int or "auto", default="auto"
        Rows a mini-batch. "auto" takes the power of two from 8 to 256 that makes about 32
        updates an epoch.
    solver : {"adam", "adamw", "sgd"}, default="adam"
        How the weights are found.
    alpha : float, default=0.0001
        Strength of the L2 penalty.
    n_iter_no_change : int, default=10
        Epochs without a better validation loss after which training stops.
    validation_fraction : float, default=0.2
        Share of the training fold kept for validation, at most 0.5.
    task : {"classification", "regression"}, optional
        By default as `ogive.data.infer_task` finds: text, truth values and few whole numbers are
        classes.
    scoring : str or callable, optional
        Accuracy or R² by default; "log_loss", "auc", "f1", "rmse", "mae" …, the name of any
        scorer of scikit-learn's, or a callable (estimator, X, y).
    rope : float, optional
        Region of practical equivalence, in units of the score: differences no larger do not
        matter. By default 1 % of the score's scale; at 0 nothing is called equivalent.
    precision : float, optional
        Repeats are added until half the width of the 95 % interval of every difference to the
        best is no more than this, in units of the score, after five splits at the earliest, or no
        number of repeats can make it so.
    budget : float, optional
        Seconds. Repeats are added while they are likely to end within them.
    random_state : int or None, default=0
        Gives the splits, initial weights and order of the rows; None draws one at random, which
        the result records.
    n_jobs : int, optional
        Threads; all cores by default. The result does not depend on it.
    scheduler : str, optional
        Where the fits are done: threads of this process by default; "processes",
        "dask://local", "tcp://host:port" of a Dask scheduler, "ray", "spark".
    store : bool, str, Path or Store, optional
        Where every fit is journalled when it ends, so that the same call continues after an
        interruption: True for the user's own store, a file, the URL of a database, or an open
        store. By default none, unless the environment variable ``OGIVE_STORE`` names one.
    progress : callable, optional
        Called with (n_done, n_total, phase), the phase "prepare" or "train".
    prepare : None, "passthrough" or transformer, default=None
        How columns become numbers: by `ogive.data.ColumnPreparation`; not at all; or by a
        scikit-learn transformer, which is cloned and fitted on the rows of each training fold.
    dtype : {numpy.float32, numpy.float64}, default=numpy.float32
        Precision of the training.
    target_name : str, optional
        The target's name for the report; by default that of `y`.
    data_name : str, optional
        The name of the data for the report.
    notices : sequence of Text, default=()
        What the report should say about how the data were read.
    times : bool, default=True
        Whether tables, CSV and JSON of the result hold measured times. Without them two runs of
        the same comparison give the same bytes.
    command : str, optional
        What the report gives for repeating the comparison; by default the call in Python.
    arguments : sequence of str, default=()
        The command line that repeats the comparison, for the store.

    Returns
    -------
    Comparison
        Table, verdict, figures, report.

    Examples
    --------
    >>> import ogive
    >>> from sklearn.datasets import load_iris
    >>> result = ogive.compare(*load_iris(return_X_y=True), activations=["tanh", "relu"])
    >>> sorted(row.label for row in result.rows())
    ['relu', 'tanh']
    """
    given = dict(locals())
    _check_prepare(prepare)
    checks.checked_solver(solver)
    problem = read_problem(X, y, task=task, target_name=target_name, prepare=prepare)
    rates, sizes = checks.checked_rates(learning_rates), checks.checked_sizes(hidden_layer_sizes)
    varied, candidates = make_candidates(
        vary,
        activations=activations,
        hidden_layer_sizes=sizes,
        learning_rates=rates,
        task=problem.task,
        n_classes=problem.target.n_classes,
    )
    settings = Settings(
        candidates=candidates,
        learning_rates=rates,
        hidden_layer_sizes=sizes,
        n_splits=checks.checked_integer("n_splits", n_splits, 2),
        n_repeats=checks.checked_integer("n_repeats", n_repeats, 1),
        max_iter=checks.checked_integer("max_iter", max_iter, 1),
        batch_size="auto"
        if batch_size == "auto"
        else checks.checked_integer("batch_size", batch_size, 1),
        alpha=alpha,
        solver=solver,
        n_iter_no_change=checks.checked_integer("n_iter_no_change", n_iter_no_change, 1),
        validation_fraction=checks.checked_fraction("validation_fraction", validation_fraction),
        scoring=checks.checked_scoring(scoring, problem.task, n_classes=problem.target.n_classes),
        random_state=_seed(random_state),
        dtype=checks.checked_dtype(dtype),
        prepare=prepare,
        vary=varied,
        rope=checks.checked_positive("rope", rope, or_zero=True),
    )
    check_folds(problem.target, settings.n_splits)
    check_responses(settings, problem.task, problem.target.n_classes)
    limits = Limits(
        checks.checked_positive("precision", precision), checks.checked_positive("budget", budget)
    )
    about = About(
        command=command or call_of(given, compare.__kwdefaults__ or {}, settings),
        arguments=tuple(arguments),
        data_name=data_name,
        notices=tuple(notices),
        environment=describe_environment(),
    )
    with (
        opened(store) as place,
        engine_for(scheduler, n_jobs, progress) as engine,
    ):
        result = conduct(problem, settings, limits, about, engine, place, progress)
    return result if times else replace(result, times=False)


def _check_prepare(prepare: Any) -> None:
    known = prepare is None or (isinstance(prepare, str) and prepare == "passthrough")
    if not known and not (hasattr(prepare, "fit") and hasattr(prepare, "transform")):
        raise InputError(
            "prepare must be None, 'passthrough' or a transformer with fit and transform. "
            f"Got {prepare!r} instead.",
            "prepare 只能是 None、'passthrough' 或带有 fit 与 transform 的转换器，"
            f"得到的却是 {prepare!r}。",
        )


def _seed(random_state: int | None) -> int:
    if random_state is None:
        return int(np.random.SeedSequence().generate_state(1)[0])
    return checks.checked_integer("random_state", random_state, 0)
