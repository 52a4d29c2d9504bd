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
from ogive.cli.values import chosen, positive_number, whole
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.data import DesignPreparation, LabelledTable
    from ogive.linear import AssumptionReport, AssumptionResult, LinearRegression

__all__ = ["fit_linear", "linear_settings"]

SOLVERS = ("qr", "normal", "gd")
COVARIANCES = ("nonrobust", "HC0", "HC1", "HC2", "HC3")
WIDEST = 100

PREPARING = Text("Preparing the table", "正在处理表格")
FITTING = Text("Fitting", "正在拟合")
CHECKING = Text("Checking the four conditions", "正在检查四个条件")
DRAWING = Text("Drawing the report", "正在绘制报告")
REPORT = Text("Report: {path}", "报告：{path}")
MODEL = Text("Model: {path}", "模型：{path}")
REFERENCE = Text("Reference level of {column}: {level}", "{column} 的参照水平：{level}")
COLUMNS = Text("Columns", "列数")
MISSING = Text("Missing values", "缺失值")
NONE = Text("none", "无")
KINDS = {
    "number": Text("{n} numeric", "数值 {n} 列"),
    "date": Text("{n} of dates", "日期 {n} 列"),
    "category": Text("{n} categorical", "类别 {n} 列"),
}


def linear_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters of LinearRegression, `covariance` and `level` from the options typed."""
    level = positive_number("--level", given["level"])
    if level >= 1:
        raise InputError(
            f"--level must lie between 0 and 1. Got {given['level']!r} instead.",
            f"--level 必须介于 0 与 1 之间，得到的却是“{given['level']}”。",
        )
    settings: dict[str, Any] = {
        "solver": chosen("--solver", given["solver"] or "qr", SOLVERS),
        "covariance": chosen("--covariance", given["covariance"], COVARIANCES),
        "level": level,
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
    labelled: LabelledTable,
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
    labelled : LabelledTable
        Features and target.
    settings : dict
        Parameters of LinearRegression, `covariance` and `level`.
    path, page : Path or None
        Where the model and the report go.
    screen : Screen
        Where to print.
    data : str
        The table as it was named on the command line.
    arguments : sequence of str
        The command line.
    """
    _require_numbers(labelled)
    from ogive.data import DesignPreparation

    language = screen.language
    how = {"covariance": settings.pop("covariance"), "level": settings.pop("level")}
    with stages(screen.err, language, quiet=screen.quiet) as stage:
        stage(PREPARING)
        preparation = DesignPreparation().fit(labelled.features)
        stage(FITTING)
        model = _fitted(labelled, preparation, settings)
        stage(CHECKING)
        summary = model.summary(language=language, **how)
        found = _with_missing(model.check_assumptions(), labelled)
        if page is not None:
            stage(DRAWING)
            from ogive.report.regression import write_regression_report

            write_regression_report(
                model,
                page,
                language,
                assumptions=found,
                data_name=data,
                facts=_facts(labelled, screen),
                references=preparation.references_,
                notices=labelled.notices,
                command=shlex.join(["ogive", *arguments]),
                **how,
            )
    if path is not None:
        _save(model, preparation, labelled, path)
    descent = getattr(model, "descent_", None)
    told = [] if descent is None or descent.text is None else [descent.text]
    for notice in (*labelled.notices, *told):
        screen.notice(notice)
    _print(screen, summary.text(language))
    for column, level in preparation.references_.items():
        _print(screen, REFERENCE.to(language, column=column, level=level))
    _print(screen, "")
    _print(screen, found.text(language, min(screen.out.width, WIDEST)))
    places = [(REPORT, page), (MODEL, path)]
    for i, (text, place) in enumerate([one for one in places if one[1] is not None]):
        _print(screen, ("\n" if i == 0 else "") + text.to(language, path=place))


def _print(screen: Screen, text: str) -> None:
    screen.out.print(Styled(text), soft_wrap=True)


def _require_numbers(labelled: LabelledTable) -> None:
    if labelled.task == "regression":
        return
    name, values = labelled.target_name, labelled.target
    if values.dtype.kind in "iub":
        raise InputError(
            f"The target {name!r} looks like classes, and a linear regression predicts numbers; "
            "use --model network, or add --task regression if these are quantities.",
            f"目标列“{name}”看起来是类别，而线性回归预测的是数值；请使用 --model network，"
            "如果它其实是数量，请加上 --task regression。",
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


def _with_missing(found: AssumptionReport, labelled: LabelledTable) -> AssumptionReport:
    """Return the findings with what was missing before it was filled in."""
    from ogive.linear import AssumptionReport

    gaps = _missing(labelled)
    if not gaps:
        return found
    results = [_about_gaps(gaps, labelled) if one.code == "OGV231" else one for one in found]
    return AssumptionReport(
        results,
        n_rows=found.n_rows,
        n_columns=found.n_columns,
        target_names=found.target_names,
        significance=found.significance,
    )


def _missing(labelled: LabelledTable) -> dict[str, int]:
    """Return how many values each column lacks, of those that lack any."""
    counts = {}
    for column in labelled.features.get_columns():
        absent = column.fill_nan(None) if column.dtype.is_float() else column
        if absent.null_count():
            counts[column.name] = absent.null_count()
    return counts


def _about_gaps(gaps: dict[str, int], labelled: LabelledTable) -> AssumptionResult:
    import polars as pl

    from ogive.data.wording import listed
    from ogive.linear import AssumptionResult

    cells = [
        column.fill_nan(None).is_null() if column.dtype.is_float() else column.is_null()
        for column in labelled.features.select(list(gaps)).get_columns()
    ]
    rows = int(pl.DataFrame(cells).select(pl.any_horizontal(pl.all()).sum()).item())
    total, n = sum(gaps.values()), labelled.features.height
    named_en = listed([f"{name} ({count})" for name, count in gaps.items()]).en
    named_zh = listed([f"{name}（{count} 个）" for name, count in gaps.items()]).zh
    return AssumptionResult(
        "OGV231",
        "issue",
        Text("Values are missing.", "有缺失值。"),
        Text(
            f"{rows} of {n} rows lack {total} values: {named_en}. For the fit, numbers were "
            "replaced by the column's median and flagged by a column of their own, and a missing "
            "category is a level. Coefficients are biased unless the values are missing by chance.",
            f"{n} 行中有 {rows} 行缺失，共缺 {total} 个值：{named_zh}。拟合时，数值以该列的中位数"
            "代替，并另加一列作标记；缺失的类别自成一个水平。除非缺失纯属偶然，系数会因此有偏。",
        ),
        Text(
            "Find out why they are missing, fill in what can be found out, and compare with a fit "
            "to the complete rows.",
            "弄清缺失的原因，补上能够查到的值，并与只用完整行的拟合作比较。",
        ),
        4,
        {"count": total, "rows": rows, "columns": gaps},
    )


def _facts(labelled: LabelledTable, screen: Screen) -> list[tuple[Text, str]]:
    """Return what the report says of the table besides what the model knows."""
    from ogive.data.columns import kind_of

    language = screen.language
    kinds = [kind_of(column) for column in labelled.features.get_columns()]
    said = [text.to(language, n=kinds.count(kind)) for kind, text in KINDS.items() if kind in kinds]
    separator = "、" if language == "zh" else ", "
    gaps = sum(_missing(labelled).values())
    return [
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
