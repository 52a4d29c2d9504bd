"""What a formula may look like before it is parsed: characters, words and brackets."""

from __future__ import annotations

import keyword
import re

from ogive.activations.formula.characters import explanation, in_ascii, transcribed
from ogive.activations.formula.place import BLANKS, FormulaError, Piece
from ogive.activations.formula.vocabulary import FUNCTIONS
from ogive.text import InputError, Text, quoted

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "checked", "refusal", "too_deep"]

MAX_LENGTH = 1000
MAX_DEPTH = 40

_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<operator>\*\*|[<>=!]=|[-+*/<>(),=])"
    r"|(?P<space> +)"
)
_WORDS = {"and", "or", "not"}


def refusal(piece: str, en: str, zh: str) -> FormulaError:
    """Return the error that names a piece of a formula and says why it is refused."""
    shown = quoted(piece)
    place = (piece.at, piece.at + len(piece)) if isinstance(piece, Piece) else None
    error = FormulaError(f"formula: {shown}: {en}.", f"公式中的 {shown}：{zh}。", place)
    error.piece = piece
    return error


def too_deep(piece: str) -> FormulaError:
    """Return the error for what is nested too deeply."""
    return refusal(
        piece,
        f"nested too deeply; at most {MAX_DEPTH} levels are allowed, and in a sum or product of"
        " many terms each term is one",
        f"嵌套太深；最多允许 {MAX_DEPTH} 层，多项之和或积中每一项算一层",
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
            Piece(text),
            f"a formula has at most {MAX_LENGTH} characters, this one {len(text)}",
            f"公式最多 {MAX_LENGTH} 个字符，这里有 {len(text)} 个",
        )
    text = BLANKS.sub(" ", text).strip()
    if not text:
        raise InputError(
            "the formula is empty; write one such as 'z * sigmoid(z)'.",
            "公式是空的；请写一个，例如 'z * sigmoid(z)'。",
        )
    at = 0
    opened: list[int] = []
    before: re.Match[str] | None = None
    operand = 0  # where the last one begins
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise _strange_character(text, at)
        at = token.end()
        if token["space"]:
            continue
        if token["number"]:
            _check_end_of_number(text, token)
        elif token["word"]:
            _check_word(Piece(text, *token.span()))
        _check_neighbours(text, before, token, operand)
        operand = token.start()
        if token[0] == "(":
            opened.append(token.start())
            if len(opened) > MAX_DEPTH:
                raise too_deep(Piece(text))
        elif token[0] == ")":
            if not opened:
                raise refusal(
                    Piece(text, 0, token.end()), "a ) without its (", "右括号没有对应的左括号"
                )
            bracket = opened.pop()
            operand = bracket - len(re.search(r"\w*$", text[:bracket])[0])  # type: ignore[index]
        elif token[0] == "=" and text[at : at + 1] in ("<", ">"):
            sign = f"{text[at]}="
            raise refusal(Piece(text, token.start(), at + 1), f"write {sign}", f"请写成 {sign}")
        elif token[0] == "=" and not opened:
            raise refusal(
                Piece(text, 0, token.end()),
                "write only what stands right of the =; a comparison is written ==",
                "请只写 = 右边的部分；判断相等请写 ==",
            )
        before = token
    if opened:
        raise refusal(Piece(text, opened[-1]), "this ( is never closed", "这个左括号没有闭合")
    if before is not None and _is_operator(before):
        raise refusal(Piece(text, *before.span()), "nothing follows it", "后面缺少内容")
    return text


def _is_operator(token: re.Match[str]) -> bool:
    return token[0] in _WORDS or (bool(token["operator"]) and token[0] not in "()")


def _check_neighbours(
    text: str, left: re.Match[str] | None, right: re.Match[str], operand: int
) -> None:
    """Refuse operands in a row with no operator between them, and operators likewise."""
    if _is_operator(right) and right[0] not in ("+", "-", "not"):
        if left is not None and left[0] == right[0] == "/":
            raise refusal(
                Piece(text, left.start(), right.end()),
                "a division is written with a single /",
                "除法只写一个 /",
            )
        if left is None or left[0] == "(" or _is_operator(left):
            sign = right[0]
            raise refusal(
                Piece(text, left.start() if left else 0),
                f"something is missing before {sign}",
                f"{sign} 前面缺少内容",
            )
        return
    if left is None or left[0] in _WORDS or right[0] in _WORDS:
        return
    value = left["number"] or left["word"] or left[0] == ")"
    if not value or not (right["number"] or right["word"] or right[0] == "("):
        return
    if left["word"] and right[0] == "(":  # a call, or refused where the function is looked up
        return
    if left["number"] and right["number"] and left.end() == right.start():
        en, zh = "not a number", "不是数字"
    elif left["word"] in FUNCTIONS:
        call = f"{left[0]}({right[0]})"
        en, zh = f"an argument stands in brackets; write {call}", f"自变量要写在括号里：{call}"
    else:
        en, zh = "an operator is missing; for a product write *", "缺少运算符；乘积请写 *"
    raise refusal(Piece(text, operand, right.end()), en, zh)


def _strange_character(text: str, at: int) -> InputError:
    character = text[at]
    plain = in_ascii(character)
    if plain is not None:
        whole = transcribed(text)
        if whole is not None and len(whole) <= 60 and _passes(whole):
            advice = Text(f"write {whole!r}", f"请写成 {whole!r}")
        else:
            advice = Text(f"write {plain.strip()!r} for it", f"请改用 {plain.strip()!r}")
        return refusal(
            Piece(text, at, at + 1),
            f"formulas are typed in ASCII; {advice.en}",
            f"公式用 ASCII 字符输入；{advice.zh}",
        )
    start = at - len(re.search(r"\w*$", text[:at], re.ASCII)[0])  # type: ignore[index]
    end = at + 1 + len(re.match(r"\w*", text[at + 1 :], re.ASCII)[0])  # type: ignore[index]
    return refusal(Piece(text, start, end), *explanation(text, at))


def _passes(text: str) -> bool:
    try:
        checked(text)
    except InputError:
        return False
    return True


def _check_end_of_number(text: str, token: re.Match[str]) -> None:
    rest = re.compile(r"[A-Za-z0-9_]+").match(text, token.end())
    if not rest:
        return
    piece = Piece(text, token.start(), rest.end())
    number = _written_otherwise(piece)
    if number is not None:
        en, zh = f"numbers are decimal; write {number}", f"数字只能是十进制；请写成 {number}"
    elif rest[0][0].isalpha() and piece[:2].lower() not in ("0x", "0b", "0o"):
        product = f"{token[0]}*{rest[0]}"
        en, zh = f"not a number; for a product write {product}", f"不是数字；乘积请写成 {product}"
    else:
        en, zh = "not a number", "不是数字"
    raise refusal(piece, en, zh)


def _written_otherwise(piece: str) -> int | None:
    """Return the number that Python reads in 0x10, 0b11, 0o17 and 1_000."""
    if not re.fullmatch(r"0[xX][0-9A-Fa-f_]+|0[bB][01_]+|0[oO][0-7_]+|[0-9][0-9_]*", piece):
        return None
    try:
        return int(piece, 0)
    except ValueError:
        return None


def _check_word(word: Piece) -> None:
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
