import math

import pytest
from rich.cells import cell_len

from ogive.linear.summary.layout import shown_name, side_by_side, table, wrapped
from ogive.linear.summary.numbers import decimal, p_value, share, significant, with_error


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (330.2853, "330.3"),
        (99999.6, "100000"),
        (9.99996, "10.00"),
        (0.000123456, "0.0001235"),
        (0.00000123456, "1.235e-06"),
        (1.5e15, "1.500e+15"),
        (184172401.9, "184172402"),
        (0.0, "0"),
        (-12.34567, "-12.35"),
        (math.inf, "∞"),
    ],
)
def test_a_number_has_four_significant_digits(value, written):
    assert significant(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.04567, "0.0457"), (1e-4, "0.0001"), (9.9e-5, "<0.0001"), (0.0, "<0.0001"), (1, "1.0000")],
)
def test_a_p_value_is_never_0(value, written):
    assert p_value(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.51774, "0.5177"),
        (0.99996, ">0.9999"),
        (1.0, "1.0000"),
        (-0.1154, "-0.1154"),
        (0, "0.0000"),
    ],
)
def test_a_share_below_1_is_not_written_as_1(value, written):
    assert share(value) == written


def test_a_coefficient_is_as_fine_as_its_standard_error():
    assert with_error([15.061872271, -177.029, 207.153], 84.915) == ["15.06", "-177.03", "207.15"]
    assert with_error([-3482258.6, -5496529.5, -1467987.6], 890420.4) == [
        "-3482259",
        "-5496530",
        "-1467988",
    ]


def test_a_tiny_or_huge_coefficient_is_in_powers_of_ten():
    assert with_error([1.23456789e-12], 1e-15) == ["1.234568e-12"]
    assert with_error([1.23456789e15, 1.2e15, 1.3e15], 2e13)[0] == "1.23457e+15"


def test_no_more_digits_are_written_than_are_right():
    assert with_error([123.456789], 0.0001, right=15) == ["123.4567890"]
    assert with_error([123.456789], 0.0001, right=4) == ["123.5"]
    assert with_error([123456.0], 10.0, right=2) == ["120000"]


def test_without_a_standard_error_there_are_six_digits():
    assert with_error([0.123456789, math.nan, math.nan], math.nan) == ["0.123457", "", ""]


def test_minus_zero_is_zero():
    assert decimal(-0.0001, 3) == "0.000"
    assert with_error([-1e-9], 1.0) == ["0.000"]


def test_columns_line_up_where_characters_are_two_cells_wide():
    lines = table(["", "系数", "p"], [["截距", "1.25", "0.1"], ["x", "-10.5", "<0.0001"]], 40)
    assert [cell_len(line) for line in lines] == [40, 40, 40]
    both = side_by_side([("方法", "最小二乘"), ("行数", "16")], [("R²", "0.99"), ("AIC", "3")], 50)
    assert [cell_len(line) for line in both] == [50, 50]


def test_text_is_broken_at_spaces_and_between_chinese_characters():
    english = wrapped("[1] " + "word " * 30, 40, "    ")
    chinese = wrapped("[1] " + "条件数较大：有的列接近其他列的组合，" * 5, 40, "    ")
    for lines in (english, chinese):
        assert len(lines) > 3
        assert all(cell_len(line) <= 42 for line in lines)
        assert all(line.startswith("    ") for line in lines[1:])
    assert not any(line.strip()[0] in "，。：；" for line in chinese)
    assert " ".join(line.strip() for line in english) == "[1] " + " ".join(["word"] * 30)


def test_a_name_is_shown_on_one_line_and_shortened():
    assert shown_name("a\nb") == "a\\nb"
    assert len(shown_name("x" * 100)) <= 32
    assert shown_name("面积") == "面积"
