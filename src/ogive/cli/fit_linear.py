"""What ``ogive fit --model linear`` does."""

from __future__ import annotations

import shlex
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text as Styled

from ogive.cli.files import replacing
from ogive.cli.progress import stages
from ogive.cli.screen import Screen
from ogive.cli.values import chosen, positive_number, share, whole
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.cli.linear_rows import RegressionTable
    from ogive.data import DesignPreparation, LabelledTable
    from ogive.linear import AssumptionReport, LinearRegression

__all__ = ["fit_linear", "linear_settings"]

SOLVERS = ("qr", "normal", "gd")
COVARIANCES = ("nonrobust", "HC0", "HC1", "HC2", "HC3")
WIDEST = 100

PREPARING = Text("Preparing the table", "正在处理表格")
FITTING = Text("Fitting", "正在拟合")
CHECKING = Text("Checking the four conditions", "正在检查四个条件")
WRITING = Text("Writing the report", "正在生成报告")
SAVING = Text("Saving the model", "正在保存模型")
REPORT = Text("Report: {path}", "报告：{path}")
MODEL = Text("Model: {path}", "模型：{path}")
REFERENCE = Text("Reference level of {column}: {level}", "{column} 的参照水平：{level}")
PASSED_ALL = Text(
    "{n} {checks} passed (--all-checks shows them).", "{n} 项检查通过（--all-checks 会列出它们）。"
)
PASSED = Text(
    "{n} {checks} passed and {others} {do} not apply (--all-checks shows them).",
    "{n} 项检查通过，{others} 项不适用（--all-checks 会列出它们）。",
)
ROWS = Text("Rows of the table", "表格的行数")
COLUMNS = Text("Columns", "列数")
MISSING = Text("Missing values", "缺失值")
NONE = Text("none", "无")
KINDS = {
    "number": Text("{n} numeric", "数值 {n} 列"),
    "date": Text("{n} of dates", "日期 {n} 列"),
    "category": Text("{n} categorical", "类别 {n} 列"),
}


def linear_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters of LinearRegression, and how to show it, from the options typed."""
    settings: dict[str, Any] = {
        "solver": chosen("--solver", given["solver"] or "qr", SOLVERS),
        "covariance": chosen("--covariance", given["covariance"], COVARIANCES),
        "level": share("--level", given["level"]),
        "all_checks": given["all_checks"],
    }
    if settings["solver"] == "gd":
        settings["random_state"] = whole("--seed", given["seed"], 0)
        typed = given["given"]
        if "max_iter" in typed:
            settings["max_iter"] = whole("--max-iter", given["max_iter"], 1)
        if "batch_size" in typed and given["batch_size"] != "auto":
            settings["batch_size"] = whole("--batch-size", given["batch_size"], 1)
        if "learning_rate_init" in typed:
            rate = positive_number("--learning-rate-init", given["learning_rate_init"])
            settings["learning_rate"] = rate
    return settings


def fit_linear(
    table: RegressionTable,
    settings: dict[str, Any],
    path: Path | None,
    page: Path | None,
    screen: Screen,
    data: str,
    arguments: Sequence[str],
) -> None:
    """Fit, print the summary and the findings, and write the report and the model.

    Parameters
    ----------
    table : RegressionTable
        The table, and the rows and columns of it to fit.
    settings : dict
        Parameters of LinearRegression, `covariance`, `level` and `all_checks`.
    path, page : Path or None
        Where the model and the report go.
    screen : Screen
        Where to print.
    data : str
        The table as it was named on the command line.
    arguments : sequence of str
        The command line.
    """
    labelled = table.labelled
    _require_numbers(labelled)
    from ogive.cli.linear_findings import of_given_table
    from ogive.data import DesignPreparation

    language = screen.language
    all_checks = settings.pop("all_checks")
    how = {"covariance": settings.pop("covariance"), "level": settings.pop("level")}
    with stages(screen.err, language, quiet=screen.quiet) as stage:
        stage(PREPARING)
        preparation = DesignPreparation(language=language).fit(labelled.features)
        notices = (*labelled.notices, *_rare_levels(preparation))
        stage(FITTING)
        model = _fitted(labelled, preparation, settings)
        stage(CHECKING)
        summary = model.summary(language=language, **how)
        found = of_given_table(model.check_assumptions(), table)
        if page is not None:
            stage(WRITING)
            from ogive.report.regression import write_regression_report

            write_regression_report(
                model,
                page,
                language,
                assumptions=found,
                data_name=data,
                facts=_facts(table, screen),
                references=preparation.references_,
                dates=_dates(labelled),
                notices=notices,
                command=shlex.join(["ogive", *arguments]),
                **how,
            )
        if path is not None:
            stage(SAVING)
            _save(model, preparation, labelled, path)
    descent = getattr(model, "descent_", None)
    told = [] if descent is None or descent.text is None else [descent.text]
    for notice in (*notices, *told):
        screen.notice(notice)
    _print(screen, summary.text(language))
    for column, level in preparation.references_.items():
        _print(screen, REFERENCE.to(language, column=column, level=level))
    _print(screen, "")
    _print_findings(screen, found, all_checks=all_checks)
    places = [(REPORT, page), (MODEL, path)]
    for i, (text, place) in enumerate([one for one in places if one[1] is not None]):
        _print(screen, ("\n" if i == 0 else "") + text.to(language, path=place))


def _print_findings(screen: Screen, found: AssumptionReport, *, all_checks: bool) -> None:
    width = min(screen.out.width, WIDEST)
    _print(screen, found.text(screen.language, width, passed=all_checks))
    n, others = len(found.having("passed")), len(found.having("not applicable"))
    if not all_checks and n + others:
        text = PASSED_ALL if others == 0 else PASSED
        checks, do = "check" if n == 1 else "checks", "does" if others == 1 else "do"
        said = text.to(screen.language, n=n, checks=checks, others=others, do=do)
        _print(screen, "\n" + said)


def _print(screen: Screen, text: str) -> None:
    screen.out.print(Styled(text), soft_wrap=True)


def _require_numbers(labelled: LabelledTable) -> None:
    if labelled.task == "regression":
        return
    name, values = labelled.target_name, labelled.target
    if values.dtype.kind in "iub":
        raise InputError(
            f"The target {name!r} is true or false, and a linear regression predicts numbers; use "
            "--model network, or add --task regression to take them as 1 and 0.",
            f"目标列“{name}”的取值是真或假，而线性回归预测的是数值；请使用 --model network，"
            "或加上 --task regression，把它们当作 1 和 0。",
        )
    raise InputError(
        f"The target {name!r} holds classes such as {str(values[0])!r}, and a linear regression "
        "predicts numbers; use --model network.",
        f"目标列“{name}”是“{values[0]}”这样的类别，而线性回归预测的是数值；"
        "请使用 --model network。",
    )


def _fitted(
    labelled: LabelledTable, preparation: DesignPreparation, settings: dict[str, Any]
) -> LinearRegression:
    import polars as pl
    from sklearn.exceptions import ConvergenceWarning

    from ogive.linear import LinearRegression

    matrix = preparation.transform(labelled.features)
    features = pl.DataFrame(matrix, schema=preparation.feature_names_out_)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # said in the user's language later
        model: LinearRegression = LinearRegression(**settings).fit(
            features, pl.Series(labelled.target_name, labelled.target)
        )
    return model


def _rare_levels(preparation: DesignPreparation) -> list[Text]:
    """Return notices on the levels that share a column because there are too many."""
    from ogive.data.design import RARE, IndicatorColumn

    columns: list[Any] = preparation.columns_
    notices = []
    for column in columns:
        if isinstance(column, IndicatorColumn) and column.infrequent:
            n, total = len(column.infrequent), len(column.infrequent) + len(column.levels) + 1
            name = RARE.to(preparation.language, name=column.name)
            notices.append(
                Text(
                    f"Column {column.name!r} has {total} levels; the {n} least frequent ones share "
                    f"the column {name!r}.",
                    f"列“{column.name}”有 {total} 个水平；其中最少见的 {n} 个合为一列“{name}”。",
                )
            )
    return notices


def _dates(labelled: LabelledTable) -> list[str]:
    import polars as pl

    return [
        name for name, dtype in labelled.features.schema.items() if dtype in (pl.Date, pl.Datetime)
    ]


def _facts(table: RegressionTable, screen: Screen) -> list[tuple[Text, str]]:
    """Return what the report says of the table besides what the model knows."""
    from ogive.cli.linear_findings import missing_values
    from ogive.data.columns import kind_of

    language, labelled = screen.language, table.labelled
    kinds = [kind_of(column) for column in labelled.features.get_columns()]
    said = [text.to(language, n=kinds.count(kind)) for kind, text in KINDS.items() if kind in kinds]
    separator = "、" if language == "zh" else ", "
    gaps = sum(missing_values(table).values())
    n_rows = table.given.height
    of_rows = [(ROWS, f"{n_rows:,}")] if n_rows != labelled.features.height else []
    return [
        *of_rows,
        (COLUMNS, separator.join(said)),
        (MISSING, f"{gaps:,}" if gaps else NONE.to(language)),
    ]


def _save(
    model: LinearRegression, preparation: DesignPreparation, labelled: LabelledTable, path: Path
) -> None:
    from ogive.persistence import TableModel, save_model

    whole = TableModel(
        task="regression",
        target=labelled.target_name,
        left_out=list(labelled.left_out),
        preparation=preparation,
        estimator=model,
    )
    with replacing(path) as beside:
        save_model(whole, beside)
