"""The texts of OGV106."""

from __future__ import annotations

from ogive.text import Text

__all__ = [
    "LARGE",
    "LARGE_MEANING",
    "NOTHING_KNOWN",
    "NOTHING_SEEN",
    "OWN_STEP",
    "PASSED",
    "RATE",
    "RATIO",
    "SMALL",
    "SMALL_MEANING",
]

OWN_STEP = Text(
    "L-BFGS chooses the length of each step by itself.", "L-BFGS 自行选择每一步的长度。"
)
NOTHING_KNOWN = Text(
    "Neither losses by epoch nor the size of a step are known: give optimizer= or monitor=.",
    "每轮的损失和步长都未知：请给出 optimizer= 或 monitor=。",
)
PASSED = {
    "losses": Text(
        "The steps suit: the loss went from {start} to {end} over {epochs}.{of_ratio}",
        "步长合适：损失在 {n_epochs} 轮中从 {start} 变为 {end}。{of_ratio}",
    ),
    "update_ratio": Text(
        "The steps suit: one update is {update_ratio} of the weights' norm.",
        "步长合适：一次更新是权重范数的 {update_ratio} 倍。",
    ),
    "step_curvature": Text(
        "The steps suit: learning rate times curvature is {step_curvature}, below 2.",
        "步长合适：学习率乘以曲率为 {step_curvature}，小于 2。",
    ),
}
NOTHING_SEEN = Text(
    "Nothing shows that steps are too large or too small.", "没有迹象表明步长太大或太小。"
)
RATE = Text(" The learning rate is {rate}.", "学习率为 {rate}。")
RATIO = Text(
    " One update is {ratio} of the weights' norm; about 0.001 is the rule of thumb.",
    "一次更新是权重范数的 {ratio} 倍；经验值约为 0.001。",
)

LARGE = {
    "failed": Text(
        "Steps too large: the loss became infinite or undefined after {epochs}.",
        "步长太大：{n_epochs} 轮之后损失变为无穷大或 NaN。",
    ),
    "diverged": Text(
        "Steps too large: the loss ended at {end}, above the {start} it began with.",
        "步长太大：损失最后为 {end}，高于开始时的 {start}。",
    ),
    "jumps": Text(
        "Steps too large: in the later epochs the loss jumps up by {jump_share} of its scale on "
        "average.",
        "步长太大：在后面的各轮中，损失平均每轮回升其尺度的 {jump_share}。",
    ),
    "rose": Text(
        "Steps too large: the loss ended at {end} after it had been {least} in epoch "
        "{least_epoch}.",
        "步长太大：损失在第 {least_epoch} 轮曾为 {least}，最后却是 {end}。",
    ),
    "thrown": Text(
        "Steps too large: the loss rose to {peak} in epoch {peak_epoch}, and the network answers "
        "no "
        "better than a constant since.",
        "步长太大：损失在第 {peak_epoch} 轮升到 {peak}，此后网络的答案并不比常数更好。",
    ),
    "failed_early": Text(
        "Steps too large: training met numbers that are not finite at {times} times the usual "
        "learning rate.",
        "步长太大：学习率是通常值的 {times} 倍，训练中出现了非有限的数。",
    ),
    "useless": Text(
        "Steps too large: the network answers no better than a constant does, at {times} times the "
        "usual learning rate.",
        "步长太大：学习率是通常值的 {times} 倍，而网络的答案并不比常数更好。",
    ),
    "rate": Text(
        "The learning rate is {times} times the usual one.", "学习率是通常值的 {times} 倍。"
    ),
    "stuck": Text(
        "Steps too large: the loss never fell clearly below {scale}, that of the best constant "
        "answer.",
        "步长太大：损失始终没有明显低于 {scale}，即最佳常数答案的损失。",
    ),
    "curvature": Text(
        "Steps too large: learning rate times curvature is {step_curvature}, and from 2 on a step "
        "raises the loss.",
        "步长太大：学习率乘以曲率为 {step_curvature}，超过 2 时每一步都会使损失变大。",
    ),
    "ratio": Text(
        "Steps too large: one update is {update_ratio} of the weights' norm.",
        "步长太大：一次更新达到权重范数的 {update_ratio} 倍。",
    ),
}
LARGE_MEANING = Text(
    "Each step overshoots the valley it should descend into, and may throw units so far that they "
    "die.{of_rate}{of_ratio}",
    "每一步都越过了本该下降到的谷底，还可能把单元推得太远而死亡。{of_rate}{of_ratio}",
)
SMALL = {
    "falling": Text(
        "Steps too small: after {epochs} the loss is {end}, {end_share} of a constant "
        "answer's, and still falls steadily.",
        "步长太小：{n_epochs} 轮之后损失为 {end}，仍是常数答案的 {end_share}，并且还在平稳下降。",
    ),
    "ratio": Text(
        "Steps too small: one update is {update_ratio} of the weights' norm.",
        "步长太小：一次更新只有权重范数的 {update_ratio} 倍。",
    ),
}
SMALL_MEANING = Text(
    "At this pace training ends long before the network has learnt what it can.{of_rate}{of_ratio}",
    "照这个速度，训练结束时网络远未学到它能学到的。{of_rate}{of_ratio}",
)
