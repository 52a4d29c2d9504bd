"""A fitted model as one file: how the table is prepared, the estimator, and what it predicts.

The file is written by skops. Reading one runs no code that it might hold: only the classes named
in `TRUSTED` are ever built, besides NumPy's and scikit-learn's that skops knows to be harmless.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

from ogive.data.frames import as_frame
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.data import ColumnPreparation
    from ogive.linear.intervals import Prediction

__all__ = ["TRUSTED", "TableModel", "load_model", "save_model"]

FORMAT = "ogive-model"
LINEAR = "ogive.linear.regression.LinearRegression"
LOGISTIC = "ogive.classification.logistic.LogisticRegression"
CLASSIFIER = "ogive.network.classifier.MLPClassifier"
REGRESSOR = "ogive.network.regressor.MLPRegressor"
VERSION = 2  # 1 had no threshold
TRUSTED = frozenset(
    {
        "ogive.classification.solvers.descent.LogisticDescent",
        "ogive.classification.rest.label_columns.ConstantModel",
        "ogive.classification.logistic.LogisticRegression",
        "ogive.classification.one_vs_one.OneVsOneClassifier",
        "ogive.classification.one_vs_rest.OneVsRestClassifier",
        "ogive.classification.output_code.OutputCodeClassifier",
        "ogive.classification.problems.least_squares_models.LeastSquaresModels",
        "ogive.classification.problems.logistic_models.LogisticModels",
        "ogive.classification.problems.models.EstimatorModels",
        "ogive.classification.problems.problems.Problems",
        "ogive.data.columns.CategoryColumn",
        "ogive.data.columns.NumberColumn",
        "ogive.data.design.DesignPreparation",
        "ogive.data.design.IndicatorColumn",
        "ogive.data.design.MeasuredColumn",
        "ogive.data.preparation.ColumnPreparation",
        "ogive.linear.descent_record.Descent",
        "ogive.linear.moments.Moments",
        "ogive.linear.regression.LinearRegression",
        "ogive.linear.solution.Dependency",
        "ogive.linear.solution.Solution",
        "ogive.network.classifier.MLPClassifier",
        "ogive.network.course.TrainingCourse",
        "ogive.network.history.NonFinite",
        "ogive.network.regressor.MLPRegressor",
        "ogive.text.Text",
    }
)
"""The classes of ours that a model file may hold."""
KINDS = frozenset(
    {
        ("classification", "ogive.data.preparation.ColumnPreparation", name)
        for name in (
            CLASSIFIER,
            "ogive.classification.one_vs_one.OneVsOneClassifier",
            "ogive.classification.one_vs_rest.OneVsRestClassifier",
            "ogive.classification.output_code.OutputCodeClassifier",
        )
    }
    | {
        ("regression", "ogive.data.preparation.ColumnPreparation", REGRESSOR),
        ("regression", "ogive.data.design.DesignPreparation", LINEAR),
        ("classification", "ogive.data.design.DesignPreparation", LOGISTIC),
    }
)
"""What goes together: the task, what prepares the table, and what predicts."""


@dataclass
class TableModel:
    """An estimator together with all that is needed to predict for a table.

    Attributes
    ----------
    task : {"classification", "regression"}
        What is predicted.
    target : str
        Name of the column that the estimator was fitted to predict.
    left_out : list of str
        Columns of the training table that were not used; a table to predict for may have them.
    preparation : ColumnPreparation or DesignPreparation
        Turns a table into what the estimator takes; the second is that of a linear, logistic or
        softmax regression.
    estimator : estimator
        The network, the regression, or the one-vs-one, one-vs-rest or output-code classifier.
    center, scale : float
        A regression network predicts ``(target - center) / scale``.
    threshold : float
        The probability of the second of two classes above which a logistic regression predicts it.
    learnt : ndarray of uint32, or None
        Marks of the rows that a network learnt (`ogive.data.row_marks`); None where they were not
        kept.
    """

    task: Literal["classification", "regression"]
    target: str
    left_out: list[str]
    preparation: ColumnPreparation
    estimator: Any
    center: float = 0.0
    scale: float = 1.0
    threshold: float = 0.5
    learnt: NDArray[np.uint32] | None = None

    def learnt_rows(self, X: Any, y: NDArray[Any]) -> NDArray[np.bool_] | None:
        """Return which of some rows the model learnt, or None where it does not remember.

        Parameters
        ----------
        X, y : ndarray
            Rows as `labelled_rows` returns them.
        """
        from ogive.data.row_marks import are_marked, row_marks

        return None if self.learnt is None else are_marked(row_marks(X, y), self.learnt)

    def predict(self, table: Any) -> NDArray[Any]:
        """Return the predicted class or number for each row of a table.

        The table needs the columns the model was trained on, in any order. The target and the
        columns left out in training may be there too and are not looked at.
        """
        if self.threshold != 0.5:
            chosen = self.predict_proba(table)[:, 1] > self.threshold
            of_two: NDArray[Any] = self.estimator.classes_[chosen.astype(np.intp)]
            return of_two
        predicted: NDArray[Any] = self.estimator.predict(self._features(table))
        if self.task == "regression":
            return predicted.astype(np.float64) * self.scale + self.center
        return predicted

    def predict_proba(self, table: Any) -> NDArray[Any]:
        """Return the probability of each class, in the order of ``estimator.classes_``."""
        probabilities: NDArray[Any] = self.estimator.predict_proba(self._features(table))
        return probabilities

    def predict_interval(self, table: Any, interval: str, level: float = 0.95) -> Prediction:
        """Return a linear regression's predictions with the ends of their intervals.

        See `LinearRegression.predict`.
        """
        found: Prediction = self.estimator.predict(self._features(table), interval, level)
        return found

    def unusable_rows(self, table: Any) -> tuple[NDArray[np.bool_], Text | None]:
        """Return for which rows `predict` would refuse the table, and why the first of them.

        A linear regression or a model of classes knows nothing of levels, and of missing values,
        that its fit had not; a network takes whatever comes.

        Raises
        ------
        InputError
            For what is no number, or no date, where one is expected.
        """
        if _full_name(self.estimator) in (CLASSIFIER, REGRESSOR):
            return np.zeros(as_frame(table).height, dtype=np.bool_), None
        return self.strange_rows(table)

    def strange_rows(self, table: Any) -> tuple[NDArray[np.bool_], Text | None]:
        """Return which rows hold what no row of the training had, and of the first of them, what.

        Raises
        ------
        InputError
            For what is no number, or no date, where one is expected.
        """
        return self.preparation.unusable_rows(self._columns(table))

    def labelled_rows(
        self, table: Any, notices: list[Text] | None = None
    ) -> tuple[Any, NDArray[Any] | None]:
        """Return a table's features and targets as the estimator takes them.

        Parameters
        ----------
        table : data frame
            Rows without a target are left out.
        notices : list of Text, optional
            Takes up what was left out, and that there is no target.

        Returns
        -------
        X : ndarray of shape (n_rows, n_features)
        y : ndarray of shape (n_rows,), or None
            Without the target's column None; numbers are on the scale that the network learnt.

        Raises
        ------
        InputError
            Where no row has a target, or one has a class that the model does not know.
        """
        from ogive.data.task import target_values

        frame = as_frame(table)
        told = [] if notices is None else notices
        if self.target not in frame.columns:
            told.append(
                Text(
                    f"There is no column {self.target!r}, so that nothing is known of gradients, "
                    "loss and classes.",
                    f"没有列“{self.target}”，因此无法得知梯度、损失和各类别的情况。",
                )
            )
            return self._features(frame), None
        labels = frame[self.target]
        missing = labels.is_null()
        if labels.dtype.is_float():
            missing = missing | labels.is_nan().fill_null(False)
        n_missing = int(missing.sum())
        if n_missing == frame.height:
            raise InputError(
                f"The target {self.target!r} has no value in any row; give rows with targets, or "
                "leave the column out.",
                f"目标列“{self.target}”没有任何值；请给出有目标值的行，或去掉这一列。",
            )
        if n_missing:
            told.append(
                Text(
                    f"Left out {n_missing} row{'s' * (n_missing > 1)} without a value in the "
                    f"target {self.target!r}.",
                    f"已去掉目标列“{self.target}”缺失的 {n_missing} 行。",
                )
            )
            frame = frame.filter(~missing)
        values = target_values(frame[self.target], self.task, constant=True)
        if self.task == "regression":
            values = (values - self.center) / self.scale
        else:
            known = np.isin(values, self.estimator.classes_)
            if not known.all():
                row = int(np.argmin(known))
                raise InputError(
                    f"The target {self.target!r} holds {str(values[row])!r}, a class that the "
                    "model does not know; give rows of its classes only.",
                    f"目标列“{self.target}”含有模型不认识的类别“{values[row]}”；"
                    "请只给出模型已知类别的行。",
                )
        return self._features(frame), values

    def _columns(self, table: Any) -> Any:
        frame = as_frame(table)
        wanted = set(self.preparation.feature_names_in_)
        unused = {self.target, *self.left_out} - wanted
        return frame.drop(unused.intersection(frame.columns))

    def _features(self, table: Any) -> Any:
        import polars as pl

        matrix = self.preparation.transform(self._columns(table))
        if _full_name(self.estimator) in (LINEAR, LOGISTIC):  # which knows its columns by name
            return pl.DataFrame(matrix, schema=self.preparation.feature_names_out_)
        return matrix


def save_model(model: TableModel, path: Path) -> None:
    """Write a model to a file."""
    import skops.io

    from ogive import __version__

    state = {
        "format": FORMAT,
        "version": VERSION,
        "ogive": __version__,
        "task": model.task,
        "target": model.target,
        "left_out": list(model.left_out),
        "preparation": model.preparation,
        "estimator": model.estimator,
        "center": float(model.center),
        "scale": float(model.scale),
        "threshold": float(model.threshold),
        "learnt": model.learnt,
    }
    skops.io.dump(state, path)


def load_model(path: Path) -> TableModel:
    """Read a model that `save_model` wrote.

    Raises
    ------
    InputError
        Where there is no such file, where it is damaged or something else, where it holds any
        class that is not ours, and where a newer version of ogive wrote it.
    """
    if path.is_dir():
        raise InputError(
            f"{path} is a folder; give a model file written by 'ogive fit'.",
            f"{path} 是文件夹；请指定由“ogive fit”写出的模型文件。",
        )
    if not path.exists():
        raise InputError(
            f"The model {path} is not found; 'ogive fit' writes one.",
            f"找不到模型 {path}；可用“ogive fit”生成模型。",
        )
    try:
        state = _state_of(path.read_bytes(), path)
    except InputError:
        raise
    except Exception:  # whatever a damaged file makes a reader stumble over, it is a damaged file
        raise _not_a_model(path) from None
    return _model_from(state, path)


def _state_of(raw: bytes, path: Path) -> Any:
    """Return what a file holds, having built no class but those named in `TRUSTED`."""
    if "schema.json" not in ZipFile(BytesIO(raw)).namelist():
        raise _not_a_model(path)
    import skops.io  # takes long, and needs not be waited for to refuse another kind of file

    foreign = sorted(set(skops.io.get_untrusted_types(data=raw)) - TRUSTED)
    if foreign:
        raise InputError(
            f"{path} holds {foreign[0]}, which no model of ours holds, so it was not opened; "
            "use a file written by 'ogive fit'.",
            f"{path} 中含有我们的模型不会有的类型 {foreign[0]}，因此没有打开；"
            "请使用由“ogive fit”写出的文件。",
        )
    return skops.io.loads(raw, trusted=sorted(TRUSTED))


def _model_from(state: Any, path: Path) -> TableModel:
    if not isinstance(state, dict) or state.get("format") != FORMAT:
        raise _not_a_model(path)
    version = state.get("version")
    if not isinstance(version, int):
        raise _not_a_model(path)
    if version > VERSION:
        raise InputError(
            f"{path} was written by ogive {state.get('ogive')}, newer than this one; "
            "upgrade with: pip install --upgrade ogive",
            f"{path} 由更新版本的 ogive（{state.get('ogive')}）写出；"
            "请升级：pip install --upgrade ogive",
        )
    state.setdefault("threshold", 0.5)
    state.setdefault("learnt", None)
    try:
        fields = {name: state[name] for name in TableModel.__dataclass_fields__}
    except KeyError:
        raise _not_a_model(path) from None
    model = TableModel(**fields)
    if (model.task, *map(_full_name, (model.preparation, model.estimator))) not in KINDS:
        raise _not_a_model(path)
    return model


def _full_name(thing: Any) -> str:
    return f"{type(thing).__module__}.{type(thing).__qualname__}"


def _not_a_model(path: Path) -> InputError:
    return InputError(
        f"{path} is damaged or is not a model written by 'ogive fit'.",
        f"{path} 已损坏，或不是由“ogive fit”写出的模型。",
    )
