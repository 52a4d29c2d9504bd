"""Options of ``ogive compare``, and those it shares with ``ogive runs``."""

from __future__ import annotations

from typing import Annotated

import typer

from ogive.cli.language import both
from ogive.cli.options import DATA_HELP, DATA_PANEL, NETWORK_PANEL, option

__all__ = [
    "Activation",
    "Budget",
    "Csv",
    "DataSets",
    "Folds",
    "Jobs",
    "Json",
    "LearningRate",
    "NoReport",
    "NoStore",
    "NoTimes",
    "Precision",
    "Repeats",
    "Report",
    "Resume",
    "Rope",
    "Scheduler",
    "Scoring",
    "StorePlace",
    "Targets",
    "Track",
    "Vary",
]

COMPARED_PANEL = both("What is compared", "比较什么")
EXPERIMENT_PANEL = both("Experiment", "实验")
RUN_PANEL = both("Run", "运行")

DataSets = Annotated[
    list[str] | None,
    typer.Argument(metavar="DATA…", help=DATA_HELP),
]
Targets = Annotated[
    list[str] | None,
    option(
        "--target",
        "COLUMN",
        "The column to predict; with several DATA once for all of them, or repeated: once for each "
        "in their order.",
        "要预测的列；给出多个 DATA 时，可只给一次（共用），也可重复给出：按顺序为每个各给一次。",
        DATA_PANEL,
    ),
]
Vary = Annotated[
    list[str] | None,
    option(
        "--vary",
        "FACTOR[=V,V…]",
        "What to compare: activation, depth, width, init, learning_rate or model, by itself or "
        "with its values, as in depth=1,2,4 or model=linear,mlp; repeated, the factors are "
        "crossed. [activation]",
        "比较什么：activation、depth、width、init、learning_rate 或 model，可以带上取值，例如 "
        "depth=1,2,4 或 model=linear,mlp；重复给出时各因素两两交叉。 [activation]",
        COMPARED_PANEL,
    ),
]
Activation = Annotated[
    list[str] | None,
    option(
        "--activation -a",
        "NAME,…",
        "Names or formulas to compare, with commas between them (may be repeated); "
        "'all' is the whole catalogue. [12 common ones]",
        "要比较的函数名或公式，用逗号分隔（可重复给出）；“all”表示目录中的全部。 [12 个常用函数]",
        COMPARED_PANEL,
    ),
]
LearningRate = Annotated[
    list[str] | None,
    option(
        "--learning-rate",
        "X,…",
        "Learning rates to try, with commas between them (may be repeated). [0.001, 0.003, 0.01]",
        "要尝试的学习率，用逗号分隔（可重复给出）。 [0.001, 0.003, 0.01]",
        NETWORK_PANEL,
    ),
]
Folds = Annotated[
    str,
    option("--folds", "N", "Folds of the cross-validation.", "交叉验证的折数。", EXPERIMENT_PANEL),
]
Repeats = Annotated[
    str,
    option(
        "--repeats",
        "N",
        "How often it is repeated, at least.",
        "交叉验证至少重复的次数。",
        EXPERIMENT_PANEL,
    ),
]
Scoring = Annotated[
    str | None,
    option(
        "--scoring",
        "NAME",
        "Score to compare by: accuracy, balanced_accuracy, f1, auc, log_loss; r2, rmse, mae; or "
        "the name of any scorer of scikit-learn's. [accuracy, or r2 for regression]",
        "用于比较的评分指标：accuracy、balanced_accuracy、f1、auc、log_loss；r2、rmse、mae；"
        "或 scikit-learn 中任一评分器的名称。 [分类为 accuracy，回归为 r2]",
        EXPERIMENT_PANEL,
    ),
]
Rope = Annotated[
    str | None,
    option(
        "--rope",
        "X",
        "Differences of the score up to X make no difference in practice; with 0 "
        "nothing is called equivalent. [1 % of its scale]",
        "分数之差不超过 X 时视为实际等效；0 表示不判等效。 [评分尺度的 1%]",
        EXPERIMENT_PANEL,
    ),
]
Precision = Annotated[
    str | None,
    option(
        "--precision",
        "X",
        "Add repeats until every difference to the best is known to within ± X, if these rows "
        "allow it.",
        "不断追加重复，直到与最佳者的每个差异都精确到 ± X（在这些数据行允许的范围内）。",
        EXPERIMENT_PANEL,
    ),
]
Budget = Annotated[
    str | None,
    option(
        "--budget",
        "TIME",
        "Add repeats for so long, such as 90s, 10m or 1h30m; with --precision, no longer.",
        "在这段时间内追加重复，例如 90s、10m 或 1h30m；与 --precision 同用时为时间上限。",
        EXPERIMENT_PANEL,
    ),
]
Jobs = Annotated[
    str | None,
    option("--jobs -j", "N", "Threads, or processes. [all cores]", "线程数或进程数。 [全部核心]",
           RUN_PANEL),
]  # fmt: skip
Scheduler = Annotated[
    str | None,
    option(
        "--scheduler",
        "ADDRESS",
        "Where the fits are done: threads, processes, dask://local, tcp://HOST:PORT (Dask), ray, "
        "ray://HOST:PORT or spark. [threads]",
        "在哪里训练：threads、processes、dask://local、tcp://主机:端口（Dask）、ray、"
        "ray://主机:端口 或 spark。 [threads]",
        RUN_PANEL,
    ),
]
StorePlace = Annotated[
    str | None,
    option(
        "--store",
        "PATH|URL",
        "Where every fit is kept when it ends: an SQLite file or the URL of a database. "
        "[OGIVE_STORE, or a file in your data folder]",
        "每次训练结束后结果存放的位置：SQLite 文件或数据库 URL。 "
        "[OGIVE_STORE，或用户数据目录中的文件]",
        RUN_PANEL,
    ),
]
NoStore = Annotated[
    bool,
    option(
        "--no-store",
        "",
        "Keep nothing, and take nothing from earlier runs.",
        "不保存任何结果，也不使用先前运行的结果。",
        RUN_PANEL,
    ),
]
Resume = Annotated[
    str | None,
    option(
        "--resume",
        "[RUN]",
        "Without DATA: continue the latest run that is unfinished, or the one of that number, as "
        "it was begun. The same command again continues, too.",
        "不带 DATA：按原样继续最近一次未完成的运行，或指定编号的运行。再次输入同一命令也会继续。",
        RUN_PANEL,
    ),
]
Report = Annotated[
    str | None,
    option(
        "--report",
        "FILE",
        "Where the HTML report goes; at the default place an earlier report is replaced. With "
        "several DATA a folder: index.html across them and a page for each. [ogive-report.html, or "
        "the folder ogive-report]",
        "HTML 报告的位置；默认位置上先前的报告会被替换。给出多个 DATA 时是一个文件夹："
        "index.html 为总览，每个数据集另有一页。 [ogive-report.html，或文件夹 ogive-report]",
    ),
]
NoReport = Annotated[bool, option("--no-report", "", "Write no report.", "不写报告。")]
Json = Annotated[
    str | None,
    option(
        "--json",
        "FILE",
        "Write the results as JSON; - is standard output. With several DATA what they say "
        "together; 'ogive runs export' gives each.",
        "把结果写成 JSON；- 表示标准输出。给出多个 DATA 时是总览，"
        "各数据集的结果用“ogive runs export”导出。",
    ),
]
Csv = Annotated[
    str | None,
    option(
        "--csv",
        "FILE",
        "Write the table as CSV; - is standard output.",
        "把表格写成 CSV；- 表示标准输出。",
    ),
]
NoTimes = Annotated[
    bool,
    option(
        "--no-times",
        "",
        "Leave measured times out of table, CSV and JSON: the same command then gives the same "
        "bytes.",
        "表格、CSV 和 JSON 中不含测得的时间：同一命令的输出因而逐字节相同。",
    ),
]
Track = Annotated[
    str | None,
    option(
        "--track",
        "URI",
        "Log the results to MLflow, too, such as http://HOST:PORT or a folder.",
        "同时把结果记录到 MLflow，例如 http://主机:端口 或一个文件夹。",
    ),
]
