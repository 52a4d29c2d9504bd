import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogive.data import _records
from ogive.data._records import first_ragged_record, unclosed_quotation

CELLS = st.text(alphabet='ab ,"\n;é甲', max_size=4)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=8))
def test_what_pythons_writer_writes_is_ragged_where_a_row_has_another_width(rows):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    found = first_ragged_record(text.getvalue().encode(), ",", 2)
    wrong = [row for row in rows if len(row) != 2]
    assert (found is None) == (not wrong)
    assert found is None or found.found == 3


@pytest.mark.parametrize("width", [2, 3])
def test_blocks_smaller_than_the_file_change_nothing(width, monkeypatch):
    lines = [b"1,2"] * 500 + [b"1,2,3"] + [b"1,2"] * 3
    data = np.frombuffer(b"\n".join(lines), dtype=np.uint8)
    whole = _records._by_counting(data, ord(","), width)
    monkeypatch.setattr(_records, "BLOCK", 64)
    assert _records._by_counting(data, ord(","), width) == whole
    assert whole == ((501, 3) if width == 2 else (1, 2))


def test_a_record_longer_than_a_block_is_counted(monkeypatch):
    monkeypatch.setattr(_records, "BLOCK", 8)
    raw = b'"' + b"x\n" * 40 + b'",2\n1,2\n1\n'
    assert first_ragged_record(raw, ",", 2) == (43, 1)


def test_an_escaped_quotation_mark_does_not_open_one():
    assert unclosed_quotation(b'a,b\n"x ""y"" z",1\n', ",") is None
