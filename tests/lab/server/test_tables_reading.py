"""What a worker makes of an uploaded file, and what it refuses."""

import gzip
import io

import numpy as np
import polars as pl
import pytest

pytest.importorskip("ogive_lab", reason="the lab is not installed")

from ogive.text import InputError
from ogive_lab.comparing.describing import describe_source
from ogive_lab.comparing.sources import Source
from ogive_lab.comparing.uploads import Bounds, read_upload

BOUNDS = Bounds(rows=100, columns=5, bytes=2**20)
FRAME = pl.DataFrame(
    {
        "id": range(8),
        "height": [1.5, 2.5, None, 4.0, 5.0, 6.0, 7.0, float("nan")],
        "town": ["Bonn", "Bonn", "Ulm", "Ulm", "Bonn", "Ulm", "Bonn", None],
        "always": [1] * 8,
        "ill": [True, False] * 4,
    }
)


def refusal(raw, name, bounds=BOUNDS):
    with pytest.raises(InputError) as caught:
        read_upload(raw, name, bounds)
    assert caught.value.text.zh.endswith("。")
    return caught.value.text.en


def as_parquet(frame, **options):
    file = io.BytesIO()
    frame.write_parquet(file, **options)
    return file.getvalue()


def test_a_table_comes_back_as_it_was_sent():
    source, _ = read_upload(as_parquet(FRAME), "people.parquet", BOUNDS)
    assert source.name == "people.parquet"
    assert source.table().equals(FRAME)


def test_the_description_tells_kinds_missing_values_and_what_cannot_help():
    _, told = read_upload(as_parquet(FRAME), "people.parquet", BOUNDS)
    columns = {column["name"]: column for column in told["columns"]}
    assert told["rows"] == 8
    assert told["missing"] == 3
    assert columns["height"]["kind"] == "number"
    assert columns["height"]["missing"] == 2
    assert columns["town"]["said"]["en"] == "Bonn 50%, Ulm 38%"
    assert columns["always"]["useless"] == "constant"
    assert columns["id"]["useless"] == "counter"
    assert columns["ill"]["task"] == "classification"
    assert columns["ill"]["classes"] == 2
    assert told["target"] == "ill"


def test_the_description_of_a_bundled_set_names_its_target_and_shows_first_rows():
    told = describe_source(Source("wine"))
    assert told["target"] == "target"
    assert told["rows"] == 178
    assert told["preview"][0][:2] == ["14.23", "1.71"]


def test_text_that_is_no_utf_8_is_read_with_a_notice():
    source, told = read_upload("年龄,城市\n1,北京\n2,上海\n".encode("gbk"), "表.csv", BOUNDS)
    assert source.table().columns == ["年龄", "城市"]
    assert "GB18030" in told["notices"][0]["en"]


def test_more_rows_than_the_lab_takes_are_refused_with_both_numbers():
    raw = b"a\n" + b"1\n" * 101
    assert "has 101 rows, and the lab takes 100" in refusal(raw, "t.csv")


def test_more_columns_than_the_lab_takes_are_refused_with_both_numbers():
    raw = b"a,b,c,d,e,f\n1,2,3,4,5,6\n"
    assert "has 6 columns, and the lab takes 5" in refusal(raw, "t.csv")


def test_a_parquet_file_that_announces_too_much_is_refused_before_it_is_unpacked(monkeypatch):
    raw = as_parquet(pl.DataFrame({"zero": np.zeros(3_000_000)}), compression="zstd")
    assert len(raw) < 100_000

    def unpacked(*given, **named):
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(pl, "read_parquet", unpacked)
    assert "has 3,000,000 rows" in refusal(raw, "zero.parquet")


def test_a_packed_file_that_unpacks_to_far_more_is_refused():
    raw = gzip.compress(b"a\n" + b"1\n" * 10_000_000)
    assert "is larger than 10 MB once it is unpacked" in refusal(raw, "t.csv.gz")


def test_a_column_name_as_long_as_a_text_is_refused():
    assert "a column whose name is 300 characters long" in refusal(b"x" * 300 + b"\n1\n", "t.csv")


@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [
        (b"", "t.csv", "is empty"),
        (b"a,b\n", "t.csv", "has a header and no rows of data"),
        (b"a,b\n1,2\n3\n", "t.csv", "line 3: 1 field where the header has 2"),
        (b"a,a\n1,2\n", "t.csv", "uses a column name more than once"),
        (b'a,b\n1,"2\n', "t.csv", "a quotation mark is opened there and never closed"),
        (b"\xff\xfea\x00", "t.csv", "is saved as UTF-16"),
        (b"PK\x03\x04", "book.xlsx", "the name must end in one of .csv, .tsv"),
        (b"a,b\n1,2\n", "table", "the name must end in one of .csv, .tsv"),
        (b"PAR1 and no more", "t.parquet", "is damaged or is not in Parquet format"),
        (b"ARROW1 and no more", "t.arrow", "is damaged or is not in Arrow format"),
        (b'{"a": 1}\n[2]\n', "t.jsonl", "line 2 is not a JSON object"),
        (b"not packed", "t.csv.gz", "is not gzip-compressed"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(raw, name, said):
    assert said in refusal(raw, name)
