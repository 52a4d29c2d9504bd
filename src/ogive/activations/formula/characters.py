"""Characters that formulas do not have, and what to type for them."""

from __future__ import annotations

import unicodedata

from ogive.text import Text

__all__ = ["explanation", "in_ascii", "transcribed"]

# Mathematical signs, and the punctuation that input methods for Chinese produce.
_SIGNS = {
    "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "∗": "*", "∘": "*", "✕": "*", "✖": "*",
    "÷": "/", "∕": "/", "⁄": "/", "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "﹣": "-",
    "≤": "<=", "⩽": "<=", "≦": "<=", "≥": ">=", "⩾": ">=", "≧": ">=", "≠": "!=", "≡": "==",
    "、": ",", "〔": "(", "〕": ")", "【": "(", "】": ")", "［": "(", "］": ")", "｛": "(",
    "｝": ")", "√": "sqrt", "∧": " and ", "∨": " or ", "¬": " not ", "∞": "", "∑": "", "∫": "",
    "′": "", "∂": "",
}  # fmt: skip
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "theta", "κ": "kappa", "λ": "lambd", "μ": "mu",
    "µ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Δ": "delta",
    "Φ": "normal_cdf",
}  # fmt: skip

_INSTEAD = {
    "^": Text("write ** for a power", "乘方请写成 **"),
    "&": Text("write 'and'", "请写成 and"),
    "|": Text("write abs(z) for |z|, and 'or' between conditions",
              "绝对值 |z| 请写成 abs(z)，条件之间的“或”请写成 or"),
    "~": Text("write 'not'", "请写成 not"),
    ".": Text("no attributes; write exp, not np.exp", "不能使用属性；请写 exp，不要写 np.exp"),
    "[": Text("there are no lists or indices; use ( )", "没有列表和下标；请使用 ( )"),
    "]": Text("there are no lists or indices; use ( )", "没有列表和下标；请使用 ( )"),
    "{": Text("there are no sets; use ( )", "没有集合；请使用 ( )"),
    "}": Text("there are no sets; use ( )", "没有集合；请使用 ( )"),
    '"': Text("there are no strings", "不能使用字符串"),
    "'": Text("there are no strings", "不能使用字符串"),
    ":": Text("write where(condition, a, b) for a choice",
              "分段请写成 where(condition, a, b)"),
    "?": Text("write where(condition, a, b) for a choice",
              "分段请写成 where(condition, a, b)"),
    "%": Text("there is no remainder; write 0.05 for 5%", "没有取余运算；5% 请写成 0.05"),
    ";": Text("a formula is one expression; between arguments stands a comma",
              "公式只能是一个表达式；参数之间用逗号"),
    "#": Text("there are no comments", "公式中不能有注释"),
    "@": Text("write * for a product", "乘积请写成 *"),
}  # fmt: skip
_STRANGE = Text("this character is not allowed", "不允许使用这个字符")


def in_ascii(character: str) -> str | None:
    """Return what formulas write for a character, None where they have nothing for it.

    Examples
    --------
    >>> in_ascii("（"), in_ascii("β"), in_ascii("²"), in_ascii("z")
    ('(', 'beta', '**2', None)
    """
    if character.isascii():
        return None
    if character in _SIGNS:
        return _SIGNS[character] or None
    if character in _GREEK:
        return _GREEK[character]
    plain = unicodedata.normalize("NFKC", character).replace("−", "-")
    if plain in _GREEK:  # bold, italic …
        return _GREEK[plain]
    if not plain.isascii() or not plain.isprintable() or plain.strip() in _INSTEAD:
        return None
    decomposition = unicodedata.decomposition(character)
    if decomposition.startswith("<super>"):
        return f"**{plain}"
    # A letter that looks like one of ours in another size or shape; not one with an accent.
    return plain if decomposition.startswith("<") else None


def transcribed(text: str) -> str | None:
    """Return the text with all such characters replaced; None where one has no counterpart.

    Examples
    --------
    >>> transcribed("σ（2π × z）"), transcribed("z²⁰")
    ('sigmoid(2*pi * z)', 'z**20')
    """
    made = ""
    raised = False
    for i, character in enumerate(text):
        plain = character if character.isascii() else in_ascii(character)
        if plain is None:
            return None
        rest = text[i + 1 :].lstrip()
        called = rest[:1] in ("(", "（")
        if character == "σ" and called:
            plain = "sigmoid"
        elif character == "√" and not called:
            return None
        power = plain.startswith("**") and not character.isascii()
        if power and raised:
            plain = plain.removeprefix("**")
        raised = power
        if character in _GREEK and made and (made[-1].isalnum() or made[-1] == ")"):
            plain = f"*{plain}"
        if i and text[i - 1] in _GREEK and character.isalpha() and character not in _GREEK:
            plain = f"*{plain}"
        made += plain
    return made


def explanation(text: str, at: int) -> Text:
    """Return why the character at a place is refused, and what to do."""
    character = text[at]
    if character == "!":
        if at and (text[at - 1].isalnum() or text[at - 1] in ")_"):
            return Text("there is no factorial", "没有阶乘运算")
        return _INSTEAD["~"]
    plain = unicodedata.normalize("NFKC", character)
    if plain in "“”‘’":
        plain = "'"
    if plain in _INSTEAD:
        return _INSTEAD[plain]
    if character == "∞":
        return Text("there is no infinity in a formula", "公式中不能使用无穷大")
    if not character.isascii() and character.isalpha():
        name = unicodedata.name(character, "")
        if name:
            return Text(f"{_STRANGE.en} ({name})", f"{_STRANGE.zh}（{name}）")
    return _STRANGE
