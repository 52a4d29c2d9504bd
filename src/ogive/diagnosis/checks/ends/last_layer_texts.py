"""What OGV110 says."""

from __future__ import annotations

from ogive.text import Text

DOUBLE_SOFTMAX = (
    Text(
        "Softmax is applied twice: by the model and by {loss}, so the loss cannot fall below "
        "{least} ({chance} is that of guessing among {n} classes).",
        "softmax 用了两次：模型里一次，{loss} 里又一次，因此损失无法低于 {least}"
        "（在 {n} 个类别中随意猜测时为 {chance}）。",
    ),
    Text(
        "{loss} takes logits. Probabilities in their place differ by 1 at most, which flattens the "
        "loss and shrinks every gradient.",
        "{loss} 需要的是 logit。把概率当作 logit，彼此最多相差 1，损失曲面因此变平，"
        "所有梯度都变小。",
    ),
)
DOUBLE_LOGISTIC = (
    Text(
        "The sigmoid is applied twice: by the model and by {loss}, so the loss of a row cannot "
        "fall below {positive} (target 1) or {negative} (target 0).",
        "sigmoid 用了两次：模型里一次，{loss} 里又一次，因此一行的损失无法低于 "
        "{positive}（目标为 1）"
        "或 {negative}（目标为 0）。",
    ),
    Text(
        "{loss} takes logits. A probability in its place stands for a logit of 0 to 1, so every "
        "row is predicted to be of class 1 with 50 % to 73 %.",
        "{loss} 需要的是 logit。概率被当作 0 到 1 之间的 logit，于是每一行都被认为有 50% 到 73% "
        "的可能属于类别 1。",
    ),
)
NEEDLESS_LOG = (
    Text(
        "The model's log-softmax is repeated by {loss}.",
        "模型末尾的 log-softmax 在 {loss} 里又做了一遍。",
    ),
    Text(
        "It does no harm, for log-softmax of log-softmax is the same, but it costs time.",
        "这不影响结果，因为对 log-softmax 再取 log-softmax 不变，只是浪费时间。",
    ),
)
SINGLE_SOFTMAX = (
    Text(
        "Softmax over a single output is 1 for every row.",
        "对单个输出做 softmax，每一行的结果都是 1。",
    ),
    Text(
        "The loss is 0 or constant and its gradient 0, whatever the input: nothing is learnt.",
        "无论输入是什么，损失都是 0 或常数，梯度为 0：什么也学不到。",
    ),
)
WRONG_AXIS = (
    Text(
        "{name} is taken over the rows of a batch (dim=0), not over the outputs of a row.",
        "{name} 是对一批数据的各行（dim=0）做的，而不是对一行的各个输出做的。",
    ),
    Text(
        "The probabilities of a row do not sum to 1, and its answer depends on which other rows "
        "are in the batch; the loss then pushes rows against each other.",
        "一行的各个概率之和不是 1，它的结果取决于同一批里还有哪些行；损失函数让各行彼此竞争。",
    ),
)
UNFIT = (
    Text(
        "{loss} takes {wanted}; the model gives numbers from {low} to {high} ({activation}).",
        "{loss} 需要{wanted}；模型给出的是 {low} 到 {high} 之间的数（{activation}）。",
    ),
    Text(
        "The loss is then no likelihood: it can fall without end while predictions get no better.",
        "这样的损失不再是似然：它可以无限下降，而预测并不变好。",
    ),
)
CLIPPED = (
    Text(
        "The logits for {loss} pass through {activation} and stay between {low} and {high}.",
        "送入 {loss} 的 logit 经过 {activation}，被限制在 {low} 到 {high} 之间。",
    ),
    Text(
        "Logits may be any number. Limited ones keep the network from being sure, and where the "
        "function is flat an output gets no gradient any more.",
        "logit 可以是任何数。限制其范围使网络无法给出确定的判断，而在函数平坦处，"
        "输出不再得到梯度。",
    ),
)
OUT_OF_RANGE = (
    Text(
        "The last activation ({activation}) gives {low} to {high}, but the targets go from {least} "
        "to {greatest}.",
        "最后的激活函数（{activation}）只能给出 {low} 到 {high}，而目标值从 {least} 到 "
        "{greatest}。",
    ),
    Text(
        "Targets outside are never reached; the outputs press against the bound, where the "
        "gradient vanishes.",
        "范围之外的目标永远达不到；输出被压在边界上，那里的梯度趋于零。",
    ),
)
NEGATIVE_COUNTS = (
    Text(
        "The Poisson loss is for counts, but targets go down to {least}.",
        "泊松损失用于计数，而目标值最小为 {least}。",
    ),
    Text(
        "A negative target pulls the prediction towards 0 without end, and the loss has no least "
        "value.",
        "负的目标值会把预测无止境地拉向 0，损失没有最小值。",
    ),
)
TARGETS_NOT_SHARES = (
    Text(
        "{loss} is for targets between 0 and 1, but they go from {least} to {greatest}.",
        "{loss} 要求目标值在 0 到 1 之间，而现在是 {least} 到 {greatest}。",
    ),
    Text(
        "Outside of it the loss falls without end as outputs grow, so training runs away.",
        "超出这个范围，输出越大损失越小，没有尽头，训练会失控。",
    ),
)
CLASSES_AS_NUMBERS = (
    Text(
        "A regression ({loss}) on only {values} whole values: are they classes?",
        "这是回归（{loss}），但目标只有 {values} 个不同的整数值：它们是类别吗？",
    ),
    Text(
        "The squared error takes class 2 to be nearer to class 1 than class 3 is, and its gradient "
        "is small where a prediction is quite wrong. For true numbers, such as marks, it is right.",
        "平方误差会认为类别 2 比类别 3 更接近类别 1，而且在预测完全错误时梯度很小。"
        "如果目标确实是数量（例如评分），则没有问题。",
    ),
)
MANY_CLASSES = (
    Text(
        "{classes} classes with {rows} rows in the median one: are they numbers?",
        "共有 {classes} 个类别，中位数的类别只有 {rows} 行：它们其实是数值吗？",
    ),
    Text(
        "A classifier learns each class by itself and does not know that 71 lies between 70 and "
        "72; a regression does.",
        "分类器把每个类别当作互不相干的，不知道 71 介于 70 和 72 之间；回归知道。",
    ),
)
CONSTANT = (
    Text(
        "The network gives the same answer for every row ({shown}).",
        "网络对每一行都给出同样的结果（{shown}）。",
    ),
    Text(
        "Nothing of the input arrives at the outputs: a layer before them is dead or saturated, or "
        "the last function is flat there; see the other findings.",
        "输入的信息没有到达输出：前面某一层已经死亡或饱和，或者最后的函数在那里是平的；"
        "请看其他诊断结果。",
    ),
)
PASSED = Text(
    "The last layer ({activation}) and the loss ({loss}) fit each other and the targets.",
    "最后一层（{activation}）与损失函数（{loss}）彼此相配，也与目标相配。",
)
PASSED_ALONE = Text(
    "The last layer ({activation}) and the loss ({loss}) fit each other.",
    "最后一层（{activation}）与损失函数（{loss}）彼此相配。",
)
