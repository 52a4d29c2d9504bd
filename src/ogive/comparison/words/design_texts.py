"""What is said of how an experiment was done."""

from __future__ import annotations

from ogive.text import Text

__all__ = ["PREPARATIONS", "TEXTS"]

TEXTS = {
    "conditions": Text(
        "{each} was trained under the same conditions, so that a difference in score comes from "
        "the {one} or from chance, and the statistics weigh the two.",
        "每个{one}都在相同条件下训练，因此得分的差异只能来自{one}或偶然，统计方法则权衡这两者。",
    ),
    "varied": Text(
        "What was varied: {factors}: {n} candidates in all.",
        "改变的因素：{factors}，共 {n} 个候选方案。",
    ),
    "factor": Text("{name} ({values})", "{name}（{values}）"),
    "and_more": Text("{shown} and {n} more", "{shown} 等 {n} 个"),
    "folds": Text(
        "The {n_rows} rows were cut into {n_folds} folds {how}{repeats}. In each split one fold is "
        "for testing and the others for training.",
        "{n_rows} 行数据被分成 {n_folds} 折（{how}）{repeats}。每次划分以一折测试，其余各折训练。",
    ),
    "stratified": Text(
        "so that each class has the same share in every fold", "使每个类别在各折中的占比相同"
    ),
    "at_random": Text("at random", "随机划分"),
    "once": Text(", which makes {n_splits} splits", "，得到 {n_splits} 次划分"),
    "repeated": Text(
        ", {n_repeats} times over with other folds each time: {n_splits} splits in all",
        "，每次重新分折、共 {n_repeats} 遍，合计 {n_splits} 次划分",
    ),
    "validation": Text(
        "{fraction} of the training folds were held out for validation.",
        "训练折中留出 {fraction} 作验证。",
    ),
    "stopping_early": Text(
        " Training of a network stopped once the loss on them had not fallen for {patience} "
        "epochs, or after {max_iter}, and the weights of the best epoch were kept.",
        "网络的验证损失连续 {patience} 轮不再下降，或满 {max_iter} 轮时停止训练，"
        "并保留最好一轮的权重。",
    ),
    "chosen": Text(
        "Chosen among several values, by the highest {score} on the validation rows and anew in "
        "each split: {choices}. The test fold had no part in any choice.",
        "以下各值由验证数据上的{score}择优选取，每次划分重新选取：{choices}。测试折不参与任何选择。",
    ),
    "chosen_lowest": Text(
        "Chosen among several values, by the lowest {score} on the validation rows and anew in "
        "each split: {choices}. The test fold had no part in any choice.",
        "以下各值由验证数据上最低的{score}选取，每次划分重新选取：{choices}。"
        "测试折不参与任何选择。",
    ),
    "choice": Text("the {name} of {of} among {values}", "{of}的{name}：{values}"),
    "nothing_chosen": Text(
        "Nothing was chosen by the scores of the validation rows.",
        "没有用验证数据的得分作任何选择。",
    ),
    "all_networks": Text("the networks", "网络"),
    "all_models": Text("all models", "所有模型"),
    "layers": Text(
        "The networks have hidden layers of {layers} units, with the activation after each of "
        "them, and initial weights that suit it; ",
        "网络的隐藏层各有 {layers} 个单元，其后都接激活函数，初始权重也与之相配；",
    ),
    "layers_varied": Text(
        "The networks have the activation after each of their hidden layers; ",
        "网络的每个隐藏层之后都接激活函数；",
    ),
    "training": Text(
        "solver {solver}, mini-batches of {batch} rows{rate}. Within a split all start from the "
        "same seed.",
        "优化器 {solver}，小批量 {batch} 行{rate}。同一次划分中，所有网络的随机种子相同。",
    ),
    "rate": Text(", learning rate {rate}", "，学习率 {rate}"),
    "overlap": Text(
        "The training folds of different splits share rows, so their scores are not independent: "
        "intervals, p-values and probabilities carry the correction of Nadeau and Bengio for that.",
        "不同划分的训练折有共同的行，得分并不独立，因此置信区间、p 值与概率都按 Nadeau–Bengio "
        "方法校正。",
    ),
    "paired": Text(" Differences are taken split by split.", "差值逐次划分计算。"),
    "holm": Text(
        " Differences are taken split by split, and p-values corrected after Holm for all "
        "{n_pairs} pairs, as the best was picked from the same scores.",
        "差值逐次划分计算；最佳者也是从这些得分中挑出的，所以 p 值按 Holm 方法对全部 {n_pairs} "
        "对比较校正。",
    ),
    "verdicts": Text(
        "Three verdicts are told apart. Two are equivalent in practice if the Bayesian correlated "
        "t-test gives a probability of at least 95% that their mean scores differ by no more than "
        "{rope}{why}. Otherwise one is better if p is below 0.05. Else there is no evidence of a "
        "difference, which does not mean that there is none.",
        "结论分三种：若贝叶斯相关 t 检验给出的、平均得分相差不超过 {rope}{why}的概率至少为 95%，"
        "则两者实际等效；否则若 p 小于 0.05，则其一更好；再否则就是没有差异的证据，"
        "这并不等于没有差异。",
    ),
    "of_scale": Text(" (1% of the score's scale)", "（得分尺度的 1%）"),
    "as_given": Text(" (as given)", "（由用户给定）"),
    "work": Text(
        "{n_fits} models were fitted{engine}, {seconds} s in all{known}.",
        "{engine}共拟合 {n_fits} 个模型，总计 {seconds} 秒{known}。",
    ),
    "work_networks": Text(
        "{n_fits} networks were trained{engine}, {seconds} s in all{known}.",
        "{engine}共训练 {n_fits} 个网络，总计 {seconds} 秒{known}。",
    ),
    "engine": Text(" by {engine}", "由 {engine} "),
    "known": Text(
        "; {n_known} of them were known from an earlier run", "，其中 {n_known} 个来自之前的运行"
    ),
}

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
