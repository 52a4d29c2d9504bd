"""The tree of a formula."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ARITHMETIC", "COMPARISONS", "CONDITIONS", "Z", "Node", "number", "operation"]

ARITHMETIC = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**"}
COMPARISONS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}
CONDITIONS = {*COMPARISONS, "and", "or", "not"}


@dataclass(frozen=True, slots=True)
class Node:
    """One operation, function or leaf.

    Attributes
    ----------
    op : str
        A leaf: ``"z"``, ``"number"``, ``"constant"`` (pi or e), ``"parameter"``. Otherwise a key
        of `ARITHMETIC`, ``"negate"``, one of `CONDITIONS`, ``"where"``, ``"max"``, ``"min"``,
        ``"abs"``, or ``"call"`` for a function that is a kernel of the core.
    args : tuple of Node
        The operands; a call has one.
    value : float
        That of a number.
    name : str
        That of a constant, a parameter or the function called.
    keywords : tuple of (str, Node)
        The parameters given to a function, none of which depends on z.
    """

    op: str
    args: tuple[Node, ...] = ()
    value: float = 0.0
    name: str = ""
    keywords: tuple[tuple[str, Node], ...] = ()

    @property
    def children(self) -> tuple[Node, ...]:
        """Operands and parameters."""
        return (*self.args, *(node for _, node in self.keywords))

    def size(self) -> int:
        """Return the number of operations and leaves."""
        return 1 + sum(child.size() for child in self.children)

    def depends_on_z(self) -> bool:
        """Return whether z occurs."""
        return self.op == "z" or any(child.depends_on_z() for child in self.args)

    def parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters in order of appearance."""
        names = [self.name] if self.op == "parameter" else []
        for child in self.children:
            names += child.parameters()
        return tuple(dict.fromkeys(names))

    def with_children(self, children: tuple[Node, ...]) -> Node:
        """Return the same operation on other operands and parameters."""
        n = len(self.args)
        keywords = tuple(
            (key, node) for (key, _), node in zip(self.keywords, children[n:], strict=True)
        )
        return Node(self.op, children[:n], self.value, self.name, keywords)


Z = Node("z")


def number(value: float) -> Node:
    """Return the leaf of a number."""
    return Node("number", value=float(value))


def operation(op: str, *args: Node) -> Node:
    """Return an operation on operands."""
    return Node(op, args)
