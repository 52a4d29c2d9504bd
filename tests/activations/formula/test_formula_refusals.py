from __future__ import annotations

import subprocess
import sys
import time

import pytest

from ogive.activations.formula import read
from ogive.text import InputError

REFUSED = {
    "attribute access": ("z.real", "z.real"),
    "attribute of a module": ("np.exp(z)", "np.exp"),
    "dunder attribute": ("(1).__class__", ".__class__"),
    "import": ("__import__('os')", "'"),
    "import statement": ("import os", "import"),
    "call of anything else": ("eval(z)", "eval"),
    "unknown function": ("sigmoyd(z)", "sigmoid"),
    "call of a call": ("exp(z)(z)", "exp(z)"),
    "product without a sign": ("2z", "2*z"),
    "number called": ("2(z)", "2"),
    "string": ("z + 'a'", "'"),
    "bytes": ("b'a'", "'"),
    "f-string": ("f'{z}'", "'"),
    "list": ("[z]", "[z"),
    "index": ("z[0]", "z[0"),
    "dictionary": ("{z: 1}", "{z"),
    "set": ("{z}", "{z"),
    "lambda": ("lambda: z", "lambda"),
    "comprehension": ("max(z for z in z)", "for"),
    "walrus": ("(a := z)", ":"),
    "assignment": ("a = z", "'a ='"),
    "choice": ("z if z > 0 else 0", "where"),
    "star": ("max(*z)", "*z"),
    "two stars": ("exp(**z)", "**z"),
    "tuple": ("(z, z)", "z, z"),
    "empty brackets": ("()", "()"),
    "two lines": ("z\n1", "1"),
    "comment": ("z # 1", "#"),
    "semicolon": ("z; 1", ";"),
    "backslash": ("z \\ 1", "\\"),
    "NUL": ("z\0", "x00"),
    "full-width bracket": ("exp（z）", "'（'"),
    "Greek letter": ("β*z", "'β'"),
    "look-alike of z": ("ｚ + 1", "'ｚ'"),
    "superscript": ("z²", "'²'"),
    "direction mark": ("z\u202e+1", "u202e"),
    "caret": ("z^2", "**"),
    "ampersand": ("where(z > 0 & z < 1, z, 0)", "and"),
    "floor division": ("z//2", "//"),
    "remainder": ("z % 2", "%"),
    "matrix product": ("z @ z", "@"),
    "is": ("z is z", "is"),
    "in": ("z in z", "in"),
    "True": ("True*z", "True"),
    "None": ("None", "None"),
    "complex": ("1j*z", "1j"),
    "hexadecimal": ("0x10*z", "0x10"),
    "underscore in a number": ("1_000*z", "1_000"),
    "leading zero": ("012*z", "012"),
    "number too small for a float": ("z*1e-400", "'1e-400': too small"),
    "two points in a number": ("z**0.5.2", "'0.5.2': not a number"),
    "factorial": ("z!", "no factorial"),
    "negation by a mark": ("!z", "'not'"),
    "binary number": ("0b11*z", "write 3"),
    "bars": ("|z|", "abs(z)"),
    "equation": ("y = z", "right of the ="),
    "comparison the wrong way round": ("z=>1", "write >="),
    "argument without brackets": ("sin z", "sin(z)"),
    "names in a row": ("z z", "write *"),
    "brackets in a row": ("(z)(z)", "'(z)(': an operator is missing"),
    "variable called": ("z(z+1)", "z*(...)"),
    "parameter called": ("beta(z+1)", "beta*(...)"),
    "bracket never closed": ("max(z, (1", "'(1': this ( is never closed"),
    "bracket never opened": ("z) + 1", "'z)': a ) without its ("),
    "operator at the end": ("z *", "'*': nothing follows it"),
    "operators in a row": ("z + * 2", "missing before *"),
    "comma of nothing": ("max(z,,1)", "missing before ,"),
    "huge power": ("z**10**9", "10**9"),
    "huge literal power": ("z**1000000000", "z**1000000000"),
    "power of a power": ("((z**10)**10)**10", "64"),
    "negative huge power": ("z**-65", "z**-65"),
    "huge power of constants": ("9**9**9*z", "9**9"),
    "tower": ("2**2**2**2**2**2*z", "2**2"),
    "huge integer": ("9" * 900 + "*z", "999"),
    "huge number": ("1e999*z", "1e999"),
    "infinity by a product": ("1e20*1e20*z", "1e+20*1e+20"),
    "tiny number": ("1e-40*z", "1e-30"),
    "overflow of exp": ("exp(1000)*z", "exp(1000)"),
    "division by zero": ("z + 1/0", "1/0"),
    "logarithm of zero": ("z*log(0)", "log(0)"),
    "root of minus one": ("z*(-1)**0.5", "(-1)**0.5"),
    "nesting bomb of brackets": ("(" * 400 + "z" + ")" * 400, "40"),
    "nesting bomb of signs": ("-" * 900 + "z", "40"),
    "nesting bomb of nots": ("not " * 200 + "z", "40"),
    "nesting bomb of powers": ("**".join(["z"] * 300), "40"),
    "nesting bomb of calls": ("exp(" * 199 + "z" + ")" * 199, "40"),
    "nesting bomb of functions": ("mish(" * 30 + "z" + ")" * 30, "too long"),
    "nesting bomb of comparisons": ("(0<" * 30 + "z" + "<1)" * 30, "200"),
    "unclosed bracket": ("(" * 30 + "z", "("),
    "too long": ("z+" * 600 + "z", "1000"),
    "too many operations": ("min(" + ",".join(["z"] * 300) + ")", "200"),
    "empty": ("", "empty"),
    "blank": (" \n\t ", "empty"),
    "not text": (3, "int"),
    "bytes object": (b"z", "bytes"),
    "operator alone": ("*", "*"),
    "missing operand": ("z +", "+"),
    "function without call": ("sigmoid", "sigmoid(z)"),
    "too few arguments": ("exp()", "exp()"),
    "too many arguments": ("exp(z, z)", "exp(z, z)"),
    "where of two": ("where(z > 0, z)", "where(z > 0, z)"),
    "where without condition": ("where(z, z, 0)", "z > 0"),
    "and of numbers": ("z and 1", "z > 0"),
    "min of one": ("min(z)", "min(z)"),
    "keyword of max": ("max(z, 0, key=1)", "max"),
    "unknown keyword": ("elu(z, slope=1)", "slope=1"),
    "keyword of a function without": ("exp(z, base=2)", "base=2"),
    "keyword given twice": ("elu(z, alpha=1, alpha=2)", "alpha=1, alpha=2"),
    "parameter by position": ("elu(z, 2)", "elu(z, 2)"),
    "parameter that depends on z": ("elu(z, alpha=z)", "alpha=z"),
    "parameter out of bounds": ("softplus(z, beta=-1)", "beta=-1"),
    "vector function": ("softmax(z)", "softmax"),
    "gate": ("z*glu(z)", "glu"),
    "leading underscore": ("_a*z", "_a"),
    "double underscore": ("a__b*z", "a__b"),
    "long name": ("a" * 50 + "*z", "aaaa"),
    "Python word as parameter": ("async*z", "async"),
}


@pytest.mark.parametrize(("text", "piece"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_no_formula_is_refused_at_once_by_name_of_the_piece(text, piece):
    read("z")
    start = time.perf_counter()
    with pytest.raises(InputError) as caught:
        read(text)
    assert time.perf_counter() - start < 0.1
    assert piece in caught.value.text.en
    assert any("\u4e00" <= character <= "\u9fff" for character in caught.value.text.zh)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("exp（z）", "exp(z)"),
        ("where(z＞0， z， 0)", "where(z>0, z, 0)"),
        ("2 × z ÷ 3 − １", "2 * z / 3 - 1"),
        ("z＊z", "z*z"),
        ("where(z≥1、z、0)", "where(z>=1,z,0)"),
        ("where(z ＝＝ 1, 1, z)", "where(z == 1, 1, z)"),
        ("α*z + β", "alpha*z + beta"),
        ("2πz", "2*pi*z"),
        ("βz", "beta*z"),
        ("zβ", "z*beta"),
        ("σ(z)", "sigmoid(z)"),
        ("σ*z", "sigma*z"),
        ("z²⁰", "z**20"),
        ("z⁻¹", "z**-1"),
        ("√(z)", "sqrt(z)"),
        ("√z", None),
        ("𝛽*z", "beta*z"),
    ],
)
def test_a_character_of_another_script_is_shown_with_what_to_type_for_it(text, written):
    with pytest.raises(InputError) as caught:
        read(text)
    strange = next(character for character in text if not character.isascii())
    for message in caught.value.text:
        assert f"{strange!r}" in message
        assert "\\u" not in message
        assert written is None or f"{written!r}" in message
    if written is not None:
        read(written)


@pytest.mark.parametrize("text", ["é*z", "а*z"])  # the second is Cyrillic
def test_a_letter_without_counterpart_is_called_by_its_name(text):
    with pytest.raises(InputError, match=r"(LATIN|CYRILLIC) SMALL LETTER"):
        read(text)


@pytest.mark.parametrize(("text", "piece"), REFUSED.values(), ids=list(REFUSED))
def test_no_refusal_is_longer_than_three_lines(text, piece):
    with pytest.raises(InputError) as caught:
        read(text)
    assert max(map(len, caught.value.text)) <= 240


def test_a_long_piece_is_shortened_in_its_middle():
    with pytest.raises(InputError) as caught:
        read("+".join(["z*500"] * 100))
    assert "'z*500+z*500" in str(caught.value)
    assert "z*500+z*500'" in str(caught.value)
    assert len(str(caught.value)) < 240


def test_zero_itself_is_no_number_too_small():
    assert read("z + 0.000e-400").text == "z + 0"


def test_nothing_imports_sympy_before_a_derivative_is_shown():
    code = (
        "import sys\nfrom ogive.activations.formula import read\n"
        "f = read('z*sigmoid(beta*z)')\nf.program({'beta': 2.0}), f.rewritten\n"
        "try: read('z**10**9')\nexcept ValueError: pass\n"
        "assert 'sympy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("text", "parameters", "piece"),
    [
        ("beta*z", {}, "beta=1.5"),
        ("beta*z", {"beta": 1, "alpha": 2}, "alpha"),
        ("z", {"beta": 1}, "none"),
        ("beta*z", {"beta": float("nan")}, "nan"),
        ("beta*z", {"beta": 1e40}, "1e+40"),
        ("beta*z", {"beta": "1"}, "'1'"),
        ("beta*z", {"beta": True}, "True"),
        ("beta*z", {"beta": 1j}, "1j"),
        ("exp(beta)*z", {"beta": 100}, "exp(beta)"),
        ("z/beta + 1/beta", {"beta": 0}, "1/beta"),
        ("z**beta", {"beta": 65}, "z**beta"),
        ("(z**8)**beta", {"beta": 9}, "(z**8)**beta"),
        ("softplus(z, beta=b)", {"b": -1}, "beta=b"),
    ],
)
def test_a_parameter_that_does_not_fit_is_refused_by_name(text, parameters, piece):
    with pytest.raises(InputError) as caught:
        read(text).program(parameters)
    assert piece in caught.value.text.en


def test_division_by_a_parameter_that_is_zero_is_refused():
    with pytest.raises(InputError, match="beta"):
        read("z/beta").program({"beta": 0})


def test_a_formula_whose_stored_text_would_be_too_long_is_refused():
    part = "z - e**a*z"
    text = " < ".join([part] * 16)  # 127 pieces; each middle one is written twice
    with pytest.raises(InputError, match="too long"):
        read(text)
