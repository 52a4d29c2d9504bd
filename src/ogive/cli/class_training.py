"""Fits the model of classes of ``ogive fit``: once to be judged, and again to all rows."""

from __future__ import annotations

import time
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ogive.cli.classification_settings import ClassSettings, as_typed, usual_code_book
from ogive.cli.fit_refusals import PROBABILISTIC
from ogive.text import InputError, Language, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from ogive.classification.scores.scoring import Scores
    from ogive.data import ColumnPreparation, LabelledTable

__all__ = ["FittedClasses", "fit_twice"]

JUDGING = Text("Fitting to four rows in five", "正在用五分之四的行拟合")
FITTING = Text("Fitting to all rows", "正在用全部行拟合")


@dataclass(frozen=True)
class FittedClasses:
    """The model of all rows, and how well one of four rows in five did on the others.

    Attributes
    ----------
    model : estimator
        Fitted to all rows.
    preparation : ColumnPreparation or DesignPreparation
        What made its features of the columns.
    X : polars.DataFrame or ndarray
        The features of all rows.
    scores : Scores
        On the rows held out.
    judged : estimator
        The model that they are of.
    held_out : polars.DataFrame or ndarray
        The features of the rows held out, as that model takes them.
    n_training : int
        Rows that it was fitted to.
    seconds : float
        The fit to all rows took so long.
    notices : list of Text
    """

    model: Any
    preparation: ColumnPreparation
    X: Any
    scores: Scores
    judged: Any
    held_out: Any
    n_training: int
    seconds: float
    notices: list[Text]

    @property
    def named(self) -> pl.DataFrame:
        """The features of all rows with their names."""
        import polars as pl

        if isinstance(self.X, pl.DataFrame):
            return self.X
        return pl.DataFrame(self.X, schema=self.preparation.feature_names_out_)

    @property
    def units(self) -> tuple[list[float], list[float]] | None:
        """Mean and scale of each feature, where all of them are columns that were standardised."""
        columns: list[Any] = self.preparation.columns_
        if any(len(one.features) != 1 or not hasattr(one, "scale") for one in columns):
            return None
        mean, scale = [one.mean for one in columns], [one.scale or 1.0 for one in columns]
        return None if set(mean) == {0.0} and set(scale) == {1.0} else (mean, scale)


def fit_twice(
    labelled: LabelledTable,
    settings: ClassSettings,
    language: Language,
    stage: Callable[[Text], None] = lambda text: None,
) -> FittedClasses:
    """Fit to four rows in five and judge on the others, then fit to all rows.

    Parameters
    ----------
    labelled : LabelledTable
        Features and classes.
    settings : ClassSettings
    language : {"en", "zh"}
        Of the names of features.
    stage : callable, optional
        Told what is done next.

    Raises
    ------
    InputError
        Where there are too few rows, or the model cannot be fitted to them.
    """
    from ogive.classification.scores.scoring import score_classifier
    from ogive.cli.training import split_rows

    training, held_out = split_rows(labelled, settings.seed)
    stage(JUDGING)
    first = _preparation(settings, language).fit(labelled.features, rows=training)
    usable, notices = _usable(first, labelled, held_out)
    target = labelled.target
    judged, _ = _fitted(settings, _features(first, labelled, training, settings), target[training])
    asked = _features(first, labelled, usable, settings)
    threshold = settings.threshold if settings.model == "logistic" else None
    scores = score_classifier(
        judged, asked, target[usable], level=settings.level, threshold=threshold
    )
    stage(FITTING)
    preparation = _preparation(settings, language).fit(labelled.features)
    X = _features(preparation, labelled, np.arange(len(target)), settings)
    model, seconds = _fitted(settings, X, target)
    notices += _unfinished(model)
    return FittedClasses(
        model, preparation, X, scores, judged, asked, len(training), seconds, notices
    )


def _preparation(settings: ClassSettings, language: Language) -> ColumnPreparation:
    from ogive.data import ColumnPreparation, DesignPreparation

    if settings.model in PROBABILISTIC:
        return DesignPreparation(language=language, standardise=not settings.own_units)
    return ColumnPreparation(np.float32 if settings.inner == "network" else np.float64)


def _features(
    preparation: ColumnPreparation,
    labelled: LabelledTable,
    rows: NDArray[np.intp],
    settings: ClassSettings,
) -> Any:
    """Return features of rows; with names for a model whose coefficients are read."""
    import polars as pl

    matrix = preparation.transform(labelled.features[rows])
    if settings.model in PROBABILISTIC:
        return pl.DataFrame(matrix, schema=preparation.feature_names_out_)
    return matrix


def _usable(
    preparation: ColumnPreparation, labelled: LabelledTable, rows: NDArray[np.intp]
) -> tuple[NDArray[np.intp], list[Text]]:
    """Return those of the rows that are no stranger to the preparation, and what to say of it."""
    strange, reason = preparation.unusable_rows(labelled.features[rows])
    if reason is None:
        return rows, []
    n, total = int(strange.sum()), len(rows)
    if n == total:
        raise InputError(
            f"None of the {total} rows held out can be judged, as each has a category that no "
            "other row has; leave such columns out by --ignore.",
            f"留出的 {total} 行都无法评分，因为每行都有别的行没有的类别取值；"
            "请用 --ignore 去掉这样的列。",
        )
    said = Text(
        f"{n} of the {total} rows held out were not judged, as they have a category or a gap that "
        "the rows fitted had not.",
        f"留出的 {total} 行中有 {n} 行没有参与评分：其中的类别取值或缺失是用来拟合的行所没有的。",
    )
    return rows[~strange], [said]


def _fitted(settings: ClassSettings, X: Any, y: NDArray[Any]) -> tuple[Any, float]:
    """Return the fitted model and how long it took."""
    from sklearn.exceptions import ConvergenceWarning

    model = _estimator(settings, len(y), len(np.unique(y)))
    start = time.perf_counter()
    with warnings.catch_warnings():
        # Said in the user's language later.
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        try:
            model.fit(X, y)
        except InputError as error:
            raise as_typed(error) from None
    return model, time.perf_counter() - start


def _estimator(settings: ClassSettings, n_rows: int, n_classes: int) -> Any:
    import ogive

    if settings.inner == "network":
        from ogive.network.parameters import suitable_batch_size

        network = dict(settings.network)
        if network["batch_size"] == "auto":
            network["batch_size"] = suitable_batch_size(n_rows)
        inner: Any = ogive.MLPClassifier(**{"init": "auto", **network})
    elif settings.inner == "linear":
        inner = ogive.LinearRegression()
    else:
        inner = ogive.LogisticRegression(**settings.logistic)
    if settings.model in PROBABILISTIC:
        return inner
    kinds = {
        "ovo": "OneVsOneClassifier",
        "ovr": "OneVsRestClassifier",
        "ecoc": "OutputCodeClassifier",
    }
    how = dict(settings.reduction)
    if settings.model == "ecoc" and how["code_book"] is None:
        how["code_book"] = usual_code_book(n_classes)
    return getattr(ogive, kinds[settings.model])(inner, **how)


def _unfinished(model: Any) -> list[Text]:
    """Return a notice where the solver was stopped before it had converged."""
    models = [model] if hasattr(model, "converged_") else model.estimators_
    together = getattr(models, "converged_", None)  # of models solved together, not one by one
    converged = (
        [getattr(one, "converged_", True) for one in models] if together is None else together
    )
    unfinished = len(converged) - int(np.count_nonzero(converged))
    if unfinished == 0:
        return []
    if len(models) == 1:
        iterations = int(np.max(models[0].n_iter_))
        return [
            Text(
                f"The fit had not converged after {iterations} iterations; "
                "a larger --max-iter may do better.",
                f"迭代 {iterations} 次后仍未收敛；增大 --max-iter 可能更好。",
            )
        ]
    return [
        Text(
            f"{unfinished} of the {len(models)} two-class models had not converged; "
            "a larger --max-iter may do better.",
            f"{len(models)} 个二分类模型中有 {unfinished} 个仍未收敛；增大 --max-iter 可能更好。",
        )
    ]
