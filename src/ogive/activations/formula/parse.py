"""Reads a formula: Python's grammar gives the tree, and only what is listed here is let through.

Nothing of the text is ever evaluated.
"""

from __future__ import annotations

import ast
import re
import warnings
from difflib import get_close_matches
from itertools import pairwise

from ogive.activations.catalogue import CATALOGUE
from ogive.activations.definition import LARGEST, SMALLEST
from ogive.activations.formula.constants import check_constants
from ogive.activations.formula.nodes import CONDITIONS, Node, Z, number, operation
from ogive.activations.formula.place import Piece
from ogive.activations.formula.spelling import MAX_DEPTH, checked, refusal, too_deep
from ogive.activations.formula.vocabulary import (
    CONSTANTS,
    ELEMENTARY,
    FUNCTIONS,
    HINTS,
    RESERVED,
    defaults,
    refused_kind,
)
from ogive.text import InputError, Text

__all__ = ["MAX_OPERATIONS", "parse"]

MAX_OPERATIONS = 200  # leaves included

_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide", ast.Pow: "power",
}  # fmt: skip
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.Eq: "eq", ast.NotEq: "ne",
}  # fmt: skip


def parse(text: object) -> Node:
    """Return the tree of a formula.

    Raises
    ------
    InputError
        For anything that is not a formula within the limits; the piece is named.
    """
    line = checked(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = ast.parse(line, mode="eval")
    except SyntaxError as error:
        at = min(max((error.offset or 1) - 1, 0), len(line) - 1)
        raise refusal(
            Piece(line, at, at + 20) or Piece(line),
            "not understood from here on; a formula is put together as 'z * sigmoid(beta * z)' is",
            "从这里起无法理解；公式的写法例如 'z * sigmoid(beta * z)'",
        ) from None
    except (ValueError, MemoryError, RecursionError, Warning):
        raise too_deep(Piece(line)) from None
    root = _Reader(line).value(tree.body, MAX_DEPTH)
    check_constants(root, {})
    return root


def _unread(node: ast.expr) -> Text:
    """Return why a piece that Python knows has no place in a formula."""
    if isinstance(node, ast.Tuple) and not node.elts:
        return Text("nothing stands in these brackets", "括号里没有内容")
    if isinstance(node, ast.Tuple):
        return Text(
            "a comma only stands between the arguments of a function",
            "逗号只能用来分隔函数的参数",
        )
    return Text("not allowed in a formula", "公式中不允许使用")


class _Reader:
    """Turns Python's nodes into ours; `depth` is what is left of the limit."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.left = MAX_OPERATIONS

    def piece(self, node: ast.AST) -> Piece:
        start, end = getattr(node, "col_offset", 0), getattr(node, "end_col_offset", None)
        return Piece(self.text, start, end)

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise refusal(
                Piece(self.text),
                f"too long; a formula has at most {MAX_OPERATIONS} operations, numbers and names"
                " (each middle part of a chained comparison counts twice)",
                f"太长；公式最多 {MAX_OPERATIONS} 个运算、数字和名称（连续比较的中间部分计两次）",
            )

    def value(self, node: ast.expr, depth: int) -> Node:
        """Return the tree of what is a number; a condition counts as 1 or 0."""
        made = self.read(node, depth)
        if made.op in CONDITIONS:
            self.spend(3)
            return operation("where", made, number(1), number(0))
        return made

    def condition(self, node: ast.expr, depth: int) -> Node:
        made = self.read(node, depth)
        if made.op not in CONDITIONS:
            raise refusal(
                self.piece(node),
                "a condition was expected here, such as z > 0",
                "这里应是条件，例如 z > 0",
            )
        return made

    def read(self, node: ast.expr, depth: int) -> Node:
        if depth <= 0:
            raise too_deep(self.piece(node))
        self.spend(1)
        match node:
            case ast.Constant():
                return self.number(node)
            case ast.Name():
                return self.name(node)
            case ast.BinOp() if type(node.op) in _ARITHMETIC:
                left, right = self.value(node.left, depth - 1), self.value(node.right, depth - 1)
                return operation(_ARITHMETIC[type(node.op)], left, right)
            case ast.UnaryOp(op=ast.USub()):
                return operation("negate", self.value(node.operand, depth - 1))
            case ast.UnaryOp(op=ast.UAdd()):
                return self.value(node.operand, depth - 1)
            case ast.UnaryOp(op=ast.Not()):
                return operation("not", self.condition(node.operand, depth - 1))
            case ast.BoolOp():
                op = "and" if isinstance(node.op, ast.And) else "or"
                return operation(op, *(self.condition(v, depth - 1) for v in node.values))
            case ast.Compare() if all(type(op) in _COMPARISONS for op in node.ops):
                return self.comparison(node, depth)
            case ast.Call():
                return self.call(node, depth)
        raise refusal(self.piece(node), *_unread(node))

    def number(self, node: ast.Constant) -> Node:
        if type(node.value) not in (int, float):
            raise refusal(
                self.piece(node),
                "not a number; formulas are of real numbers and conditions such as z > 0",
                "不是数字；公式只含实数和 z > 0 这样的条件",
            )
        try:
            value = float(node.value)  # type: ignore[arg-type]
        except OverflowError:
            value = float("inf")
        if value > LARGEST:
            raise refusal(
                self.piece(node),
                f"numbers go up to {LARGEST:g}",
                f"数字最大为 {LARGEST:g}",
            )
        if value == 0 and re.search("[1-9]", re.split("[eE]", self.piece(node))[0]):
            raise refusal(
                self.piece(node),
                f"too small; numbers other than 0 start at {SMALLEST:g}",
                f"太小；非零数最小为 {SMALLEST:g}",
            )
        return number(value)

    def name(self, node: ast.Name) -> Node:
        if node.id == "z":
            return Z
        if node.id in CONSTANTS:
            return Node("constant", name=node.id)
        if node.id in FUNCTIONS:
            raise refusal(
                self.piece(node),
                f"a function; write {node.id}(z)",
                f"这是函数；请写成 {node.id}(z)",
            )
        if node.id in RESERVED:
            raise refusal(
                self.piece(node),
                "this name has a meaning of its own; choose another for the parameter",
                "这个名称另有含义；请给参数换一个名称",
            )
        return Node("parameter", name=node.id)

    def comparison(self, node: ast.Compare, depth: int) -> Node:
        operands = [self.value(part, depth - 1) for part in (node.left, *node.comparators)]
        self.spend(sum(operand.size() for operand in operands[1:-1]))
        parts = [
            operation(_COMPARISONS[type(op)], left, right)
            for op, (left, right) in zip(node.ops, pairwise(operands), strict=True)
        ]
        return parts[0] if len(parts) == 1 else operation("and", *parts)

    def call(self, node: ast.Call, depth: int) -> Node:
        name = self.function(node.func)
        if name in ("where", "min", "max", "abs"):
            return self.special(name, node, depth)
        if len(node.args) != 1:
            raise self.wrong_count(node, name, "one argument", "一个自变量")
        keywords = tuple(self.keyword(name, part, depth) for part in node.keywords)
        if len({key for key, _ in keywords}) < len(keywords):
            raise refusal(self.piece(node), "a parameter is given twice", "参数重复给出")
        kernel = FUNCTIONS[name]
        argument_tree = self.value(node.args[0], depth - 1)
        if kernel == "absolute":
            return operation("abs", argument_tree)
        order = list(defaults(kernel))
        keywords = tuple(sorted(keywords, key=lambda pair: order.index(pair[0])))
        return Node("call", (argument_tree,), name=kernel, keywords=keywords)

    def special(self, name: str, node: ast.Call, depth: int) -> Node:
        if node.keywords:
            raise refusal(
                self.piece(node),
                f"{name} takes no keywords",
                f"{name} 不接受关键字参数",
            )
        if name == "where":
            if len(node.args) != 3:
                raise self.wrong_count(
                    node, name, "three arguments, (condition, a, b)", "三个参数 (condition, a, b)"
                )
            condition = self.condition(node.args[0], depth - 1)
            return operation("where", condition, *(self.value(a, depth - 1) for a in node.args[1:]))
        if name == "abs":
            if len(node.args) != 1:
                raise self.wrong_count(node, name, "one argument", "一个自变量")
            return operation("abs", self.value(node.args[0], depth - 1))
        if len(node.args) < 2:
            raise self.wrong_count(node, name, "two arguments or more", "两个或更多自变量")
        made = self.value(node.args[0], depth - 1)
        for argument in node.args[1:]:
            made = operation(name, made, self.value(argument, depth - 1))
        return made

    def wrong_count(self, node: ast.Call, name: str, en: str, zh: str) -> InputError:
        known = defaults(FUNCTIONS[name])
        example = next((f"{key}={value:g}" for key, value in known.items()), "")
        keywords = Text(
            f"; parameters are given by keyword, as in {name}(z, {example})",
            f"；参数用关键字给出，例如 {name}(z, {example})",
        )
        if not example:
            keywords = Text("", "")
        return refusal(
            self.piece(node),
            f"{name} takes {en}" + keywords.en,
            f"{name} 需要{zh}" + keywords.zh,
        )

    def function(self, node: ast.expr) -> str:
        if not isinstance(node, ast.Name):
            raise refusal(
                self.piece(node),
                "not a function; a product needs *",
                "不是函数；乘积需要写 *",
            )
        if node.id not in FUNCTIONS:
            raise self.unknown_function(self.piece(node))
        kernel = FUNCTIONS[node.id]
        if kernel in CATALOGUE and refused_kind(CATALOGUE[kernel]):
            raise refusal(
                self.piece(node),
                "acts on a whole layer at once and cannot be part of a formula of one z",
                "它作用于整个层，不能出现在单个 z 的公式中",
            )
        return node.id

    def unknown_function(self, name: Piece) -> InputError:
        if name == "z" or name in CONSTANTS:
            return refusal(
                name,
                f"not a function; for a product write {name}*(...)",
                f"不是函数；乘积请写成 {name}*(...)",
            )
        close = [HINTS[name]] if name in HINTS else get_close_matches(name.lower(), FUNCTIONS, 1)
        if close:
            return refusal(
                name,
                f"no such function (did you mean {close[0]!r}?)",
                f"没有这个函数（您是想用 {close[0]!r} 吗？）",
            )
        listed = (*ELEMENTARY, "min", "max", "abs", "where")
        return refusal(
            name,
            f"no such function; there are {', '.join(listed)} and those that ogive.activations()"
            f" lists. For a product write {name}*(...)",
            f"没有这个函数；可用的有 {'、'.join(listed)} 以及 ogive.activations() 列出的函数。"
            f"乘积请写成 {name}*(...)",
        )

    def keyword(self, name: str, node: ast.keyword, depth: int) -> tuple[str, Node]:
        known = defaults(FUNCTIONS[name])
        if node.arg is None or node.arg not in known:
            listed = ", ".join(known) or "-"
            raise refusal(
                self.piece(node),
                f"no parameter of {name}; its parameters: {listed}",
                f"不是 {name} 的参数；它的参数有：{listed}",
            )
        value = self.value(node.value, depth - 1)
        if value.depends_on_z():
            raise refusal(
                self.piece(node),
                f"{node.arg} of {name} must not depend on z",
                f"{name} 的 {node.arg} 不能依赖 z",
            )
        return node.arg, value
