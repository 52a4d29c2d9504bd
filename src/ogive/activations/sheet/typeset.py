"""SymPy expressions for reading: in plain characters and in MathML."""

from __future__ import annotations

from typing import Any

__all__ = ["mathml", "plain", "rounded"]

# Enough to recognise a constant by; the exact one is in the definition.
DIGITS = 7
EULER = "\u212f"  # SymPy's sign for e, which few fixed-width fonts have


def rounded(expression: Any) -> Any:
    """Return the expression with its decimals cut to a length that can be read."""
    from sympy import Float

    return expression.xreplace(
        {number: Float(f"{float(number):.{DIGITS}g}") for number in expression.atoms(Float)}
    )


def plain(expression: Any, width: int = 76) -> str:
    """Return an expression in Unicode characters, on several lines where it has fractions.

    One too wide for `width` comes as a single line, as it would be typed.
    """
    from sympy import pretty

    short = rounded(expression)
    drawn = str(pretty(short, use_unicode=True, wrap_line=False)).replace(EULER, "e")
    lines = [line.rstrip() for line in drawn.split("\n")]
    if max(map(len, lines)) <= width:
        return "\n".join(lines)
    return str(short).replace("**", "^").replace("*", "·")


def mathml(expression: Any, head: str) -> str:
    """Return ``head = expression`` as a MathML element; `head` is MathML itself."""
    body = _printer().doprint(rounded(expression))
    return (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
        f"<mrow>{head}<mo>=</mo>{body}</mrow></math>"
    )


def _printer() -> Any:
    from sympy.printing.mathml import MathMLPresentationPrinter

    class Printer(MathMLPresentationPrinter):  # type: ignore[misc]
        """SymPy's, which knows no cases, names entities that XML lacks, and escapes nothing."""

        def _element(self, name: str, *parts: Any, **attributes: str) -> Any:
            element = self.dom.createElement(name)
            for key, value in attributes.items():
                element.setAttribute(key, value)
            for part in parts:
                text = isinstance(part, str)
                element.appendChild(self.dom.createTextNode(part) if text else part)
            return element

        def _print_Piecewise(self, expression: Any) -> Any:
            table = self._element("mtable", columnalign="left left", columnspacing="1em")
            for value, condition in expression.args:
                otherwise = condition == True  # noqa: E712 (SymPy's own true)
                when = self._element("mtext", "otherwise") if otherwise else self._print(condition)
                cells = (self._element("mtd", part) for part in (self._print(value), when))
                table.appendChild(self._element("mtr", *cells))
            brace = self._element("mo", "{", stretchy="true", fence="true")
            return self._element("mrow", brace, table)

        def _print_Mul(self, expression: Any) -> Any:
            from sympy import fraction
            from sympy.printing.precedence import PRECEDENCE

            if expression.could_extract_minus_sign():
                return self._element(
                    "mrow", self._element("mo", "\u2212"), self._print(-expression)
                )
            # SymPy's own puts every exponential with a minus below the bar.
            above, below = fraction(expression, exact=True)
            if below != 1:
                return self._element("mfrac", self._print(above), self._print(below))
            row = self._element("mrow")
            for factor in expression.as_ordered_factors():
                if row.childNodes:
                    row.appendChild(self._element("mo", "\u2062"))
                row.appendChild(self.parenthesize(factor, PRECEDENCE["Mul"]))
            return row

        def _call(self, name: str, expression: Any) -> Any:
            inner = self._print(expression.args[0])
            brackets = [self._element("mo", sign) for sign in "()"]
            return self._element("mrow", self._element("mi", name), brackets[0], inner, brackets[1])

        def _print_log(self, expression: Any) -> Any:
            return self._call("log", expression)

        def _print_Exp1(self, expression: Any) -> Any:
            return self._element("mi", "e")

        def _print_exp(self, expression: Any) -> Any:
            return self._element("msup", self._element("mi", "e"), self._print(expression.args[0]))

        def doprint(self, expression: Any) -> str:
            text: str = super().doprint(expression)
            return (
                text.replace("&ExponentialE;", "e")
                .replace("&InvisibleTimes;", "\u2062")
                .replace("&pi;", "π")
                .replace("<mo><</mo>", "<mo>&lt;</mo>")
                .replace("<mo>></mo>", "<mo>&gt;</mo>")
            )

    return Printer({"mul_symbol": None})
