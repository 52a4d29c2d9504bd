"""The words of a trial, in both languages."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ogive.activations import Activation, activation
from ogive.diagnosis.remedies.patient import SCALE_INPUTS
from ogive.diagnosis.remedies.record import Trial, TriedRemedy
from ogive.text import Language, Text

__all__ = [
    "NOTHING",
    "SCORES",
    "VERDICTS",
    "change",
    "difference_cell",
    "notes",
    "number",
    "sentence",
    "title",
    "undecided",
    "verdict",
]

NOTHING = "–"
SCORES = {
    "accuracy": Text("accuracy", "准确率"),
    "balanced_accuracy": Text("balanced accuracy", "平衡准确率"),
    "r2": Text("R²", "R²"),
}
VERDICTS = {
    "better": Text("better", "更好"),
    "worse": Text("worse", "更差"),
    "no evidence": Text("no evidence", "无证据"),
    "failed": Text("failed", "失败"),
}
UNDECIDED = Text("too few seeds", "种子太少")
ENOUGH_SEEDS = 10
WORTH_KNOWING = 0.05
"""A difference of a score that nobody would call none."""
SCALER = Text("StandardScaler before the network", "在网络前加 StandardScaler")
TITLE = Text(
    "Remedies tried: {score} on held-out rows, {n_seeds} random splits",
    "试用补救办法：{n_seeds} 次随机划分，测试数据上的{score}",
)
NO_TITLE = Text("Remedies tried: none", "试用补救办法：无")
NO_REMEDY = Text(
    "No finding names a change that could be tried and that this network does not have already.",
    "没有任何一项结果给出可以试用、且该网络尚未采用的改动。",
)
RAISES = Text(
    "{change} raises {the}{score} by {by} ({percent} % interval {low} to {high}): better.",
    "{change} 使{score}提高 {by}（{percent}% 置信区间 {low} 至 {high}）：更好。",
)
LOWERS = Text(
    "{change} lowers {the}{score} by {by} ({percent} % interval {low} to {high}): worse.",
    "{change} 使{score}降低 {by}（{percent}% 置信区间 {low} 至 {high}）：更差。",
)
NO_EVIDENCE = Text(
    "{change} changes {the}{score} by {by} ({percent} % interval {low} to {high}): no evidence of "
    "an effect.",
    "{change} 使{score}变化 {by}（{percent}% 置信区间 {low} 至 {high}）：没有证据表明有效果。",
)
TOO_FEW = Text(
    "{change} changes {the}{score} by {by} ({percent} % interval {low} to {high}): too few seeds "
    "to tell; try {n_more} (n_seeds, --seeds).",
    "{change} 使{score}变化 {by}（{percent}% 置信区间 {low} 至 {high}）：种子太少，无法判断；"
    "请用 {n_more} 个（n_seeds、--seeds）。",
)
NOT_FINITE = Text(
    "With {change}, {n} of {n_seeds} trainings ended with values that are not finite: failed.",
    "{change}：{n_seeds} 次训练中有 {n} 次出现非有限的数值，失败。",
)
REFUSED = Text("{change} could not be trained: {reason}", "{change}：无法训练。{reason}")
ROWS = Text(
    "Every version learnt from the same {n_train} rows of a split with the same seed and was "
    "scored on the other {n_test}. Differences are taken split by split; their intervals "
    "({percent} %, each by itself) allow for rows that splits share (Nadeau and Bengio, 2003).",
    "每次划分中，各版本用相同的种子、在同样的 {n_train} 行上训练，并在其余 {n_test} 行上评分。"
    "差值按划分逐一相减；各自的 {percent}% 置信区间已考虑各次划分共用数据的影响"
    "（Nadeau 与 Bengio，2003）。",
)
SAMPLED = Text(
    "{used} of {n_rows} rows were drawn for the trial (max_rows).",
    "试用时从 {n_rows} 行中抽取了 {used} 行（max_rows）。",
)
LEFT_OUT = Text(
    "{n} of {n_rows} rows were left out for values that are missing or infinite.",
    "{n_rows} 行中有 {n} 行因含有缺失或无穷的值而未使用。",
)
BALANCED = Text(
    "Balanced accuracy is the mean of the classes' recalls: accuracy would reward ignoring the "
    "rare ones (OGV112).",
    "平衡准确率是各类召回率的平均值：准确率会奖励对稀有类别的忽视（OGV112）。",
)
FAILED = Text(
    "Trainings that ended with values that are not finite count as the best constant answer "
    "({score} {value}): {who}.",
    "出现非有限数值的训练按最佳常数答案计分（{score} {value}）：{who}。",
)
CUT = Text("R² below -1 counts as -1.", "低于 -1 的 R² 按 -1 计。")
CLEARED = Text(
    "Gone and new findings are those of the networks of the first {n} seeds.",
    "“已消除”和“新出现”依据前 {n} 个种子训练的网络。",
)
THE_PATIENT = Text("the network as it is", "原网络")


def number(value: float, *, signed: bool = False, places: int = 3) -> str:
    """Write a score or a difference, three decimals unless told otherwise, and no sign on zero."""
    if not math.isfinite(value):
        return NOTHING
    written = f"{value:.{places}f}"
    if float(written) == 0:
        return written.lstrip("-")
    return f"+{written}" if signed and value > 0 else written


def percent(trial: Trial) -> str:
    """Write the intervals' coverage."""
    return f"{100 * trial.confidence:g}"


def change(parameters: Mapping[str, Any], language: Language) -> str:
    """Return the parameters of a remedy as one would type them."""
    parts = [f"{name}={_value(v)}" for name, v in parameters.items() if name != SCALE_INPUTS]
    if parameters.get(SCALE_INPUTS):
        parts.append(SCALER.to(language))
    return ", ".join(parts)


def _value(value: Any) -> str:
    if isinstance(value, Activation) and value == activation(value.name):
        return repr(value.name)
    if isinstance(value, list | tuple):
        written = ", ".join(map(_value, value))
        if isinstance(value, list):
            return f"[{written}]"
        return f"({written}{',' * (len(value) == 1)})"
    return f"{value:.6g}" if isinstance(value, float) else repr(value)


def sentence(trial: Trial, tried: TriedRemedy, language: Language) -> str:
    """Return what a remedy did, in words."""
    what = change(tried.remedy.parameters, language)
    values: dict[str, Any] = {
        "change": what,
        "score": SCORES[trial.score_name].to(language),
        "the": "" if trial.score_name == "r2" else "the ",
        "percent": percent(trial),
        "n": tried.n_failed,
        "n_seeds": trial.n_seeds,
    }
    if tried.reason is not None:
        return REFUSED.to(language, **values, reason=tried.reason.to(language))
    if tried.verdict == "failed":
        return NOT_FINITE.to(language, **values)
    ends = (tried.difference, tried.low, tried.high)
    if tried.verdict == "worse":
        by, low, high = (number(-one, places=_places(tried)) for one in (ends[0], ends[2], ends[1]))
        return LOWERS.to(language, **values, by=by, low=low, high=high)
    signed = tried.verdict == "no evidence"
    by, low, high = (number(one, signed=signed, places=_places(tried)) for one in ends)
    said = NO_EVIDENCE if signed else RAISES
    if undecided(trial, tried):
        said, values["n_more"] = TOO_FEW, ENOUGH_SEEDS
    return said.to(language, **values, by=by, low=low, high=high)


def undecided(trial: Trial, tried: TriedRemedy) -> bool:
    """Whether more seeds might find an effect: few were tried, and it may be 0.05 or more."""
    if tried.verdict != "no evidence" or trial.n_seeds >= ENOUGH_SEEDS:
        return False
    return not max(abs(tried.low), abs(tried.high)) < WORTH_KNOWING


def verdict(trial: Trial, tried: TriedRemedy, language: Language) -> str:
    """Return the verdict in a word or three."""
    word = UNDECIDED if undecided(trial, tried) else VERDICTS[tried.verdict]
    return word.to(language)


def _places(tried: TriedRemedy) -> int:
    """Return the decimals that show an interval clear of zero to be so, at most six."""
    nearest = min(abs(tried.low), abs(tried.high))
    if tried.verdict not in ("better", "worse") or nearest == 0:
        return 3
    return next((n for n in range(3, 6) if round(nearest, n) > 0), 6)


def difference_cell(tried: TriedRemedy) -> str:
    """Write a difference with its interval."""
    if tried.verdict == "failed":
        return NOTHING
    values = (tried.difference, tried.low, tried.high)
    by, low, high = (number(one, signed=True, places=_places(tried)) for one in values)
    return f"{by} [{low}, {high}]"


def title(trial: Trial, language: Language) -> str:
    """Return the heading of a trial."""
    if not trial.remedies:
        return NO_TITLE.to(language)
    score = SCORES[trial.score_name].to(language)
    return TITLE.to(language, score=score, n_seeds=trial.n_seeds)


def notes(trial: Trial, language: Language) -> list[str]:
    """Return what has to be known to read the numbers."""
    if not trial.remedies:
        return [NO_REMEDY.to(language)]
    values = {"n_train": trial.n_train, "n_test": trial.n_test, "percent": percent(trial)}
    told = [ROWS.to(language, **values)]
    used = trial.n_train + trial.n_test
    if trial.n_left_out:
        told.append(LEFT_OUT.to(language, n=trial.n_left_out, n_rows=trial.n_rows))
    if used < trial.n_rows - trial.n_left_out:
        told.append(SAMPLED.to(language, used=used, n_rows=trial.n_rows))
    if trial.score_name == "balanced_accuracy":
        told.append(BALANCED.to(language))
    who = _who_failed(trial, language)
    if who:
        score, value = SCORES[trial.score_name].to(language), number(trial.constant_score)
        told.append(FAILED.to(language, score=score, value=value, who=who))
    scores = [trial.patient_scores, *(one.scores for one in trial.remedies)]
    if trial.score_name == "r2" and any((one <= -1).any() for one in scores):
        told.append(CUT.to(language))
    if any(one.cleared or one.appeared for one in trial.remedies):
        told.append(CLEARED.to(language, n=min(trial.n_seeds, 3)))
    return told


def _who_failed(trial: Trial, language: Language) -> str:
    counts = [(THE_PATIENT.to(language), trial.n_patient_failed)]
    counts += [(change(one.remedy.parameters, language), one.n_failed) for one in trial.remedies]
    parts = [f"{who} {n}/{trial.n_seeds}" for who, n in counts if n]
    return ("；" if language == "zh" else "; ").join(parts)
