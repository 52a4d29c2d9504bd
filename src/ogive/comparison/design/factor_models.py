"""The models that are compared: families by name, and a user's own estimators."""

from __future__ import annotations

from typing import Any, NamedTuple

from sklearn.base import clone, is_classifier, is_regressor

from ogive.comparison.design.factor_values import refuse_repeated, values_listed
from ogive.comparison.design.families import ALIASES, FAMILIES
from ogive.comparison.design.settings import Task
from ogive.data.wording import listed, nearest
from ogive.text import InputError, Text

__all__ = ["Model", "read_models"]

TASKS = {"classification": Text("classes", "类别"), "regression": Text("numbers", "数值")}


class Model(NamedTuple):
    """A family's name or an estimator of the user's, and what it is called."""

    label: str
    model: Any

    @property
    def is_network(self) -> bool:
        """Whether activation, depth, width, init and learning rate are about it."""
        return isinstance(self.model, str) and self.model == "mlp"


def read_models(given: Any, task: Task) -> list[Model]:
    """Return the models that were named or given.

    Parameters
    ----------
    given : str, estimator, or sequence of these or of (str, estimator)
        An estimator alone goes by the name of its class.
    task : {"classification", "regression"}

    Raises
    ------
    InputError
        If one is unknown, repeated, no estimator, or not for the task.
    """
    models = [_read(value, task) for value in values_listed("model", given)]
    classes = [type(one.model).__name__ for one in models if one.label == type(one.model).__name__]
    for name in classes:
        if classes.count(name) > 1:
            raise InputError(
                f"vary gives several models of class {name}; give them names as pairs, such as "
                f'("{name} A", {name}(...)).',
                f"vary 中有多个 {name} 类的模型；请用 (名称, 模型) 的形式给它们命名，"
                f'例如 ("{name} A", {name}(...))。',
            )
    refuse_repeated("model", [one.label for one in models])
    families = [one.model for one in models if isinstance(one.model, str)]
    if families.count("logistic") > 1:
        raise InputError(
            "vary gives both 'logistic' and 'softmax', which are the same model: softmax is "
            "logistic regression of more than two classes. Give one of them.",
            "vary 同时给出了 'logistic' 和 'softmax'，它们是同一个模型："
            "softmax 就是类别多于两个时的 logistic 回归。请只给出其中一个。",
        )
    return models


def _read(value: Any, task: Task) -> Model:
    if isinstance(value, str):
        return _family(value.strip(), task)
    if isinstance(value, list | tuple) and len(value) == 2 and isinstance(value[0], str):
        name, estimator = value[0].strip(), value[1]
        if not name.isprintable() or not name:
            raise InputError(
                f"vary: the name of a model must be a text that can be read. Got {value[0]!r}.",
                f"vary：模型的名称必须是可读的文字，得到的却是 {value[0]!r}。",
            )
        if name in FAMILIES or name in ALIASES:
            raise InputError(
                f"vary calls a model of yours {name!r}, which is the name of one of ogive's; give "
                "it another.",
                f"vary 将您自己的模型命名为 {name!r}，但这是 ogive 自带模型的名称；请换一个。",
            )
        return Model(name, _own(estimator, task))
    return Model(type(value).__name__, _own(value, task))


def _family(name: str, task: Task) -> Model:
    known = ALIASES.get(name, name)
    fitting = [one for one, family in FAMILIES.items() if task in family.tasks]
    choose = listed(fitting, limit=len(fitting))
    if known not in FAMILIES:
        near = nearest(name, [*FAMILIES, *ALIASES])
        raise InputError(
            f"vary: model {name!r} is not known."
            + (f" Did you mean {near!r}?" if near else "")
            + f" For {task} there are {choose.en}; in Python, also estimators of your own.",
            f"vary：没有名为 {name!r} 的 model。"
            + (f"您是不是要用 {near!r}？" if near else "")
            + f"{_task_zh(task)}任务可选：{choose.zh}；在 Python 中也可以给出自己的模型。",
        )
    if known not in fitting:
        makes = TASKS[FAMILIES[known].tasks[0]]
        raise InputError(
            f"vary: model {name!r} predicts {makes.en}, and this is a {task}; choose among "
            f"{choose.en}.",
            f"vary：模型 {name!r} 预测的是{makes.zh}，而这是{_task_zh(task)}任务；"
            f"可选：{choose.zh}。",
        )
    return Model("mlp" if known == "mlp" else name, known)


def _own(value: Any, task: Task) -> Any:
    if isinstance(value, type):
        raise InputError(
            f"vary: model {value.__name__} is a class; give an instance of it, {value.__name__}().",
            f"vary：模型 {value.__name__} 是一个类；请给出它的实例，即 {value.__name__}()。",
        )
    if not (hasattr(value, "fit") and hasattr(value, "predict") and hasattr(value, "get_params")):
        raise InputError(
            "vary: a model must be the name of one, or an estimator in the manner of "
            f"scikit-learn's with fit, predict and get_params. Got {value!r} instead.",
            "vary：模型必须是名称，或带有 fit、predict 和 get_params 的 scikit-learn 式估计器，"
            f"得到的却是 {value!r}。",
        )
    name = type(value).__name__
    other = _task_of(value)
    if other not in (None, task):
        raise InputError(
            f"vary: {name} is for {other}, and this is a {task}; give a model for that.",
            f"vary：{name} 用于{_task_zh(str(other))}，而这是{_task_zh(task)}任务；"
            "请给出适合该任务的模型。",
        )
    try:
        return clone(value)
    except Exception as error:
        raise InputError(
            f"vary: {name} cannot be cloned, which fitting it anew in each fold needs: {error}",
            f"vary：{name} 无法克隆（clone），因而不能在每一折重新拟合：{error}",
        ) from error


def _task_of(model: Any) -> str | None:
    """Return what an estimator says that it is for; None where it says nothing."""
    try:
        if is_classifier(model):
            return "classification"
        return "regression" if is_regressor(model) else None
    except AttributeError:  # it follows scikit-learn's manner without its base class
        return None


def _task_zh(task: str) -> str:
    return "分类" if task == "classification" else "回归"
