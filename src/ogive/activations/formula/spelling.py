"""What a formula may look like before it is parsed: characters, words and brackets."""

from __future__ import annotations

import keyword
import re

from ogive.activations.formula.vocabulary import ALLOWED
from ogive.text import InputError

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "checked", "refusal", "too_deep"]

MAX_LENGTH = 1000
MAX_DEPTH = 40

_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<operator>\*\*|[<>=!]=|[-+*/<>(),=])"
    r"|(?P<space> +)"
)
_INSTEAD = {
    "^": ("write ** for a power", "乘方请写成 **"),
    "&": ("write 'and'", "请写成 and"),
    "|": ("write 'or'", "请写成 or"),
    "~": ("write 'not'", "请写成 not"),
    ".": ("no attributes; write exp, not np.exp", "不能使用属性；请写 exp，不要写 np.exp"),
    "[": ("there are no lists or indices; use ( )", "没有列表和下标；请使用 ( )"),
    "]": ("there are no lists or indices; use ( )", "没有列表和下标；请使用 ( )"),
    '"': ("there are no strings", "不能使用字符串"),
    "'": ("there are no strings", "不能使用字符串"),
    ":": ("write where(condition, a, b) for a choice", "分段请写成 where(condition, a, b)"),
    "%": ("there is no remainder", "没有取余运算"),
    "!": ("write 'not'", "请写成 not"),
}  # fmt: skip
_WORDS = {"and", "or", "not"}


def refusal(piece: str, en: str, zh: str, *, allowed: bool = True) -> InputError:
    """Return the error that names a piece of a formula and says why it is refused."""
    shown = ascii(piece if len(piece) <= 60 else piece[:57] + "...")
    tail = ALLOWED if allowed else ("", "")
    return InputError(f"formula: {shown}: {en}." + tail[0], f"公式中的 {shown}：{zh}。" + tail[1])


def too_deep(piece: str) -> InputError:
    """Return the error for what is nested too deeply."""
    return refusal(
        piece,
        f"nested too deeply; at most {MAX_DEPTH} levels are allowed, and in a sum or product of"
        " many terms each term is one",
        f"嵌套太深；最多允许 {MAX_DEPTH} 层，多项之和或积中每一项算一层",
        allowed=False,
    )


def checked(text: object) -> str:
    """Return the text on one line, or raise `InputError` for what no formula can hold."""
    if not isinstance(text, str):
        raise InputError(
            f"a formula must be text such as 'z * sigmoid(z)', not {type(text).__name__}.",
            f"公式必须是文本，例如 'z * sigmoid(z)'，而不是 {type(text).__name__}。",
        )
    if len(text) > MAX_LENGTH:
        raise refusal(
            text,
            f"a formula has at most {MAX_LENGTH} characters, this one {len(text)}",
            f"公式最多 {MAX_LENGTH} 个字符，这里有 {len(text)} 个",
            allowed=False,
        )
    text = re.sub(r"[ \t\r\n]+", " ", text).strip()
    if not text:
        raise InputError(
            "the formula is empty; write one such as 'z * sigmoid(z)'.",
            "公式是空的；请写一个，例如 'z * sigmoid(z)'。",
        )
    at = depth = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise _strange_character(text, at)
        at = token.end()
        if token["number"]:
            _check_end_of_number(text, token)
        elif token["word"]:
            _check_word(token["word"])
        elif token[0] in "()":
            depth += 1 if token[0] == "(" else -1
            if depth > MAX_DEPTH:
                raise too_deep(text)
    return text


def _strange_character(text: str, at: int) -> InputError:
    character = text[at]
    en, zh = _INSTEAD.get(character, ("this character is not allowed", "不允许使用这个字符"))
    start = at - len(re.search(r"\w*$", text[:at], re.ASCII)[0])  # type: ignore[index]
    piece = text[start : at + 1 + len(re.match(r"\w*", text[at + 1 :], re.ASCII)[0])]  # type: ignore[index]
    return refusal(piece, en, zh)


def _check_end_of_number(text: str, token: re.Match[str]) -> None:
    rest = re.compile(r"[A-Za-z0-9_]+").match(text, token.end())
    if rest:
        raise refusal(
            token[0] + rest[0],
            f"not a number; for a product write {token[0]}*{rest[0]}",
            f"不是数字；乘积请写成 {token[0]}*{rest[0]}",
            allowed=False,
        )


def _check_word(word: str) -> None:
    if word not in _WORDS and keyword.iskeyword(word):
        raise refusal(
            word,
            "a word of Python's that formulas do not have"
            + ("; write where(condition, a, b)" if word in ("if", "else") else "")
            + ("; choose another name for the parameter" if word == "lambda" else ""),
            "这是 Python 的关键字，公式中不能使用"
            + ("；请写成 where(condition, a, b)" if word in ("if", "else") else "")
            + ("；请给参数换一个名称" if word == "lambda" else ""),
        )
    if word.startswith("_") or "__" in word or len(word) > 40:
        raise refusal(
            word,
            "a name starts with a letter, holds no double underscore and at most 40 characters",
            "名称须以字母开头，不含双下划线，最多 40 个字符",
        )
