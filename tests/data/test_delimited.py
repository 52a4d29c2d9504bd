import polars as pl
import pytest

from ogive.data.delimited import read_delimited
from ogive.text import InputError


def read(text: str | bytes) -> pl.DataFrame:
    return read_delimited(text if isinstance(text, bytes) else text.encode(), "t.csv")


def refusal(text: str | bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    text = "a,b,c\n1,x,2.5\n3,y,4.5\n".replace(",", separator)
    assert read(text).rows() == [(1, "x", 2.5), (3, "y", 4.5)]


def test_a_byte_order_mark_is_no_part_of_the_first_name():
    assert read("\ufeffa,b\n1,2\n").columns == ["a", "b"]


def test_chinese_names_and_values_are_kept():
    frame = read("名称,价格\n甲,1\n乙,2\n")
    assert frame.to_dict(as_series=False) == {"名称": ["甲", "乙"], "价格": [1, 2]}


@pytest.mark.parametrize("missing", ["", "NA", "N/A", "NaN", "nan", "null", "?", " NA "])
def test_marks_of_missing_values_are_understood(missing):
    frame = read(f"a,b\n{missing},x\n1,{missing}\n2,y\n")
    assert frame.rows() == [(None, "x"), (1, None), (2, "y")]


def test_blanks_around_names_and_values_are_stripped():
    frame = read("a, b ,c\n1, 2.5, x\n3, NA, y \n")
    assert frame.to_dict(as_series=False) == {"a": [1, 3], "b": [2.5, None], "c": ["x", "y"]}


def test_a_decimal_comma_is_understood_between_semicolons():
    assert read("a;b\n1,5;-2,25\n2;3\n").rows() == [(1.5, -2.25), (2.0, 3.0)]


def test_lines_without_any_value_are_left_out():
    assert read("a,b\n1,2\n\n3,4\n,\n\n\n").rows() == [(1, 2), (3, 4)]


def test_an_empty_line_in_a_single_column_is_a_missing_value():
    assert read("a\n1\n\n3\n")["a"].to_list() == [1, None, 3]


def test_windows_and_old_mac_line_ends_are_understood():
    assert read("a,b\r\n1,2\r\n").rows() == [(1, 2)]
    assert read("a,b\r1,2\r3,4\r").rows() == [(1, 2), (3, 4)]


def test_a_quoted_value_may_hold_separators_and_line_ends():
    assert read('a,b\n"x,\ny",1\n"say ""hi""",2\n').rows() == [("x,\ny", 1), ('say "hi"', 2)]


def test_a_lone_quotation_mark_within_a_value_is_taken_literally():
    assert read('size,n\n5" pipe,1\n3" pipe,2\n7,3\n').rows()[0] == ('5" pipe', 1)


def test_iso_dates_become_dates():
    assert read("day,n\n2024-02-29,1\n2024-03-01,2\n").schema["day"] == pl.Date


def test_a_type_that_shows_late_is_found():
    assert read("a\n" + "1\n" * 20_000 + "1.5\n").schema["a"] == pl.Float64
    assert read("a\n" + "1\n" * 20_000 + "x\n").schema["a"] == pl.String
    assert read("a,b\n" + "NA,1\n" * 20_000 + "1.5,1\n").schema["a"] == pl.Float64


def test_a_column_without_a_name_gets_one():
    assert read(",b\n0,1\n1,2\n").columns == ["column_1", "b"]


def test_a_header_alone_is_refused():
    assert "no rows of data" in str(refusal("a,b\n"))


@pytest.mark.parametrize("text", ["\n\n", "   \n", "\ufeff"])
def test_blank_text_is_refused(text):
    assert "is empty" in str(refusal(text))


def test_a_line_with_too_many_fields_is_named():
    error = refusal("a,b\n1,2\n3,4,5\n")
    assert "line 3: 3 fields where the header has 2" in error.text.en
    assert "第 3 行有 3 个字段，而表头有 2 个" in error.text.zh


def test_a_line_with_too_few_fields_is_named():
    assert "line 2: 1 field where the header has 3" in str(refusal("a,b,c\n1\n2,3,4\n"))


def test_lines_are_counted_through_quoted_line_ends():
    assert "line 4: 3 fields" in str(refusal('a,b\n"x\ny",2\n3,4,5\n'))


def test_a_quotation_never_closed_is_named():
    assert "line 3: a quotation mark" in str(refusal('a,b\n1,2\n3,"x\n5,6\n7,8\n'))


def test_bytes_that_are_not_utf8_are_named_by_line_and_offset():
    error = refusal(b"a,b\n1,2\nx\xff,4\n")
    assert "line 3: byte 0xFF (offset 9) is not UTF-8; save the file as UTF-8" in error.text.en
    assert "UTF-8" in error.text.zh


def test_utf16_is_recognised():
    assert "UTF-16" in str(refusal("a,b\n1,2\n".encode("utf-16")))


def test_a_repeated_column_name_is_named():
    assert "more than once: b;" in str(refusal("a,b,b\n1,2,3\n"))


def test_chinese_text_in_gbk_is_read_and_that_is_said():
    text = "城市,面积,价格\n北京,80,9.5\n成都,120,3\n"
    notices = []
    frame = read_delimited(text.encode("gbk"), "t.csv", notices)
    assert frame.equals(read(text))
    assert [notice.en for notice in notices] == [
        "t.csv is not UTF-8 and was read as GB18030 (GBK)."
    ]
    notices.clear()
    read_delimited(text.encode(), "t.csv", notices)
    assert notices == []


@pytest.mark.parametrize("text", ["Müller,1\nBärbel,2", "café,1\nnaïve,2", "Straße,1\nGrüße,2"])
def test_western_text_is_not_taken_for_chinese(text):
    assert "is not UTF-8" in refusal(f"a,b\n{text}\n".encode("latin-1")).text.en
