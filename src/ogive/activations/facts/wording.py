"""The facts in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ogive.activations.facts.numbers import Number
from ogive.activations.facts.ranges import Point, Range
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.activations.facts.record import Facts, Jump, Kink

__all__ = ["EVERYWHERE", "FIELDS", "described", "saturation_bounds", "short"]

FIELDS = {
    "output_range": Text("Output range", "输出范围"),
    "derivative_range": Text("Derivative range", "导数范围"),
    "general_output_range": Text("Output range in general", "一般的输出范围"),
    "general_derivative_range": Text("Derivative range in general", "一般的导数范围"),
    "monotonic": Text("Monotonicity", "单调性"),
    "falls_on": Text("Falls on", "下降区间"),
    "extrema": Text("Local extrema", "局部极值"),
    "zero_centered": Text("Zero-centred", "以零为中心"),
    "parity": Text("Symmetry", "奇偶性"),
    "convexity": Text("Curvature", "凹凸性"),
    "smoothness": Text("Smoothness", "光滑性"),
    "smooth": Text("Smooth", "光滑"),
    "differentiable": Text("Differentiable everywhere", "处处可导"),
    "domain": Text("Defined for", "定义域"),
    "jumps": Text("Jumps", "间断点"),
    "kinks": Text("Kinks", "折点"),
    "gaps": Text("Points without a value", "无定义点"),
    "lipschitz": Text("Lipschitz constant", "利普希茨常数"),
    "limits": Text("Towards ±∞", "趋于 ±∞ 时"),
    "saturation": Text("Saturates", "饱和"),
    "bounded": Text("Bounded", "有界"),
    "cheap": Text("Cheap to compute", "计算量小"),
    "period": Text("Period of the derivative", "导数的周期"),
    "undecided": Text("Could not be decided", "未能判定"),
    "not_applicable": Text("Without meaning here", "此处无意义"),
}
# What a field is called inside a sentence.
_NOUNS = {
    "falls_on": Text("where it falls", "下降区间"),
    "zero_centered": Text("whether it is zero-centred", "是否以零为中心"),
    "limits": Text("limits towards ±∞", "趋于 ±∞ 时的极限"),
    "saturation": Text("where it saturates", "饱和点"),
    "bounded": Text("whether it is bounded", "是否有界"),
    "cheap": Text("cost", "计算量"),
    "smooth": Text("whether it is smooth", "是否光滑"),
    "differentiable": Text("whether it is differentiable everywhere", "是否处处可导"),
    "general_output_range": Text("output range for any parameters", "参数任意时的输出范围"),
    "general_derivative_range": Text("derivative range for any parameters", "参数任意时的导数范围"),
    "lipschitz": Text("Lipschitz constant", "利普希茨常数"),
}
_WORDS = {
    "strictly increasing": Text("strictly increasing", "严格递增"),
    "increasing": Text("increasing, constant in places", "递增，部分区间为常数"),
    "strictly decreasing": Text("strictly decreasing", "严格递减"),
    "decreasing": Text("decreasing, constant in places", "递减，部分区间为常数"),
    "constant": Text("constant", "常数"),
    "not monotonic": Text("not monotonic", "不单调"),
    "odd": Text("odd: f(-z) = -f(z)", "奇函数：f(-z) = -f(z)"),
    "even": Text("even: f(-z) = f(z)", "偶函数：f(-z) = f(z)"),
    "convex": Text("convex", "凸（向下凸）"),
    "concave": Text("concave", "凹（向上凸）"),
    "linear": Text("linear", "线性"),
    "neither": Text("neither convex nor concave", "既不凸也不凹"),
    "C∞": Text("C∞: derivatives of every order", "C∞：任意阶导数都存在"),
    "discontinuous": Text("discontinuous", "不连续"),
    "C0": Text("C0: continuous, with kinks", "C0：连续，但有折点"),
}
_LONG = 9
_YES, _NO = Text("yes", "是"), Text("no", "否")
_ORDER = Text(
    "C{n}: continuous derivatives up to order {n}",
    "C{n}：直到 {n} 阶的导数连续",
)
_NEITHER_PARITY = Text("neither odd nor even", "非奇非偶")
_FOR = Text("{range} for {condition}", "{range}（{condition}）")
_AT_KINK = Text(
    "at {at}: slope {left} on the left, {right} on the right, {used} used",
    "{at} 处：左导数 {left}，右导数 {right}，采用 {used}",
)
_AT_JUMP = Text(
    "at {at}: from {left} to {right}, value {value}",
    "{at} 处：从 {left} 到 {right}，函数值 {value}",
)
_AT_GAP = Text(
    "at {at}: {left} on the left, {right} on the right",
    "{at} 处：左侧趋于 {left}，右侧趋于 {right}",
)
_AT_BARE_KINK = Text(
    "at {at}: slope {left} on the left, {right} on the right, none at the point itself",
    "{at} 处：左导数 {left}，右导数 {right}，该点本身无定义",
)
_END = Text(
    "z → {infinity}: value → {value}, slope → {slope}",
    "z → {infinity}：函数值 → {value}，斜率 → {slope}",
)
_NOWHERE = Text("z → {infinity}: undefined", "z → {infinity}：无定义")
_NO_LIMIT = Text("no limit", "无极限")
_WHERE = Text("for z {bound}", "z {bound}")
_SIGNS = {"<": "<", ">": ">", "<=": "≤", ">=": "≥"}
EVERYWHERE = Text("everywhere", "处处")
_NUMERIC = Text("{text} (numeric)", "{text}（数值结果）")
_CHEAP = Text("yes: no transcendental function", "是：不含超越函数")
_COSTLY = Text("no: takes a transcendental function", "否：含超越函数")
_NEVER = Text("nowhere", "无")


def short(number: Number) -> str:
    """Return the exact form of a number, or, if it is long, six digits with ≈ before them."""
    if not _long(number):
        return number.text
    return f"≈ {number.value:.6g}"


def _long(number: Number) -> bool:
    return not number.exact or len(number.text) > _LONG


def _range(found: Range, language: Language) -> str:
    """Return a range; with decimals beside exact forms that are hard to read."""
    numbers = [
        number
        for piece in found.pieces
        for number in ((piece.value,) if isinstance(piece, Point) else (piece.lower, piece.upper))
    ]
    if not found.exact:
        return _NUMERIC.to(language, text=found.decimal)
    return f"{found.text} ≈ {found.decimal}" if any(map(_long, numbers)) else found.text


def described(facts: Facts, language: Language) -> list[tuple[str, str]]:
    """Return label and text of each fact that is known and has a meaning."""
    comma = "；" if language == "zh" else "; "
    listed = "、" if language == "zh" else ", "
    rows: list[tuple[str, str]] = []

    def add(field: str, text: str) -> None:
        rows.append((FIELDS[field].to(language), text))

    def word(field: str) -> None:
        value = getattr(facts, field)
        if value is not None:
            add(field, _word(field, value, language))

    if facts.domain.known and facts.domain.text != "(-∞, ∞)":
        add("domain", _range(facts.domain, language))
    for field in ("output_range", "derivative_range"):
        found, general = getattr(facts, field), getattr(facts, f"general_{field}")
        if found.known:
            add(field, _range(found, language))
        if general is not None and general.text != found.text:
            text = general.text
            if general.condition:
                text = _FOR.to(language, range=text, condition=general.condition)
            add(f"general_{field}", text)
    word("monotonic")
    if facts.falls_on:
        add("falls_on", comma.join(part.written(short) for part in facts.falls_on))
    if facts.extrema:
        add("extrema", comma.join(f"f({short(z)}) = {short(v)}".replace("= ≈", "≈")
                                  for z, v in facts.extrema))  # fmt: skip
    for field in ("zero_centered", "parity", "convexity", "smoothness"):
        word(field)
    if facts.jumps:
        add("jumps", comma.join(_sides(_AT_JUMP, jump, language) for jump in facts.jumps))
    if facts.kinks:
        add("kinks", comma.join(_kink(kink, language) for kink in facts.kinks))
    if facts.gaps:
        add("gaps", comma.join(_sides(_AT_GAP, gap, language) for gap in facts.gaps))
    if facts.lipschitz is not None:
        add("lipschitz", short(facts.lipschitz))
    if "limits" not in facts.not_applicable + facts.undecided:
        add("limits", comma.join(
            _end(facts, side, language) for side in (0, 1)
        ))  # fmt: skip
    if "saturation" not in facts.not_applicable + facts.undecided:
        add("saturation", _saturation(facts, language, comma))
    word("bounded")
    if facts.cheap is not None:
        add("cheap", (_CHEAP if facts.cheap else _COSTLY).to(language))
    if facts.period is not None:
        add("period", short(facts.period))
    for field in ("undecided", "not_applicable"):
        names = getattr(facts, field)
        if field == "not_applicable":  # it goes without saying of the general ones
            names = tuple(name for name in names if not name.startswith("general_"))
        if names:
            add(field, listed.join(_name(name, language) for name in names))
    return rows


def _name(field: str, language: Language) -> str:
    if field in _NOUNS:
        return _NOUNS[field].to(language)
    name = FIELDS[field].to(language)
    return name if language == "zh" else name[0].lower() + name[1:]


def _word(field: str, value: object, language: Language) -> str:
    if isinstance(value, bool):
        return (_YES if value else _NO).to(language)
    if field == "parity" and value == "neither":
        return _NEITHER_PARITY.to(language)
    text = str(value)
    if text in _WORDS:
        return _WORDS[text].to(language)
    return _ORDER.to(language, n=text.removeprefix("C"))


def _sides(text: Text, jump: Jump, language: Language) -> str:
    parts = {name: getattr(jump, name) for name in ("at", "left", "right", "value")}
    missing = _NO_LIMIT.to(language)
    return text.to(
        language, **{key: missing if part is None else short(part) for key, part in parts.items()}
    )


def _kink(kink: Kink, language: Language) -> str:
    parts = {name: short(getattr(kink, name)) for name in ("at", "left", "right", "used")}
    text = _AT_BARE_KINK if math.isnan(kink.used.value) else _AT_KINK
    return text.to(language, **parts)


def _end(facts: Facts, side: int, language: Language) -> str:
    end, infinity = facts.limits[side], ("-∞", "∞")[side]
    if facts.domain.known and math.isfinite((facts.domain.lower, facts.domain.upper)[side]):
        return _NOWHERE.to(language, infinity=infinity)
    parts = {
        key: _NO_LIMIT.to(language) if number is None else short(number)
        for key, number in (("value", end.value), ("slope", end.slope))
    }
    return _END.to(language, infinity=infinity, **parts)


def _saturation(facts: Facts, language: Language, comma: str) -> str:
    """Return from where on the limits are reached, said once where it is so for both types."""
    chinese = language == "zh"
    both, either, colon = ("、", " 或 ", "：") if chinese else (" and ", " and ", ": ")
    types: dict[str, list[str]] = {}
    for name, sides in facts.saturation.items():
        texts = [_WHERE.to(language, bound=bound) for bound in saturation_bounds(facts, sides)]
        if any(z is not None and math.isinf(z) for z in sides):
            texts = [EVERYWHERE.to(language)]
        if texts:
            types.setdefault(either.join(texts), []).append(name)
    parts = [f"{both.join(names)}{colon}{text}" for text, names in types.items()]
    return comma.join(parts) if parts else _NEVER.to(language)


def saturation_bounds(facts: Facts, sides: tuple[float | None, float | None]) -> list[str]:
    """Return what z fulfils where a value equals its limit, for example ["< -9.01", "≥ 0"]."""
    return [
        f"{_SIGNS[sign + _or_equal(facts, i, z)]} {_digits(z)}"
        for i, (sign, z) in enumerate(zip("<>", sides, strict=True))
        if z is not None
    ]


def _or_equal(facts: Facts, side: int, z: float) -> str:
    """Return what to add to the sign where f has its limit at the border as it is written."""
    limit, border = facts.limits[side].value, _digits(z)
    for jump in (*facts.jumps, *facts.gaps):
        if _digits(jump.at.value) == border:
            if limit is None or jump.value is None:
                return ""
            return "=" if jump.value.value == limit.value else ""
    return "=" if any(_digits(kink.at.value) == border for kink in facts.kinks) else ""


def _digits(z: float) -> str:
    return f"{z:.4g}" if math.isfinite(z) and abs(z) >= 1e4 else f"{z:.4f}".rstrip("0").rstrip(".")
