"""``ogive compare`` with several tables."""

import csv
import io
import json

import pytest

from ogive.cli.comparing import targets_of
from ogive.cli.comparison_outputs import names_of, pages_of

FAST = ("--hidden-layer-sizes", "6", "--learning-rate", "0.01", "--max-iter", "5", "--folds", "2")
FAST += ("--repeats", "1")
TWO = ("compare", "iris", "wine", "--target", "target", "-a", "relu,tanh", *FAST)


def test_each_is_compared_then_all_together(ogive, tmp_path):
    result = ogive(*TWO)
    assert result.code == 0, result.err
    assert [line for line in result.out.splitlines() if line in ("iris", "wine")] == [
        "iris",
        "wine",
    ]
    assert "Across the data sets" in result.out
    assert "Average rank" in result.out
    assert result.out.splitlines()[-1] == "Report: ogive-report/index.html"
    pages = sorted(path.name for path in (tmp_path / "ogive-report").iterdir())
    assert pages == ["index.html", "iris.html", "wine.html"]
    assert "Kept as runs 1, 2" in result.err
    assert ogive(*TWO).code == 0  # a folder of ours is written anew


def test_everything_is_chinese_if_wanted(ogive):
    result = ogive(*TWO, "--no-report", "--lang", "zh")
    assert "跨数据集总览" in result.out
    assert "平均名次" in result.out


def test_json_and_csv_hold_what_they_say_together(ogive):
    found = json.loads(ogive(*TWO, "--no-report", "--json", "-").out)
    assert found["data_sets"] == ["iris", "wine"]
    rows = list(csv.DictReader(io.StringIO(ogive(*TWO, "--no-report", "--csv", "-").out)))
    assert {row["label"] for row in rows} == {"relu", "tanh"}


def test_each_table_may_have_a_target_of_its_own(ogive, tmp_path):
    for name, target in (("a.csv", "y"), ("b.csv", "z")):
        rows = "".join(f"{i % 7},{i % 5},{'pq'[i % 7 > 3]}\n" for i in range(60))
        (tmp_path / name).write_text(f"u,v,{target}\n{rows}")
    command = ("compare", "a.csv", "b.csv", "--target", "y", "--target", "z", "-a", "relu,tanh")
    result = ogive(*command, *FAST, "--report", "both")
    assert result.code == 0, result.err
    assert {path.name for path in (tmp_path / "both").iterdir()} == {
        "a.html",
        "b.html",
        "index.html",
    }


def test_what_is_wrong_with_the_last_table_is_told_before_the_first_is_compared(ogive, tmp_path):
    (tmp_path / "bad.csv").write_text("u,v\n1,2\n")
    result = ogive("compare", "iris", "bad.csv", "--target", "target", *FAST)
    assert (result.code, result.out) == (2, "")
    assert len(result.err.splitlines()) == 1
    assert json.loads(ogive("runs", "--json").out) == []


@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        ("iris iris --target target", "'iris' twice", "出现了两次"),
        ("iris wine --target a --target b --target c", "once for all, or 2 times", "3 次"),
        ("iris diabetes --target target", "diabetes a regression", "diabetes 是回归任务"),
        ("iris wine --target target --report r.html", "leave out .html", "请去掉 .html"),
        ("iris wine --target target --report none/r", "none/r cannot be written", "无法写入"),
        ("iris --target a --target b", "give it once", "请给出一次"),
        ("iris --target target --report r.html --no-report", "exclude each other", "互相矛盾"),
    ],
)
def test_what_does_not_go_together_gets_one_sentence(arguments, en, zh, ogive, tmp_path):
    for lang, sentence in (("en", en), ("zh", zh)):
        result = ogive("compare", *arguments.split(), *FAST, "--lang", lang)
        assert (result.code, result.out) == (2, "")
        assert sentence in result.err
        assert len(result.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_is_not_ours_is_kept(ogive, tmp_path):
    (tmp_path / "ogive-report").mkdir()
    (tmp_path / "ogive-report" / "wine.html").write_text("precious")
    assert ogive(*TWO).code == 2
    assert (tmp_path / "ogive-report" / "wine.html").read_text() == "precious"


def test_a_single_candidate_has_its_results_and_no_overview(ogive):
    result = ogive(*TWO[:6], "relu", *FAST, "--no-report")
    assert result.code == 0
    assert "Across the data sets" not in result.out


def test_data_sets_go_by_their_stem_where_that_tells_them_apart():
    assert names_of(["x/a.csv"]) == ["x/a.csv"]
    assert names_of(["x/a.csv", "b.csv", "iris"]) == ["a", "b", "iris"]
    assert names_of(["x/a.csv", "y/A.csv"]) == ["x/a.csv", "y/A.csv"]


def test_each_page_has_a_name_of_its_own():
    assert pages_of(["iris", "x/a.csv", "x-a.csv", "index"]) == [
        "iris.html",
        "x-a.csv.html",
        "x-a.csv-2.html",
        "index-2.html",
    ]


def test_targets_with_commas_are_one_for_each_unless_a_column_is_called_so():
    columns = [["u", "y"], ["u", "z"]]
    assert targets_of(["y,z", "y,z"], columns) == ["y", "z"]
    assert targets_of(["y，z", "y，z"], columns) == ["y", "z"]
    assert targets_of(["y,z", "y,z"], [["y,z"], ["z"]]) == ["y,z", "y,z"]
    assert targets_of(["y", "z"], columns) == ["y", "z"]


@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        (
            "iris wine diabetes --target target,x",
            "names 2 columns for 3 data sets; repeat the option, once for each of them in their "
            "order, as in --target target --target x",
            "例如 --target target --target x",
        ),
        ("iris --target target,x", "one column alone can be predicted", "只能预测一列"),
        ("iris --target nothing", "has no column 'nothing'", "“nothing”"),
    ],
)
def test_targets_that_do_not_match_are_told_with_what_to_type(arguments, en, zh, ogive):
    for lang, sentence in (("en", en), ("zh", zh)):
        result = ogive("compare", *arguments.split(), *FAST, "--no-report", "--lang", lang)
        assert (result.code, result.out) == (2, "")
        assert sentence in result.err
        assert len(result.err.splitlines()) == 1
