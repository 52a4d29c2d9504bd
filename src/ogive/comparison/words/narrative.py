"""How the experiment was done, told in plain words with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogive.comparison.words import formats
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.comparison.result import Comparison

__all__ = ["describe_design", "listed"]

STRATIFIED = Text(
    "so that each class has the same share in every fold", "使每个类别在各折中的占比相同"
)
AT_RANDOM = Text("at random", "随机划分")
ONCE = Text(", which makes {n_splits} splits", "，得到 {n_splits} 次划分")
REPEATED = Text(
    ", {n_repeats} times over with other folds each time: {n_splits} splits in all",
    "，每次重新分折、共 {n_repeats} 遍，合计 {n_splits} 次划分",
)

ONE_PAIR = Text(
    " Differences are taken split by split. No evidence of a difference does not mean that there "
    "is none.",
    "差值逐次划分计算。没有差异的证据，并不等于没有差异。",
)
MANY_PAIRS = Text(
    " Differences are taken split by split, and p-values corrected after Holm for all {n_pairs} "
    "pairs, as the best was picked from the same scores. No evidence of a difference does not "
    "mean that there is none.",
    "差值逐次划分计算；最佳者也是从这些得分中挑出的，所以 p 值按 Holm 方法对全部 {n_pairs} 对比较"
    "校正。没有差异的证据，并不等于没有差异。",
)

PARAGRAPHS = (
    Text(
        "Every activation was trained under the same conditions, so that a difference in score "
        "comes from the activation or from chance, and the statistics weigh the two.",
        "每个激活函数都在相同条件下训练，因此得分的差异只能来自激活函数或偶然，统计方法则权衡这两者。",
    ),
    Text(
        "The {n_rows} rows were cut into {n_folds} folds {how}{repeats}. In each split one fold "
        "is for testing and the others for training.",
        "{n_rows} 行数据被分成 {n_folds} 折（{how}）{repeats}。每次划分以一折测试，其余各折训练。",
    ),
    Text(
        "{fraction} of the training folds were held out for validation. Training stopped once "
        "the loss on them had not fallen for {patience} epochs, or after {max_iter}, and the "
        "weights of the best epoch were kept.",
        "训练折中留出 {fraction} 作验证。验证损失连续 {patience} 轮不再下降，"
        "或满 {max_iter} 轮时停止训练，并保留最好一轮的权重。",
    ),
    Text(
        "Each activation was trained at the learning rates {rates}; the one with the highest "
        "{score} on the validation rows was taken, anew in each split. The test fold had no part "
        "in any choice.",
        "每个激活函数分别以学习率 {rates} 训练，取验证数据上{score}最高的一个，每次划分重新选取。"
        "测试折不参与任何选择。",
    ),
    Text(
        "The networks have hidden layers of {layers} units, with the activation after each of "
        "them, and initial weights that suit it; solver {solver}, mini-batches of {batch} rows. "
        "Within a split all start from the same seed.",
        "网络的隐藏层各有 {layers} 个单元，其后都接该激活函数，初始权重也与之相配；"
        "优化器 {solver}，小批量 {batch} 行。同一次划分中，所有网络的随机种子相同。",
    ),
    Text("{preparation}", "{preparation}"),
    Text(
        "The training folds of different splits share rows, so their scores are not independent: "
        "intervals and p-values carry the correction of Nadeau and Bengio for that.{pairs}",
        "不同划分的训练折有共同的行，得分并不独立，因此置信区间与 p 值都按 Nadeau–Bengio 方法校正。"
        "{pairs}",
    ),
    Text(
        "{n_fits} networks were trained, {seconds} s in all.",
        "共训练 {n_fits} 个网络，总计 {seconds} 秒。",
    ),
)

PREPARATIONS = {
    "columns": Text(
        "Numbers were standardised, categories one-hot encoded, missing values imputed and "
        "flagged, with what the training folds alone tell.",
        "数值列标准化，类别列独热编码，缺失值填补并标记，所用统计量只来自训练折。",
    ),
    "columns_regression": Text(
        "Numbers were standardised, categories one-hot encoded, missing values imputed and "
        "flagged, and the target standardised, with what the training folds alone tell; scores "
        "are on the target's own scale.",
        "数值列标准化，类别列独热编码，缺失值填补并标记，目标也标准化，所用统计量只来自训练折；"
        "得分按目标的原始单位计算。",
    ),
    "passthrough": Text("The columns were used as given.", "各列按原样使用。"),
    "transformer": Text(
        "The columns were prepared by the given transformer, fitted on the training folds: "
        "{transformer}.",
        "各列由给定的转换器处理，只在训练折上拟合：{transformer}。",
    ),
}


def describe_design(comparison: Comparison, language: Language) -> list[str]:
    """Return the paragraphs that say how the experiment was done, with its numbers."""
    settings, data = comparison.settings, comparison.data
    n_activations, n_splits = len(settings.labels), len(comparison.guesses)
    n_training = data.n_rows * (1 - 1 / settings.n_splits)
    how = STRATIFIED if comparison.task == "classification" else AT_RANDOM
    score = comparison.score.title.to(language)
    values = {
        "n_rows": data.n_rows,
        "n_folds": settings.n_splits,
        "how": how.to(language),
        "repeats": (ONCE if settings.n_repeats == 1 else REPEATED).to(
            language, n_repeats=settings.n_repeats, n_splits=n_splits
        ),
        "fraction": formats.share(settings.validation_fraction),
        "patience": settings.n_iter_no_change,
        "max_iter": settings.max_iter,
        "rates": listed([f"{rate:g}" for rate in settings.learning_rates], language),
        "score": f" {score} " if language == "zh" and score[:1].isascii() else score,
        "layers": listed([str(size) for size in settings.hidden_layer_sizes], language),
        "solver": settings.solver,
        "batch": settings.batch_rows(int(n_training * (1 - settings.validation_fraction))),
        "preparation": _preparation(comparison, language),
        "pairs": _pairs(n_activations, language),
        "n_fits": n_activations * len(settings.learning_rates) * n_splits,
        "seconds": f"{comparison.seconds:.1f}",
    }
    return [paragraph.to(language, **values) for paragraph in PARAGRAPHS]


def _preparation(comparison: Comparison, language: Language) -> str:
    prepare = comparison.settings.prepare
    if prepare is None:
        regression = comparison.task == "regression"
        return PREPARATIONS["columns_regression" if regression else "columns"].to(language)
    if isinstance(prepare, str):
        return PREPARATIONS["passthrough"].to(language)
    return PREPARATIONS["transformer"].to(language, transformer=str(prepare))


def _pairs(n_activations: int, language: Language) -> str:
    n_pairs = n_activations * (n_activations - 1) // 2
    if n_pairs == 0:
        return ""
    return (ONE_PAIR if n_pairs == 1 else MANY_PAIRS).to(language, n_pairs=n_pairs)


def listed(words: list[str], language: Language) -> str:
    """Return `words` as a list within a sentence."""
    if language == "zh":
        return "、".join(words)
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1]
