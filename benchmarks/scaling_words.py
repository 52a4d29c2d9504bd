"""The measurements of `benchmarks.scaling` as a table and the arithmetic for 100 workers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

PAGES = {"en": Path("docs/comparison_scaling.md"), "zh": Path("docs/zh/comparison_scaling.md")}
MARK = re.compile(r"(<!-- scaling:start -->\n).*?(<!-- scaling:end -->)", re.DOTALL)
MANY = 100

EN = """\
Medians of {rounds} rounds of {fits} fits, load of the machine at the end {load:.1f}:

| | one worker | two workers |
|---|---|---|
| time | {t1:.1f} s | {t2:.1f} s |
| share of the time of one worker | 1 | {ratio:.2f} |
| tasks | {n1:.0f} | {n2:.0f} |
| length of a task | {l1:.2f} s | {l2:.2f} s |
| workers busy | {b1:.0f} % | {b2:.0f} % |

A task that does nothing takes {overhead:.1f} ms. Pickled, the data have {data:.0f} kB, a task
{task:.2f} kB, a report {report:.1f} kB ({per_fit:.2f} kB a fit); {wire:.0f} kB a task went
through the loopback in all, Dask's own messages and the first journey of the data included.

For {many} workers and tasks of {aim} s this makes {rate:.0f} tasks a second. At {overhead:.1f} ms
each the scheduler and the client are busy for {share:.0f} % of the time, so that they carry about
{most:.0f} such workers; a worker loses {lost:.1f} % of its time. {flow:.0f} kB a second go back
and forth; the data go out {many} times, {once:.0f} MB in all, mostly between workers. {many}
workers want at least {least:.0f} fits of {fit:.2f} s for ten tasks each; with fewer the last
tasks leave some of them idle.
"""

ZH = """\
{fits} 次训练，{rounds} 轮的中位数，结束时机器负载 {load:.1f}：

| | 一个工作进程 | 两个工作进程 |
|---|---|---|
| 用时 | {t1:.1f} 秒 | {t2:.1f} 秒 |
| 与一个工作进程用时之比 | 1 | {ratio:.2f} |
| 任务数 | {n1:.0f} | {n2:.0f} |
| 任务时长 | {l1:.2f} 秒 | {l2:.2f} 秒 |
| 工作进程忙碌 | {b1:.0f} % | {b2:.0f} % |

空任务用时 {overhead:.1f} 毫秒。序列化之后，数据 {data:.0f} kB，一个任务 {task:.2f} kB，
一份报告 {report:.1f} kB（每次训练 {per_fit:.2f} kB）；每个任务共有 {wire:.0f} kB 经过本机回环，
其中包括 Dask 自己的消息和数据的首次发送。

{many} 个工作进程、每个任务 {aim} 秒，即每秒 {rate:.0f} 个任务。每个任务 {overhead:.1f} 毫秒，
调度器和客户端有 {share:.0f} %的时间在忙，因此大约能带动 {most:.0f} 个这样的工作进程；
工作进程损失 {lost:.1f} % 的时间。每秒来回 {flow:.0f} kB；数据发送 {many} 次，共 {once:.0f} MB，
大多在工作进程之间传送。{many} 个工作进程至少需要 {least:.0f} 次每次 {fit:.2f} 秒的训练，
才够每个做十个任务；再少的话，最后几个任务会让一部分工作进程空闲。
"""


def figures(summary: dict[str, Any]) -> dict[str, float]:
    """Return what the texts tell, from what was measured."""
    from ogive.comparison.running.backends.batching import TASK_SECONDS

    one, two = ({str(k): v for k, v in summary["by_workers"].items()}[n] for n in ("1", "2"))
    sent, overhead = summary["bytes"], summary["overhead_ms"] / 1e3
    rate = MANY / TASK_SECONDS
    fits_a_task = TASK_SECONDS / summary["fit_seconds"]
    return {
        "rounds": summary["rounds"],
        "fits": summary["fits"],
        "load": summary["load"][0],
        "ratio": summary["ratio"],
        "t1": one["seconds"],
        "t2": two["seconds"],
        "n1": one["tasks"],
        "n2": two["tasks"],
        "l1": one["task_seconds"],
        "l2": two["task_seconds"],
        "b1": 100 * one["busy"],
        "b2": 100 * two["busy"],
        "overhead": 1e3 * overhead,
        "data": sent["data"] / 1e3,
        "task": sent["task"] / 1e3,
        "report": sent["report"] / 1e3,
        "per_fit": sent["report_per_fit"] / 1e3,
        "wire": two["loopback_bytes_a_task"] / 1e3,
        "many": MANY,
        "aim": TASK_SECONDS,
        "rate": rate,
        "share": 100 * rate * overhead,
        "most": TASK_SECONDS / overhead,
        "lost": 100 * overhead / TASK_SECONDS,
        "flow": rate * (sent["task"] + sent["report_per_fit"] * fits_a_task) / 1e3,
        "once": MANY * sent["data"] / 1e6,
        "least": 10 * MANY * fits_a_task,
        "fit": summary["fit_seconds"],
    }


def write_into_docs(summary: dict[str, Any]) -> None:
    """Replace what stands between the marks of both pages."""
    told = figures(summary)
    for language, page in PAGES.items():
        words = (ZH if language == "zh" else EN).format(**told)
        text = page.read_text(encoding="utf-8")
        page.write_text(MARK.sub(rf"\g<1>\n{words}\n\g<2>", text), encoding="utf-8")
