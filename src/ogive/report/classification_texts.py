"""What the report on a model of classes says in its own words."""

from __future__ import annotations

from ogive.text import Text

__all__ = ["FIGURES", "TEXTS"]

TEXTS = {
    "title_named": Text("{kind} for {target}: {name}", "{target} 的分类（{kind}）：{name}"),
    "title": Text("{kind} for {target}", "{target} 的分类（{kind}）"),
    "verdict": Text("Verdict", "结论"),
    "right": Text(
        "Of {n} rows that were held out, {right} are predicted rightly: {share} ({level:g}% "
        "interval {low} to {high}). ",
        "留出的 {n} 行中，{right} 行预测正确：{share}（{level:g}% 置信区间 {low} 至 {high}）。",
    ),
    "better": Text(
        "Always saying {name!r} would get {baseline} right, so the model has learned something.",
        "总是猜“{name}”的准确率是 {baseline}，所以模型确实学到了东西。",
    ),
    "no_better": Text(
        "Always saying {name!r} would get {baseline} right, which lies within the interval: "
        "nothing shows that the model does better than that.",
        "总是猜“{name}”的准确率是 {baseline}，落在区间之内：没有证据表明模型比这更好。",
    ),
    "worse": Text(
        "Always saying {name!r} would get {baseline} right, which is better.",
        "总是猜“{name}”的准确率是 {baseline}，比模型还好。",
    ),
    "cautions": Text("Before trusting it", "采信之前"),
    "few": Text(
        "Only {n} rows were held out, so that the accuracy is known only roughly.",
        "只留出了 {n} 行，因此准确率只是粗略的估计。",
    ),
    "never": Text(
        "Of {classes} no row that was held out is found.",
        "{classes} 的留出行一行也没有被找出来。",
    ),
    "certain": Text(
        "The model held the true class of at least one row for impossible, so that the log-loss is "
        "infinite: its probabilities are too extreme.",
        "模型认为至少一行的真实类别绝无可能，因此对数损失为无穷大：它给出的概率过于极端。",
    ),
    "figures": Text("Figures", "图"),
    "no_script": Text(
        "The figures are drawn by JavaScript, which is switched off here.",
        "图由 JavaScript 绘制，而此处已将其关闭。",
    ),
    "data": Text("Data and model", "数据与模型"),
    "references": Text("Reference levels", "参照水平"),
    "reference": Text("{column}: {level}", "{column}：{level}"),
    "settings": Text("Settings", "设置"),
    "environment": Text("Environment", "环境"),
    "system": Text("System", "系统"),
    "cores": Text("Cores", "核心数"),
    "repeat": Text("To repeat it", "如何重做"),
    "repeat_note": Text(
        "The same command with the same versions gives the same numbers.",
        "用相同的版本运行这条命令，会得到相同的数字。",
    ),
}

FIGURES = {
    "confusion": (
        Text("Confusion matrix", "混淆矩阵"),
        Text(
            "Held-out rows by their class and the class predicted; what lies off the diagonal is "
            "wrong.",
            "留出行的实际类别与预测类别；不在对角线上的都是错误。",
        ),
    ),
    "roc": (
        Text("ROC curve", "ROC 曲线"),
        Text(
            "How many of the class are found (up) at the price of how many wrongly taken for it "
            "(right), as the threshold falls. The nearer to the upper left corner, the better.",
            "随着阈值降低，找出多少属于该类别的行（纵轴），代价是误判了多少（横轴）。"
            "越靠近左上角越好。",
        ),
    ),
    "precision_recall": (
        Text("Precision and recall", "精确率与召回率"),
        Text(
            "Telling where a class is rare: of what is taken for it, the share that is of it (up), "
            "against the share of it that is found (right).",
            "类别很少见时更有参考价值：纵轴是判为该类别的行中确属它的比例，"
            "横轴是该类别的行中被找出的比例。",
        ),
    ),
    "calibration": (
        Text("Are the probabilities right?", "概率准不准？"),
        Text(
            "On the dashed line, of the rows said to be of a class with 70% probability 70% are. "
            "Bars show how far chance alone can move a point.",
            "若落在虚线上，则被判定有 70% 概率属于某类别的行中，恰有 70% 属于它。"
            "竖线表示偶然性可以造成的偏移。",
        ),
    ),
    "thresholds": (
        Text("Choosing the threshold", "阈值的选择"),
        Text(
            "What becomes of accuracy, precision and recall as the probability asked for changes "
            "(--threshold).",
            "所要求的概率改变时（--threshold），准确率、精确率和召回率如何变化。",
        ),
    ),
    "line": (
        Text("The line between the two classes", "两个类别之间的直线"),
        Text(
            "On it the probability is one half; all rows are drawn.",
            "线上的概率是二分之一；图中画出了全部行。",
        ),
    ),
    "maps": (
        Text("Maps of the strategies", "各种策略的地图"),
        Text(
            "Which class each way to decide gives to every place, with the lines of its two-class "
            "models.",
            "各种判定方法在每一处给出的类别，以及其中各个二分类模型的直线。",
        ),
    ),
    "standardised": (
        Text("", ""),
        Text(" Axes count in standard deviations.", "坐标轴以标准差为单位。"),
    ),
    "code": (
        Text("The code book", "码本"),
        Text(
            "Each line is the code word of a class, each column a two-class problem.",
            "每一行是一个类别的码字，每一列是一个二分类问题。",
        ),
    ),
    "decoded": (
        Text("", ""),
        Text(
            " Above it stand the answers for the most doubtful row, beside it how far each word is "
            "from them.",
            "上方是最难判断的一行得到的回答，右侧是各码字与它的距离。",
        ),
    ),
    "votes": (
        Text("Votes on the most doubtful row", "最难判断的一行的投票"),
        Text(
            "Each line is a class, each cell its duel with the class of the column.",
            "每一行是一个类别，每一格是它与该列类别的对决。",
        ),
    ),
}
