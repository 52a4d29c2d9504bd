"""The result of a gradient check."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ogive.text import Language, Text, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["GradientCheck", "GradientPart", "Verdict"]

Verdict = Literal["right", "wrong", "cannot tell"]

VERDICTS: dict[Verdict, Text] = {
    "right": Text("right", "正确"),
    "wrong": Text("WRONG", "错误"),
    "cannot tell": Text("cannot tell", "无法判断"),
}
PARTS = {
    "weights": Text("weights", "权重"),
    "intercepts": Text("intercepts", "偏置"),
    "slopes": Text("learnt slopes", "学习的斜率"),
}
TITLE = Text(
    "Gradients of {model}, loss {loss:.6g}: analytic against central differences",
    "{model} 的梯度，损失 {loss:.6g}：解析值与中心差分对照",
)
HEADER = (
    Text("layer", "层"),
    Text("of", "参数"),
    Text("compared", "已比较"),
    Text("at kinks", "在尖点处"),
    Text("too small", "过小"),
    Text("relative error", "相对误差"),
    Text("verdict", "结论"),
)
WHOLE = {
    "right": Text("The gradients are right.", "梯度正确。"),
    "wrong": Text("The gradients are WRONG: {where}.", "梯度有错误：{where}。"),
    "cannot tell": Text(
        "Nothing wrong was found, but differences cannot tell of {where}.",
        "没有发现错误，但中心差分无法判断：{where}。",
    ),
}
WORST = Text(
    "Greatest error: {layer}, {part} {index}: analytic {analytic:.8g}, by differences "
    "{numeric:.8g}.",
    "最大误差：{layer} 的{part} {index}，解析值 {analytic:.8g}，差分值 {numeric:.8g}。",
)
KINKS = Text(
    "At kinks: one-sided differences disagree there, so there is no derivative to compare with; "
    "these are left out.",
    "在尖点处：左右差分不一致，那里没有可供比较的导数；这些元素未参与比较。",
)
SMALL = Text(
    "Too small: the derivative is lost in the rounding error of the differences.",
    "过小：导数淹没在差分的舍入误差中。",
)
MORE = Text("{named} and {n} more", "{named} 等（另有 {n} 处）")
_MOST_NAMED = 6
SAMPLE = Text(
    "{compared} of {all} parameters were drawn at random (random_state={seed}).",
    "从 {all} 个参数中随机抽取了 {compared} 个（random_state={seed}）。",
)


@dataclass(frozen=True, slots=True)
class GradientPart:
    """The gradient by one array of parameters.

    Attributes
    ----------
    layer : str
        "hidden 1", …, "output"; of a PyTorch module its dotted name.
    part : str
        "weights", "intercepts" or "slopes"; of a PyTorch module the parameter's name.
    size, n_compared : int
        Number of elements, and how many of them were compared.
    n_kinks, n_too_small : int
        How many of the compared elements tell nothing, because the step crosses a kink, or
        because the differences' rounding error exceeds the derivative.
    n_wrong : int
        Elements whose derivatives differ by more than the differences may be wrong.
    relative_error : float
        Norm of the deviations over the norm of the derivatives, of the elements that tell
        something; NaN if none does.
    worst_index : tuple of int or None
        Where in the array the deviation is greatest.
    worst_analytic, worst_numeric : float
        The two derivatives there.
    verdict : {"right", "wrong", "cannot tell"}
        "right" needs at least half of the compared elements to tell something, and none to be
        wrong.
    """

    layer: str
    part: str
    size: int
    n_compared: int
    n_kinks: int
    n_too_small: int
    n_wrong: int
    relative_error: float
    worst_index: tuple[int, ...] | None
    worst_analytic: float
    worst_numeric: float
    verdict: Verdict

    def name(self, language: Language) -> str:
        """Return the layer and what of it, in words."""
        part = PARTS[self.part].to(language) if self.part in PARTS else self.part
        return f"{layer_name(self.layer, language)} {part}"


@dataclass(frozen=True, repr=False)
class GradientCheck:
    """The gradients of a network compared with differences; made by `ogive.check_gradients`.

    Attributes
    ----------
    parts : tuple of GradientPart
        Layer by layer: weights, intercepts, learnt slopes.
    loss : float
        Of the rows used, penalty included.
    model : str
        Class of the model.
    fitted : bool
        False if it was not fitted, and starting weights were drawn.
    n_rows : int
        Rows used.
    random_state : int
        Seed of the draws.
    notes : tuple of Text
        What was done that is not as in training, such as dropout switched off.
    """

    parts: tuple[GradientPart, ...]
    loss: float
    model: str
    fitted: bool
    n_rows: int
    random_state: int
    notes: tuple[Text, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Return "wrong" if any part is, "right" if all are, otherwise "cannot tell"."""
        verdicts = {part.verdict for part in self.parts}
        if "wrong" in verdicts:
            return "wrong"
        return "right" if verdicts == {"right"} else "cannot tell"

    @property
    def layers(self) -> dict[str, Verdict]:
        """The verdict on each layer."""
        found: dict[str, list[Verdict]] = {}
        for part in self.parts:
            found.setdefault(part.layer, []).append(part.verdict)
        order: tuple[Verdict, ...] = ("wrong", "cannot tell", "right")
        return {name: min(given, key=order.index) for name, given in found.items()}

    @property
    def relative_error(self) -> float:
        """The greatest of all parts that tell something; NaN if none does."""
        known = [p.relative_error for p in self.parts if not math.isnan(p.relative_error)]
        return max(known, default=math.nan)

    def text(self, language: Language | None = None) -> str:
        """Return a table of the parts and the verdict, as lines for a screen."""
        from ogive.classification.showing import text_page

        language = language or default_language()
        title, header, rows, notes = self._content(language)
        told = WHOLE[self.verdict].to(language, where=self._where(language))
        return f"{text_page(title, header, rows, notes)}\n{told}"

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """Return everything as plain data that JSON takes; what is not known is None."""
        return {
            "model": self.model,
            "verdict": self.verdict,
            "loss": self.loss,
            "relative_error": _plain(self.relative_error),
            "fitted": self.fitted,
            "n_rows": self.n_rows,
            "random_state": self.random_state,
            "parts": self._records(),
            "notes": [note.to(language) for note in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """Return one row a part."""
        import polars as pl

        records = [
            {**record, "worst_index": None if at is None else str(tuple(at))}
            for record in self._records()
            for at in [record["worst_index"]]
        ]
        return pl.DataFrame(records, infer_schema_length=None)

    def _records(self) -> list[dict[str, Any]]:
        return [
            {name: _plain(getattr(part, name)) for name in GradientPart.__dataclass_fields__}
            for part in self.parts
        ]

    def _where(self, language: Language) -> str:
        if self.verdict == "wrong":
            named = [part.name(language) for part in self.parts if part.verdict == "wrong"]
        else:
            named = [
                layer_name(layer, language)
                for layer, verdict in self.layers.items()
                if verdict == self.verdict
            ]
        joined = ("、" if language == "zh" else ", ").join(named[:_MOST_NAMED])
        more = len(named) - _MOST_NAMED
        return joined if more <= 0 else MORE.to(language, named=joined, n=more)

    def _content(self, language: Language) -> tuple[str, list[str], list[list[str]], list[str]]:
        title = TITLE.to(language, model=self.model, loss=self.loss)
        rows = [
            [
                layer_name(part.layer, language),
                PARTS[part.part].to(language) if part.part in PARTS else part.part,
                str(part.n_compared),
                str(part.n_kinks or ""),
                str(part.n_too_small or ""),
                "" if math.isnan(part.relative_error) else f"{part.relative_error:.1e}",
                VERDICTS[part.verdict].to(language),
            ]
            for part in self.parts
        ]
        notes = [note.to(language) for note in self.notes]
        compared, size = (
            sum(getattr(p, key) for p in self.parts) for key in ("n_compared", "size")
        )
        if compared < size:
            seed = self.random_state
            notes.append(SAMPLE.to(language, compared=compared, all=size, seed=seed))
        if any(part.n_kinks for part in self.parts):
            notes.append(KINKS.to(language))
        if any(part.n_too_small for part in self.parts):
            notes.append(SMALL.to(language))
        wrong = [part for part in self.parts if part.verdict == "wrong"]
        if wrong:
            worst = max(wrong, key=lambda part: part.relative_error)
            part = PARTS[worst.part].to(language) if worst.part in PARTS else worst.part
            notes.append(
                WORST.to(
                    language,
                    layer=layer_name(worst.layer, language),
                    part=part,
                    index=list(worst.worst_index or ()),
                    analytic=worst.worst_analytic,
                    numeric=worst.worst_numeric,
                )
            )
        return title, [name.to(language) for name in HEADER], rows, notes

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<GradientCheck of {self.model}: {self.verdict}>"

    def _repr_html_(self) -> str:
        from html import escape

        from ogive.classification.showing import html_page

        language = default_language()
        title, header, rows, notes = self._content(language)
        told = WHOLE[self.verdict].to(language, where=self._where(language))
        page = html_page(title, header, rows, notes, language=language)
        return f"{page}\n<p>{escape(told)}</p>"


def layer_name(name: str, language: Language) -> str:
    """Return a layer's name in words."""
    if language == "en":
        return name
    if name == "output":
        return "输出层"
    return f"隐藏层 {name.removeprefix('hidden ')}" if name.startswith("hidden ") else name


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return list(value) if isinstance(value, tuple) else value
