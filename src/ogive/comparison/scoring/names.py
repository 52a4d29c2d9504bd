"""Scores by the names that users type: what each is called, which way is better, and its scale."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sklearn.metrics import get_scorer, get_scorer_names

from ogive.comparison.scoring.class_scorers import SCORERS
from ogive.text import InputError, Text, quoted

if TYPE_CHECKING:
    from ogive.comparison.design.settings import Task

__all__ = [
    "SCORINGS",
    "Score",
    "Scoring",
    "checked_scoring",
    "score_of",
    "scorer_of",
    "scoring_name",
]

Scoring = str | Callable[..., float]

SCORINGS: dict[Task, tuple[str, ...]] = {
    "classification": (
        "accuracy",
        "balanced_accuracy",
        "log_loss",
        "auc",
        "f1",
        "f1_macro",
        "f1_weighted",
        "matthews",
        "precision",
        "recall",
        "average_precision",
        "brier",
    ),
    "regression": (
        "r2",
        "rmse",
        "mae",
        "mse",
        "explained_variance",
        "median_absolute_error",
        "max_error",
        "mape",
    ),
}
"""The names that are offered; any other scorer of scikit-learn's may be named too."""

# What a user may type for a scorer of scikit-learn's. "neg_" may always be left out.
_SHORT = {
    "auc": "roc_auc",
    "roc_auc_ovr": "roc_auc",
    "matthews": "matthews_corrcoef",
    "mcc": "matthews_corrcoef",
    "brier": "neg_brier_score",
    "rmse": "neg_root_mean_squared_error",
    "mae": "neg_mean_absolute_error",
    "mse": "neg_mean_squared_error",
    "mape": "neg_mean_absolute_percentage_error",
    "rmsle": "neg_root_mean_squared_log_error",
    "msle": "neg_mean_squared_log_error",
}
# What the scores of these scorers are called in every result.
_SHOWN = {full: short for short, full in _SHORT.items() if short not in ("roc_auc_ovr", "mcc")}
_TITLES = {
    "accuracy": Text("accuracy", "准确率"),
    "balanced_accuracy": Text("balanced accuracy", "平衡准确率"),
    "log_loss": Text("log loss", "对数损失"),
    "auc": Text("ROC AUC", "ROC AUC"),
    "roc_auc_ovo": Text("ROC AUC (one against one)", "ROC AUC（一对一）"),
    "roc_auc_ovo_weighted": Text(
        "ROC AUC (one against one, weighted)", "ROC AUC（一对一，加权平均）"
    ),
    "roc_auc_ovr_weighted": Text(
        "ROC AUC (one against rest, weighted)", "ROC AUC（一对其余，加权平均）"
    ),
    "average_precision": Text("average precision", "平均精确率"),
    "brier": Text("Brier score", "Brier 分数"),
    "matthews": Text("Matthews correlation", "马修斯相关系数"),
    "f1": Text("F1", "F1"),
    "precision": Text("precision", "精确率"),
    "recall": Text("recall", "召回率"),
    "jaccard": Text("Jaccard index", "杰卡德系数"),
    "top_k_accuracy": Text("top-2 accuracy", "前 2 名准确率"),
    "d2_log_loss_score": Text("D² of the log loss", "对数损失的 D²"),
    "d2_brier_score": Text("D² of the Brier score", "Brier 分数的 D²"),
    "r2": Text("R²", "R²"),
    "explained_variance": Text("explained variance", "可解释方差"),
    "d2_absolute_error_score": Text("D² of the absolute error", "绝对误差的 D²"),
    "rmse": Text("RMSE", "RMSE"),
    "mae": Text("mean absolute error", "平均绝对误差"),
    "mse": Text("mean squared error", "均方误差"),
    "median_absolute_error": Text("median absolute error", "中位绝对误差"),
    "max_error": Text("largest error", "最大误差"),
    "mape": Text("mean absolute percentage error", "平均绝对百分比误差"),
    "rmsle": Text("root mean squared log error", "均方根对数误差"),
    "msle": Text("mean squared log error", "均方对数误差"),
    "mean_poisson_deviance": Text("mean Poisson deviance", "平均泊松偏差"),
    "mean_gamma_deviance": Text("mean gamma deviance", "平均伽马偏差"),
}
_AVERAGES = {
    "macro": Text("macro", "宏平均"),
    "micro": Text("micro", "微平均"),
    "weighted": Text("weighted", "加权平均"),
}
# Two classes only for the first of each name; the mean over the classes where there are more.
_BINARY = ("f1", "precision", "recall", "jaccard")
_TWO_CLASSES_ONLY = ("positive_likelihood_ratio", "negative_likelihood_ratio")
_UNBOUNDED = ("positive_likelihood_ratio", "mutual_info_score")


@dataclass(frozen=True)
class Score:
    """A score as people read it, and how a fitted model is given it.

    Within a comparison every score is "higher is better". A score whose `greater_is_better` is
    false, such as RMSE, is kept there with its sign changed; `shown` gives it back.

    Attributes
    ----------
    name : str
        What the user may type for it, such as ``"rmse"``; of a callable, its own name.
    title : Text
        Its name for people.
    greater_is_better : bool
        Which way the score as shown is better.
    span : float or None
        From the score of one that has learnt nothing, or the worst there is, to the best: 1 for
        all bounded ones, R² and Matthews correlation (a guess has 0) among them. None for errors,
        losses and scorers given as a callable.
    needs : tuple of str
        Methods of which a model must have one.
    scorer : callable
        Returns the score within, given a fitted model, X and y.
    lowest, highest : float
        Ends of what the score within can be; infinite where there is none or none is known.
    is_share : bool
        Whether it is the share of the rows predicted rightly, so that their number says how far
        it must spread between splits: accuracy alone.
    """

    name: str
    title: Text
    greater_is_better: bool
    span: float | None
    needs: tuple[str, ...]
    scorer: Callable[[Any, Any, Any], float]
    lowest: float = -math.inf
    highest: float = math.inf
    is_share: bool = False

    def shown(self, value: float) -> float:
        """Return a score as people read it."""
        return value if self.greater_is_better else 0.0 - value

    def shown_difference(self, difference: float) -> float:
        """Return the difference of two scores (first minus second) as people read it."""
        return self.shown(difference)

    def scale(self, guesses: Sequence[float]) -> float:
        """Return what the region of practical equivalence is a share of.

        Parameters
        ----------
        guesses : sequence of float
            Score within, on each split, of the guess that ignores the columns.

        Returns
        -------
        float
            `span` where there is one, otherwise the mean size of the guess's scores.

        Raises
        ------
        InputError
            If the guess has a score of 0, which no share can be taken of.
        """
        if self.span is not None:
            return self.span
        size = math.fsum(map(abs, guesses)) / len(guesses)
        if size > 0 and math.isfinite(size):
            return size
        raise InputError(
            f"scoring {self.name!r} has no scale: the guess that ignores the columns scores "
            f"{size:g}. Give the difference that does not matter in practice as rope, such as "
            "rope=0.01.",
            f"评分指标 {self.name!r} 没有尺度：不看各列的盲猜得分为 {size:g}。"
            "请用 rope 给出实际上可以忽略的差值，例如 rope=0.01。",
        )


def score_of(scoring: Scoring | None, task: Task, *, n_classes: int | None = None) -> Score:
    """Return the score that is meant.

    Parameters
    ----------
    scoring : str, callable or None
        One of `SCORINGS`, the name of any scorer of scikit-learn's for the task with or without
        its "neg_", or a callable ``scorer(estimator, X, y)``; None for accuracy or R².
    task : {"classification", "regression"}
    n_classes : int, optional
        Classes of the target; with it the title of F1, precision, recall and Jaccard index says
        how it is averaged, and scores for another number of classes are refused.

    Raises
    ------
    InputError
        Where there is no such score, it is for the other task or another number of classes, or a
        metric was given in place of a scorer.
    """
    if scoring is None:
        scoring = SCORINGS[task][0]
    if not isinstance(scoring, str):
        return _given(scoring)
    full = _full_name(scoring)
    if full is None or _task_of(full) not in (task, None) or full.endswith("_samples"):
        raise _unknown(scoring, full, task)
    score = _named(full)
    if n_classes is None:
        return score
    two_only = score.name in _TWO_CLASSES_ONLY
    if (two_only and n_classes != 2) or (score.name == "top_k_accuracy" and n_classes == 2):
        wanted = Text("exactly two", "恰好两个") if two_only else Text("more than two", "两个以上")
        raise InputError(
            f"scoring {score.name!r} is for {wanted.en} classes, and the target has {n_classes}. "
            "Choose another score, such as 'balanced_accuracy' or 'f1_macro'.",
            f"评分指标 {score.name!r} 要求{wanted.zh}类别，而目标有 {n_classes} 个。"
            "请改用其他指标，例如 'balanced_accuracy' 或 'f1_macro'。",
        )
    if score.name in _BINARY and n_classes > 2:
        return replace(score, title=_title(f"{score.name}_macro"))
    return score


def checked_scoring(
    scoring: Scoring | None, task: Task, *, n_classes: int | None = None
) -> Scoring:
    """Return the callable given, or the one name that the score goes by; as `score_of` raises."""
    score = score_of(scoring, task, n_classes=n_classes)
    return score.name if scoring is None or isinstance(scoring, str) else scoring


def scorer_of(scoring: Scoring) -> Callable[[Any, Any, Any], float]:
    """Return what gives the score within, of a scoring that `checked_scoring` let pass."""
    if not isinstance(scoring, str):
        return scoring
    full = _full_name(scoring)
    assert full is not None
    return _named(full).scorer


def scoring_name(scoring: Scoring) -> str:
    """Name of a scoring given by name or as a scorer."""
    if isinstance(scoring, str):
        return scoring
    metric = getattr(scoring, "_score_func", None)
    if metric is not None:
        extra = ", ".join(f"{key}={value!r}" for key, value in scoring._kwargs.items())  # type: ignore[attr-defined]
        return f"{metric.__name__}({extra})" if extra else str(metric.__name__)
    return str(getattr(scoring, "__name__", type(scoring).__name__))


def _given(scoring: Any) -> Score:
    """Return the score of a callable."""
    name = scoring_name(scoring)
    if not callable(scoring):
        raise InputError(
            "scoring must be the name of a score or a callable scorer(estimator, X, y). "
            f"Got {scoring!r} instead.",
            "scoring 必须是评分指标的名称，或可调用对象 scorer(estimator, X, y)，"
            f"得到的却是 {scoring!r}。",
        )
    if (getattr(scoring, "__module__", None) or "").startswith("sklearn.metrics._") and hasattr(
        scoring, "__code__"
    ):
        raise InputError(
            f"scoring {name} is a metric of y_true and y_pred, not a scorer of a model. Give "
            f"sklearn.metrics.make_scorer({name}), with greater_is_better=False for an error, or "
            "the name of a score.",
            f"scoring {name} 是 y_true 与 y_pred 的度量，而不是模型的评分函数。请改用 "
            f"sklearn.metrics.make_scorer({name})（误差类请加 greater_is_better=False），"
            "或给出评分指标的名称。",
        )
    metric = getattr(scoring, "_score_func", None)
    lower = getattr(scoring, "_sign", 1) < 0
    bounded = not lower and metric is not None and metric in _bounded_metrics()
    return Score(
        name, Text(name, name), not lower, 1.0 if bounded else None, _needs(scoring), scoring
    )


@cache
def _named(full: str) -> Score:
    """Return the score of a scorer of scikit-learn's, by its name there."""
    scorer = get_scorer(full)
    name = _SHOWN.get(full, full.removeprefix("neg_"))
    lower = scorer._sign < 0
    span = None if lower or name in _UNBOUNDED else 1.0
    needs = ("predict_proba",) if full == "top_k_accuracy" else _needs(scorer)
    lowest, highest = _range_within(name, lower=lower)
    return Score(
        name,
        _title(name),
        not lower,
        span,
        needs,
        SCORERS.get(full, scorer),
        lowest,
        highest,
        is_share=name == "accuracy",
    )


def _range_within(name: str, *, lower: bool) -> tuple[float, float]:
    """Return the least and the highest that a score of scikit-learn's can be within."""
    if lower:  # errors and losses: at least 0, and negative within
        return -math.inf, 0.0
    if name in _UNBOUNDED:
        return 0.0, math.inf
    if name in ("r2", "explained_variance") or name.startswith(("d2_", "adjusted_")):
        return -math.inf, 1.0
    return (-1.0 if name == "matthews" else 0.0), 1.0


def _title(name: str) -> Text:
    if name in _TITLES:
        return _TITLES[name]
    base, _, average = name.rpartition("_")
    if base in _TITLES and average in _AVERAGES:
        title, mean = _TITLES[base], _AVERAGES[average]
        return Text(f"{title.en} ({mean.en})", f"{title.zh}（{mean.zh}）")
    return Text(name.replace("_", " "), name)


def _full_name(name: str) -> str | None:
    """Return scikit-learn's name of a score, or None where there is none."""
    known = get_scorer_names()
    full = _SHORT.get(name.removeprefix("neg_"), name)
    for candidate in (full, f"neg_{full}", f"neg_{full}_score"):
        if candidate in known:
            return _SHORT.get(candidate, candidate)
    return None


@cache
def _task_of(full: str) -> Task | None:
    """Return the task that a scorer of scikit-learn's is for, by where its metric is defined."""
    module = get_scorer(full)._score_func.__module__
    if module.endswith("_regression"):
        return "regression"
    return "classification" if module.startswith("sklearn.metrics.") else None


@cache
def _bounded_metrics() -> frozenset[Any]:
    names = [name for name in get_scorer_names() if name not in _UNBOUNDED]
    return frozenset(get_scorer(name)._score_func for name in names if get_scorer(name)._sign > 0)


def _needs(scorer: Any) -> tuple[str, ...]:
    method = getattr(scorer, "_response_method", "predict")
    return (method,) if isinstance(method, str) else tuple(method)


def _unknown(scoring: str, full: str | None, task: Task) -> InputError:
    names = ", ".join(SCORINGS[task])
    task_zh = "分类" if task == "classification" else "回归"
    known = {*SCORINGS[task], *_SHORT, *get_scorer_names()}
    of_task = [name for name in sorted(known) if _task_of(_full_name(name) or name) == task]
    near = [] if full else difflib.get_close_matches(scoring, of_task, n=1)
    why = Text("", "")
    if near:
        why = Text(f" Did you mean {near[0]!r}?", f"是否想写 {near[0]!r}？")
    elif full and full.endswith("_samples"):
        why = Text(" It is for several labels a row.", "它用于每行多个标签的情形。")
    elif full:
        other = Text("regression", "回归") if task_zh == "分类" else Text("classification", "分类")
        why = Text(f" It is for {other.en}.", f"它用于{other.zh}。")
    return InputError(
        f"scoring {quoted(scoring)} is not available for {task}.{why.en} Choose one of: {names}; "
        "or any scorer of scikit-learn's for this task.",
        f"{task_zh}任务不支持评分指标 {quoted(scoring)}。{why.zh}可选：{names}；"
        "也可以是 scikit-learn 中适用于该任务的任一评分指标。",
    )
