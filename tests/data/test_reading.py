import gzip
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogive.data.reading import _read_binary, parse_table, read_table
from ogive.text import InputError

FRAME = pl.DataFrame({"名称": ["甲", "乙", None], "x": [1.5, None, -3.0], "n": [1, 2, 3]})


def refusal(path) -> str:
    with pytest.raises(InputError) as caught:
        read_table(path)
    assert caught.value.text.zh.endswith(("。", "？"))
    return caught.value.text.en


WRITERS = {
    "t.csv": lambda frame, path: frame.write_csv(path),
    "t.txt": lambda frame, path: frame.write_csv(path, separator=";"),
    "t.tsv": lambda frame, path: frame.write_csv(path, separator="\t"),
    "t.CSV": lambda frame, path: frame.write_csv(path),
    "t.parquet": lambda frame, path: frame.write_parquet(path),
    "t.feather": lambda frame, path: frame.write_ipc(path),
    "t.arrow": lambda frame, path: frame.write_ipc_stream(path),
    "t.ipc": lambda frame, path: frame.write_ipc(path),
    "t.jsonl": lambda frame, path: frame.write_ndjson(path),
    "t.ndjson": lambda frame, path: frame.write_ndjson(path),
    "t.csv.gz": lambda frame, path: path.write_bytes(gzip.compress(frame.write_csv().encode())),
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_reads_back_what_was_written(name, tmp_path):
    WRITERS[name](FRAME, tmp_path / name)
    assert read_table(tmp_path / name).equals(FRAME)


NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "P", "S"]), min_size=1, max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(st.tuples(NUMBERS, WORDS), min_size=1, max_size=6))
def test_numbers_and_words_survive_csv(tmp_path, rows):
    words = [f"w{word}" for _, word in rows]  # a letter first, so that none spells a number
    frame = pl.DataFrame({"number": [number for number, _ in rows], "word": words})
    frame.write_csv(tmp_path / "t.csv")
    back = read_table(tmp_path / "t.csv")
    assert back["number"].cast(pl.Float64).to_list() == frame["number"].to_list()
    assert back["word"].to_list() == words


def test_a_missing_file_is_named_with_the_nearest_one(tmp_path):
    (tmp_path / "houses.csv").write_text("a,b\n1,2\n")
    assert "did you mean" in refusal(tmp_path / "house.csv")
    assert "houses.csv" in refusal(tmp_path / "house.csv")


def test_a_missing_folder_is_named(tmp_path):
    assert "does not exist" in refusal(tmp_path / "none" / "t.csv")


def test_a_folder_is_refused(tmp_path):
    assert "is a folder" in refusal(tmp_path)


def test_an_unknown_extension_lists_the_known_ones(tmp_path):
    (tmp_path / "t.xlsx").write_bytes(b"PK")
    assert ".parquet" in refusal(tmp_path / "t.xlsx")


@pytest.mark.parametrize("name", ["t.csv", "t.parquet", "t.arrow", "t.jsonl"])
def test_an_empty_file_is_refused(name, tmp_path):
    (tmp_path / name).write_bytes(b"")
    assert "is empty" in refusal(tmp_path / name)


@pytest.mark.parametrize("name", ["t.parquet", "t.feather", "t.arrow"])
def test_a_damaged_binary_file_is_refused(name, tmp_path):
    WRITERS[name](FRAME, tmp_path / name)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    assert "is damaged" in refusal(tmp_path / name)


def test_a_file_that_would_end_its_reader_is_refused():
    assert "is damaged" in refusal(Path(__file__).with_name("aborting.arrow"))


@pytest.mark.parametrize("name", ["t.parquet", "t.jsonl"])
def test_a_table_without_rows_is_refused(name, tmp_path):
    frame = FRAME.clear()
    WRITERS[name](frame, tmp_path / name)
    assert "row" in refusal(tmp_path / name)


@pytest.mark.parametrize("line", ['{"a": 2', "[1, 2]", "hello"])
def test_a_line_that_is_no_json_object_is_named(line, tmp_path):
    (tmp_path / "t.jsonl").write_text('{"a": 1}\n' + line + "\n")
    assert "line 2 is not a JSON object" in refusal(tmp_path / "t.jsonl")


def test_json_lines_may_lack_a_key(tmp_path):
    (tmp_path / "t.jsonl").write_text('{"a": 1}\n{"a": 2, "b": "x"}\n')
    assert read_table(tmp_path / "t.jsonl").rows() == [(1, None), (2, "x")]


def test_a_damaged_gzip_file_is_refused(tmp_path):
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(b"a,b\n1,2\n")[:-6])
    assert "gzip" in refusal(tmp_path / "t.csv.gz")


def refusal_of_bytes(raw: bytes, name: str, most: int | None = None) -> str:
    with pytest.raises(InputError) as caught:
        parse_table(raw, name, most_bytes=most)
    assert caught.value.text.zh.endswith("。")
    return caught.value.text.en


def test_bytes_are_read_as_the_file_of_their_name_would_be(tmp_path):
    path = tmp_path / "t.parquet"
    FRAME.write_parquet(path)
    assert parse_table(path.read_bytes(), "t.parquet").equals(FRAME)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_before_it_does():
    raw = gzip.compress(b"a\n" + b"1\n" * 5_000_000)
    assert len(raw) < 20_000
    assert refusal_of_bytes(raw, "t.csv.gz", 2**20) == (
        "t.csv.gz is larger than 1 MB once it is unpacked; give fewer rows or columns."
    )


def test_a_file_at_which_polars_panics_is_damaged_like_any_other():
    def panicking(source):
        raise pl.exceptions.PanicException("range end index 9 out of range")

    with pytest.raises(InputError) as caught:
        _read_binary(panicking, b"x", "t.arrow", "Arrow")
    assert caught.value.text.en.startswith("t.arrow is damaged or is not in Arrow format")
