"""What the report over several data sets says in its own words."""

from __future__ import annotations

from ogive.text import Text

__all__ = ["DESIGN", "FIGURE", "TEXTS", "VERDICTS"]

TEXTS = {
    "title": Text("Compared on {n} data sets by {score}", "在 {n} 个数据集上的比较（{score}）"),
    "verdict": Text("Verdict", "结论"),
    "cautions": Text("Keep in mind", "注意"),
    "results": Text("Average ranks", "平均名次"),
    "results_note": Text(
        "On each data set the mean {score} and, in brackets, the rank; {direction}. Click a "
        "heading to sort.",
        "各数据集上为平均{score}，括号内为名次；{direction}。点击表头可排序。",
    ),
    "higher": Text("higher is better", "越高越好"),
    "lower": Text("lower is better", "越低越好"),
    "meanings": Text("What the columns mean", "各列的含义"),
    "figures": Text("Figure", "图"),
    "no_script": Text(
        "The figure is drawn by JavaScript, which is switched off here.",
        "图由 JavaScript 绘制，而此处已将其关闭。",
    ),
    "tests": Text("Tests", "检验"),
    "friedman": Text("Friedman, all candidates", "Friedman 检验（全部候选）"),
    "friedman_value": Text(
        "χ² = {chi2:.2f}, F = {f} (Iman and Davenport), p {p} ({how})",
        "χ² = {chi2:.2f}，F = {f}（Iman–Davenport），p {p}（{how}）",
    ),
    "f_infinite": Text("∞, as the data sets all agree", "∞，因为各数据集的名次全都一致"),
    "exact": Text("by counting all orders", "逐一数出所有排列"),
    "by_f": Text("by the F distribution", "按 F 分布"),
    "nemenyi": Text("Critical difference (Nemenyi)", "临界差（Nemenyi）"),
    "nemenyi_value": Text(
        "{cd:.2f} of average ranks, at 0.05; {n} of {n_pairs} pairs exceed it. It has no part in "
        "the verdict, which rests on the signed-rank tests",
        "平均名次相差 {cd:.2f}（水平 0.05）；{n_pairs} 对中有 {n} 对超过。"
        "它不参与结论，结论以符号秩检验为准",
    ),
    "reach": Text("What {n} data sets can show", "{n} 个数据集能说明什么"),
    "reach_value": Text(
        "no pair can have a p below {p}, or {holm} after Holm's correction; it takes {needed} data "
        "sets that agree for one pair to be below 0.05",
        "任何一对的 p 都不会低于 {p}，Holm 校正后不低于 {holm}；要使某一对低于 0.05，"
        "至少需要 {needed} 个一致的数据集",
    ),
    "pairs": Text("Pair by pair", "两两比较"),
    "pairs_note": Text(
        "The signed-rank test decides, corrected after Holm for all {n} pairs. It looks at the two "
        "candidates alone; the critical difference, which compares average ranks, depends on who "
        "else takes part and is given for the sake of comparison with the literature.",
        "以符号秩检验为准，已按 Holm 方法对全部 {n} 对校正。它只看这两个候选；"
        "临界差比较的是平均名次，会受其他参与者影响，列出只是为了便于与文献对照。",
    ),
    "pairs_all": Text("All {n} pairs", "全部 {n} 对"),
    "pair": Text("Pair", "两者"),
    "record": Text("Won, tied, lost", "胜、平、负"),
    "sums": Text("Rank sums", "秩和"),
    "p": Text("p", "p"),
    "p_holm": Text("p (Holm)", "p（Holm）"),
    "rank_difference": Text("Difference of average ranks", "平均名次之差"),
    "posterior": Text("Better / equivalent / worse", "更好 / 等效 / 更差"),
    "pair_verdict": Text("Verdict on the first", "对前者的结论"),
    "posterior_none": Text(
        "Probabilities of better, equivalent and worse are given from {n} data sets on: with fewer "
        "they would say more of the prior than of the data.",
        "数据集达到 {n} 个才给出更好、等效、更差的概率：再少，它们反映的多是先验而非数据。",
    ),
    "beyond": Text("{value} *", "{value} *"),
    "star": Text(
        "* beyond the critical difference, which is no verdict: p (Holm) decides",
        "* 超过临界差；这不是结论，以 p（Holm）为准",
    ),
    "data_sets": Text("Data sets", "数据集"),
    "rows": Text("Rows", "行数"),
    "columns": Text("Columns", "列数"),
    "target": Text("Target", "目标"),
    "its_verdict": Text("Verdict on it alone", "单独看的结论"),
    "design": Text("How this was computed", "计算方法"),
    "repeat": Text("To repeat it", "如何重做"),
    "repeat_note": Text(
        "The same commands with the same versions give the same scores.",
        "用相同的版本运行这些命令，会得到相同的得分。",
    ),
    "legend_best": Text("best average rank", "平均名次最好"),
    "legend_equivalent": Text("equivalent to it in practice", "与其实际等效"),
    "legend_level": Text("no evidence of a difference to it", "没有证据表明与其有差异"),
    "legend_worse": Text("worse", "更差"),
    "legend_better": Text("better where they differ most", "在差异最大处更好"),
}

VERDICTS = {
    "better": Text("better", "更好"),
    "worse": Text("worse", "更差"),
    "equivalent": Text("equivalent in practice", "实际等效"),
    "no_evidence": Text("no evidence", "无证据"),
}

FIGURE = (
    Text("Average ranks and the critical difference", "平均名次与临界差"),
    Text(
        "The best is on the left. A bar joins candidates whose average ranks differ by no more "
        "than Nemenyi's critical difference, the length of the ruler. That no bar joins two is no "
        "evidence yet: which pairs the signed-rank test tells apart stands in the table of pairs, "
        "and the verdict rests on that.",
        "最好的在左边。蓝条连接平均名次之差不超过 Nemenyi 临界差（即标尺长度）的候选。"
        "没有蓝条相连还不算证据：哪些对能被符号秩检验分开，见两两比较的表，结论以它为准。",
    ),
)

DESIGN = (
    Text(
        "Each data set counts once, with its mean test score over all splits, whatever its size: "
        "the question is what to expect on another data set of the kind, and for that the data "
        "sets are the sample.",
        "每个数据集不论大小只算一次，取其所有划分的平均测试得分：问题是在另一个同类数据集上会怎样，"
        "为此数据集才是样本。",
    ),
    Text(
        "Friedman's test asks whether the ranks could be chance. Its p-value counts all orders of "
        "the ranks where that is feasible, otherwise it comes from the form of Iman and Davenport.",
        "Friedman 检验问名次是否可能纯属偶然。可行时逐一数出名次的所有排列得到 p 值，"
        "否则用 Iman–Davenport 形式。",
    ),
    Text(
        "Wilcoxon's signed-rank test takes the differences of two candidates on the data sets, in "
        "units of the region of practical equivalence of each, and counts all signs they could "
        "have had; Holm's correction keeps the probability of even one false claim below 5%.",
        "Wilcoxon 符号秩检验取两个候选在各数据集上的差值，以该数据集的实际等效区间为单位，"
        "并数出它们所有可能的正负号；Holm 校正使哪怕一个错误断言的概率也低于 5%。",
    ),
    Text(
        "The probabilities are those of the Bayesian signed-rank test: how often, in the "
        "posterior, better, equivalent or worse is the most probable of the three on another data "
        "set. Equivalent means that a difference lies within the region of practical equivalence.",
        "概率来自贝叶斯符号秩检验：在后验中，对另一个数据集而言，“更好”“等效”“更差”"
        "各有多大机会是三者中最可能的。“等效”指差值落在实际等效区间内。",
    ),
    Text(
        "The data sets are taken for independent and for typical of those one cares about. No test "
        "can make up for data sets that were picked to suit.",
        "这里假定各数据集彼此独立，且能代表所关心的那一类。任何检验都无法弥补刻意挑选的数据集。",
    ),
)
