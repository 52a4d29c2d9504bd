"""What is said of a gradient descent that did not converge."""

from __future__ import annotations

from ogive.linear.descent import Settings
from ogive.linear.descent_record import advice_text, smaller_text
from ogive.text import Text

__all__ = ["outcome_text"]


def outcome_text(
    state: str,
    batch: int | None,
    rate: float,
    limit: float,
    settings: Settings,
    gradient: float,
    automatic: bool,
) -> Text | None:
    """Say what went wrong and what to do, or return None where it converged."""
    if state == "converged":
        return None
    if state == "diverged":
        smaller = smaller_text(batch)
        return Text(
            f"Gradient descent diverged and failed to converge: the learning rate {rate:g} is too "
            "large. On these data, whose columns are centred and scaled, every rate below 2/L = "
            f"{limit:.4g} makes the loss smaller{smaller.en}. Use learning_rate='auto'.",
            f"梯度下降发散：学习率 {rate:g} 过大。对这些数据（各列已中心化并缩放），"
            f"小于 2/L = {limit:.4g} 的学习率必使损失下降{smaller.zh}。"
            "请使用 learning_rate='auto'。",
        )
    reached = Text(
        f"Gradient descent failed to converge in max_iter={settings.max_iter} epochs: the largest "
        f"component of the gradient is {gradient:.1e}, where tol={settings.tol:g} is asked for. ",
        f"梯度下降在 max_iter={settings.max_iter} 轮后尚未收敛：梯度的最大分量为 {gradient:.1e}，"
        f"而要求的 tol={settings.tol:g}。",
    )
    advice = advice_text(
        batch,
        rate,
        limit,
        automatic,
        Text(
            "Raise max_iter or tol, or use solver='auto', which needs few steps.",
            "请增大 max_iter 或 tol，或使用只需少数几步的 solver='auto'。",
        ),
    )
    return Text(reached.en + advice.en, reached.zh + advice.zh)
