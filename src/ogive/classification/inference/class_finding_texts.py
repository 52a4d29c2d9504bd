"""The texts of findings on classes: title, meaning and remedy."""

from __future__ import annotations

from ogive.text import Text

__all__ = [
    "CONTRADICTION",
    "DEPENDENT",
    "FEW",
    "FEW_PENALISED",
    "FEW_UNPENALISED",
    "IMBALANCE",
    "NOT_CONVERGED",
    "SINGLE",
    "percent",
]


def percent(share: float) -> str:
    """Write a share in per cent; never 100 for what is less."""
    if share < 1 and f"{100 * share:.2f}" == "100.00":
        return ">99.99"
    return f"{100 * share:.2f}"


CONTRADICTION = (
    Text("Identical rows have different classes.", "相同的行属于不同的类别。"),
    Text(
        "{rows} rows are in {groups} group{s} of rows with the same features but not the same "
        "class, such as rows {first} and {other} (counted from 0). No classifier can be right "
        "about all of them: the best attainable accuracy on these rows is {best} %.",
        "{rows} 行分属 {groups} 组特征相同而类别不同的行，例如第 {first} 行和第 {other} 行"
        "（从 0 起数）。任何分类器都不可能全部判对：在这些数据上能达到的最高准确率为 {best}%。",
    ),
    Text(
        "Look for wrong labels, or for a feature that tells these rows apart; if chance decides "
        "their class, use probabilities instead of predicted classes.",
        "请检查标签是否有误，或补充能区分这些行的特征；如果类别确由偶然决定，"
        "请使用概率而不是预测的类别。",
    ),
)
SINGLE = (
    Text("A class has only one row.", "有的类别只有一行。"),
    Text(
        "The class{s} {classes} {have} one row: it is learned by heart, and cannot be both in a "
        "training and in a test part, so that cross-validation says nothing about it.",
        "类别 {classes} 只有一行：模型只是记住它，而且它不能同时出现在训练集和测试集中，"
        "交叉验证因而无从评价它。",
    ),
    Text(
        "Gather more rows of it, merge it with a similar class, or leave it out.",
        "请补充该类的数据，把它并入相近的类别，或去掉它。",
    ),
)
FEW = (
    Text(
        "A class has few rows for the number of features.", "相对于特征的个数，有的类别行数太少。"
    ),
    Text(
        "The class {label} has {n} rows for {p} feature{s} ({many} of the classes {have} fewer "
        "than {needed}): its coefficients are estimated badly, and without a penalty they are too "
        "large.",
        "类别 {label} 只有 {n} 行，而特征有 {p} 个（少于 {needed} 行的类别共 {many} 个）："
        "其系数估计得不准，不加惩罚时会偏大。",
    ),
    Text(
        "Use a penalty (a smaller C, chosen by cross-validation) or fewer features.",
        "请使用惩罚（由交叉验证选取较小的 C），或减少特征。",
    ),
)
FEW_UNPENALISED = (
    FEW[0],
    Text(
        "The class {label} has {n} rows for {p} feature{s} ({many} of the classes {have} fewer "
        "than {needed}): its coefficients are estimated badly, and without a penalty, as here, "
        "they are too large.",
        "类别 {label} 只有 {n} 行，而特征有 {p} 个（少于 {needed} 行的类别共 {many} 个）："
        "其系数估计得不准，而且该模型没有惩罚项，系数会偏大。",
    ),
    FEW[2],
)
FEW_PENALISED = (
    FEW[0],
    Text(
        "The class {label} has {n} rows for {p} feature{s} ({many} of the classes {have} fewer "
        "than {needed}): its coefficients are estimated badly, and how large they are depends much "
        "on the penalty.",
        "类别 {label} 只有 {n} 行，而特征有 {p} 个（少于 {needed} 行的类别共 {many} 个）："
        "其系数估计得不准，其大小在很大程度上取决于惩罚项。",
    ),
    Text(
        "Choose C by cross-validation, or use fewer features.",
        "请由交叉验证选取 C，或减少特征。",
    ),
)
IMBALANCE = (
    Text("The classes are of very different size.", "各类的大小相差悬殊。"),
    Text(
        "There are {ratio} rows of {large} for each one of {small}: who always says {large} is "
        "right about {share} %, so accuracy says little.",
        "每 1 行 {small} 对应 {ratio} 行 {large}：总是回答 {large} 的准确率就有 {share}%，"
        "因此准确率说明不了什么。",
    ),
    Text(
        "Judge by balanced accuracy, by the precision-recall curve or by log-loss, and choose the "
        "threshold by the costs of both errors; class_weight='balanced' moves it, but makes the "
        "probabilities wrong.",
        "请用平衡准确率、精确率–召回率曲线或对数损失来评价，并按两类错误的代价选择阈值；"
        "class_weight='balanced' 会移动阈值，但会使概率失真。",
    ),
)
DEPENDENT = (
    Text("Columns are combinations of others.", "有的列是其他列的组合。"),
    Text(
        "{n} column{s} {depend} on others. {example} Their coefficients are not determined by the "
        "data, only by the penalty if there is one; predictions do not suffer.",
        "有 {n} 列依赖于其他列。{example}它们的系数不由数据决定，若有惩罚项则只由惩罚项决定；"
        "预测不受影响。",
    ),
    Text("Leave out one column of each dependency.", "请从每组相关列中去掉一列。"),
)
NOT_CONVERGED = (
    Text("The solver has not converged.", "求解器尚未收敛。"),
    Text(
        "The largest component of the gradient is {norm}: the coefficients are not those of the "
        "minimum.",
        "梯度的最大分量为 {norm}：所得系数并不是最小值点。",
    ),
    Text(
        "Standardise the columns, increase max_iter, or use solver='auto'.",
        "请标准化各列、增大 max_iter，或使用 solver='auto'。",
    ),
)
