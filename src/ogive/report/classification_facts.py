"""What a model of classes is and how it did, as names and values; screen and report show them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.classification.scores.scoring import Scores

__all__ = ["class_counts", "model_facts", "model_name", "score_facts", "seconds_taken"]

MOST_CLASSES = 8

MODEL = Text("model", "模型")
PROBLEMS = Text("two-class problems", "二分类问题")
ONE_OF = Text("{n}, each a {inner}", "{n} 个，各为{inner}")
INNER = {
    "LogisticRegression": Text("logistic regression", "逻辑回归"),
    "LinearRegression": Text("linear regression", "线性回归"),
    "MLPClassifier": Text("network", "网络"),
}
KINDS = {
    "OneVsOneClassifier": Text("one-vs-one", "一对一"),
    "OneVsRestClassifier": Text("one-vs-rest", "一对其余"),
    "OutputCodeClassifier": Text("output codes (many-vs-many)", "输出码（多对多）"),
}
BY = {
    "vote": Text(", decided by vote", "，投票决定"),
    "elimination": Text(", decided by elimination", "，逐对淘汰决定"),
}
BOOK = Text(", {book} code book", "，{book}码本")
BOOKS = {
    "optimised": Text("optimised", "优化（optimised）"),
    "exhaustive": Text("exhaustive", "穷举（exhaustive）"),
    "bch": Text("bch", "BCH（bch）"),
    "random": Text("random", "随机（random）"),
    "one_vs_rest": Text("one_vs_rest", "一对其余（one_vs_rest）"),
    "one_vs_one": Text("one_vs_one", "一对一（one_vs_one）"),
}
DECODINGS = {
    "euclidean": Text("euclidean", "欧氏距离（euclidean）"),
    "hamming": Text("hamming", "汉明距离（hamming）"),
    "probabilistic": Text("probabilistic", "概率（probabilistic）"),
}
BY_HAND = Text(", code book by hand", "，手工码本")
DECODED = Text(", {decoding} decoding", "，按{decoding}解码")
TWO = Text("logistic regression", "逻辑回归")
MANY = Text("softmax regression", "softmax 回归")
WITHOUT = Text(", no penalty, columns in their own units", "，无惩罚项，各列保留原单位")
WITH = Text(
    ", L2 penalty with C = {C:g}, numbers in standard deviations",
    "，L2 惩罚 C = {C:g}，数值列以标准差为单位",
)
TIME = Text("time", "用时")
TAKEN = Text("{seconds} s for the fit to all rows", "用全部行拟合 {seconds} 秒")
HELD_OUT = Text("held-out rows", "留出行")
ACCURACY = Text(
    "accuracy {share:.4f} ({level:g}% interval {low:.3f} to {high:.3f}; n = {n})",
    "准确率 {share:.4f}（{level:g}% 置信区间 {low:.3f} 至 {high:.3f}；n = {n}）",
)
LOG_LOSS = Text("log-loss", "对数损失")
BASELINE = Text("without a model", "不用模型")
ALWAYS = Text("always {name!r}: accuracy {share:.4f}", "总是猜“{name}”：准确率 {share:.4f}")
EQUAL = Text("{n} classes, of {low} rows each", "{n} 个类别，每个 {low} 行")
SEVERAL = Text("{n} classes, of {low} to {high} rows each", "{n} 个类别，每个 {low} 到 {high} 行")


def model_name(model: Any) -> Text:
    """Return what kind of model it is."""
    of_reduction = KINDS.get(type(model).__name__)
    return of_reduction or (TWO if len(model.classes_) == 2 else MANY)


def model_facts(
    model: Any, language: Language, *, standardised: bool | None = None
) -> list[tuple[Text, str]]:
    """Return what the model is, and of how many two-class problems it is made.

    Parameters
    ----------
    model : classifier
    language : {"en", "zh"}
    standardised : bool, optional
        Whether columns of numbers were counted in standard deviations, where that is to be said.
    """
    name = model_name(model).to(language)
    if type(model).__name__ not in KINDS:
        if standardised is not None:
            name += (WITH if standardised else WITHOUT).to(language, C=model.C)
        return [(MODEL, name)]
    name += _how(model).to(language)
    inner = type(model.estimator).__name__
    named = INNER[inner].to(language) if inner in INNER else inner
    many = ONE_OF.to(language, n=f"{len(model.estimators_):,}", inner=named)
    return [(MODEL, name), (PROBLEMS, many)]


def _how(model: Any) -> Text:
    """Return how the two-class models come to a decision."""
    if hasattr(model, "code_book"):
        by_hand = not isinstance(model.code_book, str)
        book = BY_HAND if by_hand else BOOK
        named = Text("", "") if by_hand else BOOKS[model.code_book]
        name = model.decoding_  # of the losses, such as logistic_loss, there are several
        decoding = DECODINGS.get(name, Text(name, f"损失（{name}）"))
        return Text(
            book.to("en", book=named.en) + DECODED.to("en", decoding=decoding.en),
            book.to("zh", book=named.zh) + DECODED.to("zh", decoding=decoding.zh),
        )
    return BY.get(getattr(model, "decision", ""), Text("", ""))


def seconds_taken(seconds: float, language: Language) -> tuple[Text, str]:
    """Return the time that a fit took."""
    shown = f"{seconds:.3f}" if seconds < 1 else f"{seconds:.1f}"
    return TIME, TAKEN.to(language, seconds=shown)


def score_facts(scores: Scores, language: Language) -> list[tuple[Text, str]]:
    """Return how well the model did, beside what could be had without one."""
    low, high = scores.interval
    said = ACCURACY.to(
        language,
        share=scores.accuracy,
        level=100 * scores.level,
        low=low,
        high=high,
        n=scores.n_rows,
    )
    facts = [(HELD_OUT, said)]
    if scores.log_loss is not None:
        shown = f"{scores.log_loss:.4f}" if math.isfinite(scores.log_loss) else "∞"
        facts.append((LOG_LOSS, shown))
    name, share = scores.most_frequent
    return [*facts, (BASELINE, ALWAYS.to(language, name=str(name), share=share))]


def class_counts(y: ArrayLike, language: Language) -> str:
    """Return the classes with how many rows each has, or between which numbers these lie."""
    classes, counts = np.unique(np.asarray(y), return_counts=True)
    if len(classes) > MOST_CLASSES:
        low, high = f"{counts.min():,}", f"{counts.max():,}"
        text = EQUAL if low == high else SEVERAL
        return text.to(language, n=len(classes), low=low, high=high)
    separator = "，" if language == "zh" else ", "
    pairs = zip(classes, counts, strict=True)
    return separator.join(f"{name} {count:,}" for name, count in pairs)
