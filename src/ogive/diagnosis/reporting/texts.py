"""What the report on a diagnosis says around its findings, in both languages."""

from ogive.text import Text

__all__ = ["AXES", "FIGURES", "KEPT", "TEXTS"]

TEXTS = {
    "title": Text("Diagnosis of {model}", "{model} 的诊断"),
    "title_named": Text("Diagnosis of {model} on {name}", "{model} 在 {name} 上的诊断"),
    "verdict": Text("Verdict", "结论"),
    "healthy": Text(
        "None of the {n} checks that could be made found anything wrong.",
        "所做的 {n} 项检查没有发现任何问题。",
    ),
    "tips_only": Text(
        "Nothing spoils this network; there is something worth knowing: {names}.",
        "没有发现会妨碍这个网络的问题；有值得了解之处：{names}。",
    ),
    "ill": Text("Something is wrong: {names}.", "发现问题：{names}。"),
    "first": Text(" First to try: {remedy}", "首先可试：{remedy}"),
    "findings": Text("Findings", "检查结果"),
    "to_do": Text("What to do", "如何处理"),
    "numbers": Text("Numbers", "数值"),
    "page": Text("What is behind {code}: {name}", "{code}（{name}）的说明"),
    "others": Text("What passed and what could not be checked", "通过的检查与无法进行的检查"),
    "tried": Text("Remedies that were tried", "试过的补救办法"),
    "figures": Text("Figures", "图"),
    "no_script": Text("The figures need JavaScript.", "显示图需要 JavaScript。"),
    "layers": Text("Layers", "各层"),
    "layers_note": Text(
        "From the input to the output, measured over {n} rows. A dash is what is not known.",
        "从输入到输出，在 {n} 行上测得。短横表示未知。",
    ),
    "layer": Text("layer", "层"),
    "meanings": Text("What the columns mean", "各列的含义"),
    "data": Text("What was measured", "测量对象"),
    "training": Text("Training, as far as known", "已知的训练设置"),
    "environment": Text("Environment", "运行环境"),
    "thresholds": Text("Limits used", "所用的阈值"),
    "thresholds_note": Text(
        "The findings were formed by these limits; those marked with * were set by the user. The "
        "reference of ogive.diagnosis.Thresholds tells where each comes from.",
        "检查结果按这些阈值得出；带 * 的由用户设定。每个阈值的来源见 ogive.diagnosis.Thresholds "
        "的参考文档。",
    ),
    "show_thresholds": Text("{n} limits", "{n} 个阈值"),
    "pages": Text("About the findings", "检查结果的说明"),
    "repeat": Text("Repeat", "重复运行"),
    "repeat_note": Text("The command that made this report.", "生成本报告的命令。"),
    "system": Text("system", "系统"),
    "cores": Text("cores", "核心数"),
}

FIGURES = {
    "states": (
        Text("State of the units", "单元的状态"),
        Text(
            "Each bar is a layer, from the input above to the output below. Dead units get no "
            "gradient for good, silent ones none on these rows; a twin gives the same output as "
            "another unit.",
            "每一条是一层，上为输入、下为输出。死亡单元永远得不到梯度，沉默单元只是在这些行上没有"
            "梯度；重复单元与另一单元的输出相同。",
        ),
    ),
    "gradient": (
        Text("Gradient by layer", "各层的梯度"),
        Text(
            "How large the derivative of the loss with respect to z is on its way back from the "
            "output. The prediction multiplies the gain of each layer, sqrt(fan_in · w² · "
            "E[f'(z)²]), from the last layer on; where it differs from what was measured, weights "
            "and signal are no longer independent.",
            "损失对 z 的导数从输出层往回传时的大小。预测值从最后一层起逐层乘以增益 "
            "sqrt(fan_in · w² · E[f'(z)²])；与实测不同之处，权重与信号已不再独立。",
        ),
    ),
    "histograms": (
        Text("Distribution of z and a", "z 与 a 的分布"),
        Text(
            "On rows drawn at random. A signal that narrows or widens with depth is lost or blows "
            "up; mass piled up at the ends of a bounded function is saturation.",
            "取自随机抽取的行。分布随层数变窄或变宽，说明信号消失或爆炸；"
            "堆积在有界函数两端的是饱和。",
        ),
    ),
    "activity": (
        Text("Activity of each unit", "每个单元的活跃程度"),
        Text(
            "Share of rows on which the slope of the activation is above 5 % of its greatest, unit "
            "by unit. A level plateau at 0 % is dead or silent.",
            "激活函数斜率超过其最大值 5 % 的行所占比例，逐单元给出。位于 0 % 的平台是死亡或沉默的"
            "单元。",
        ),
    ),
    "silent": (
        Text("Silent units during training", "训练过程中的沉默单元"),
        Text(
            "Share of a layer's units through which no gradient passed on any row measured in that "
            "epoch. Where it jumps, a step was too large.",
            "在该轮所测各行上都没有梯度通过的单元占该层的比例。突然跳升之处，步长过大。",
        ),
    ),
    "error": (
        Text("Gradient during training", "训练过程中的梯度"),
        Text("Norm of dLoss/dz by layer and epoch.", "各层在各轮的 dLoss/dz 范数。"),
    ),
    "update": (
        Text("Size of the updates during training", "训练过程中的更新大小"),
        Text(
            "Norm of one update over the norm of the weights; about 0.001 is usual.",
            "一次更新的范数与权重范数之比；通常约为 0.001。",
        ),
    ),
    "outputs": (
        Text("Outputs of the layers during training", "训练过程中各层的输出"),
        Text(
            "Each column is a histogram of the layer's outputs at that epoch.",
            "每一竖列是该层在该轮输出的直方图。",
        ),
    ),
}

KEPT = Text(
    " The broken line marks epoch {epoch}: early stopping kept its weights, and the findings and "
    "the other figures are about those.",
    "虚线标出第 {epoch} 轮：早停保留了该轮的权重，检查结果和其他图都针对这些权重。",
)

AXES = {
    "silent": Text("Silent units", "沉默单元的比例"),
    "error": Text("Norm of dLoss/dz (log scale)", "dLoss/dz 的范数（对数轴）"),
    "update": Text("Update over weights (log scale)", "更新/权重（对数轴）"),
}
