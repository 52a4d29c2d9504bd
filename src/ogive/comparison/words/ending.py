"""Why a comparison made no more repeats, in a sentence."""

from __future__ import annotations

from ogive.comparison.running.stopping import MOST_REPEATS, Stopped
from ogive.text import Text

__all__ = ["ending_sentence"]


def ending_sentence(stopped: Stopped | None) -> Text | None:
    """Return why there are no more repeats, or None where their number was planned.

    Parameters
    ----------
    stopped : Stopped or None
        As the comparison has it.
    """
    if stopped is None or stopped.reason == "planned":
        return None
    n = stopped.n_repeats
    made = Text(f"{n} repeat{'' if n == 1 else 's'}", f"共重复 {n} 次")
    now, least = f"{stopped.half_width:.2g}", f"{stopped.least_half_width:.2g}"
    goal = "" if stopped.precision is None else f"{stopped.precision:g}"
    if stopped.reason == "precision":
        return Text(
            f"Stopped after {made.en}: precision reached. Every difference to the best is known "
            f"to within ± {now} (± {goal} wanted).",
            f"{made.zh}后停止：已达到所要的精度。与最佳者的每个差异都精确到 ± {now} 以内"
            f"（目标 ± {goal}）。",
        )
    if stopped.reason == "budget":
        wanted = Text(f" (± {goal} wanted)", f"（目标 ± {goal}）") if goal else Text("", "")
        return Text(
            f"Stopped after {made.en}: the time allowed has no room for another. The widest "
            f"difference to the best is known to within ± {now}{wanted.en}.",
            f"{made.zh}后停止：剩余时间不够再做一次。与最佳者的差异中最宽的精确到 "
            f"± {now}{wanted.zh}。",
        )
    if stopped.reason == "unreachable":
        return Text(
            f"Stopped after {made.en}: ± {goal} cannot be reached by more repeats of these rows, "
            f"which bring it from ± {now} to ± {least} at best; more rows would help.",
            f"{made.zh}后停止：仅靠重复使用这些数据行达不到 ± {goal}，"
            f"目前为 ± {now}，至多能到 ± {least}；增加数据行才有帮助。",
        )
    wanted = Text(f", ± {goal} wanted", f"，目标 ± {goal}") if goal else Text("", "")
    return Text(
        f"Stopped after {made.en}, the most that are made ({MOST_REPEATS}): the widest difference "
        f"to the best is known to within ± {now}{wanted.en}.",
        f"{made.zh}后停止，已到上限（{MOST_REPEATS} 次）：与最佳者的差异中最宽的精确到 "
        f"± {now}{wanted.zh}。",
    )
