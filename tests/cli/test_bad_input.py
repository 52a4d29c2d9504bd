"""Every bad input gets one sentence in the user's language, exit code 2, and leaves no file."""

import pytest


def rows(n, label):
    return "a,b,y\n" + "".join(f"{i},{i * i % 7},{label(i)}\n" for i in range(n))


CSV = {
    "good.csv": rows(60, lambda i: "pq"[i % 2]).encode(),
    "empty.csv": b"",
    "header.csv": b"a,b,y\n",
    "ragged.csv": b"a,b,y\n1,2,p\n3,4\n5,6,q\n",
    "bytes.csv": b"a,b,y\n1,2,p\n3,\xff\xfe,q\n",
    "infinite.csv": b"a,b,y\n1,2,p\n3,inf,q\n5,6,p\n",
    "one_class.csv": b"a,b,y\n1,2,p\n3,4,p\n5,6,p\n",
    "missing.csv": b"a,b,y\nNA,7,p\nNA,7,q\n,7,p\n",
    "rare.csv": rows(60, lambda i: "r" if i < 2 else "pq"[i % 2]).encode(),
    "broken.parquet": b"PAR1 not really",
}
CASES = {
    "no such file": (["none.csv"], "none.csv is not found", "找不到 none.csv"),
    "an empty file": (["empty.csv"], "empty.csv is empty", "empty.csv 是空文件"),
    "a header alone": (["header.csv"], "no rows of data", "没有数据行"),
    "a ragged table": (
        ["ragged.csv"],
        "line 3: 2 fields where the header has 3",
        "第 3 行有 2 个字段",
    ),
    "bytes that are not UTF-8": (["bytes.csv"], "line 3: byte 0xFF", "0xFF"),
    "an infinite value": (
        ["infinite.csv"],
        "Column 'b' holds an infinite value in row 2",
        "列“b”的第 2 行",
    ),
    "a damaged Parquet file": (["broken.parquet"], "is damaged", "已损坏"),
    "an unknown target": (
        ["good.csv", "--target", "z"],
        "no column 'z'; its columns are: a, b, y",
        "没有列“z”",
    ),
    "one class": (["one_class.csv"], "in every row", "每一行都是"),
    "nothing but useless columns": (["missing.csv"], "No column is left", "没有可用来预测"),
    "a class rarer than the folds": (
        ["rare.csv"],
        "Class 'r' of the target has 2 rows",
        "类别“r”只有 2 行",
    ),
    "an unknown activation": (["good.csv", "-a", "rellu"], "Did you mean 'relu'?", "'relu'"),
    "an empty activation": (["good.csv", "-a", ""], "--activation is empty", "--activation 的值"),
    "an empty column": (["good.csv", "--ignore", ""], "--ignore is empty", "--ignore 的值是空的"),
    "a seed twice": (["good.csv", "--seed", "1", "--seed", "2"], "given 2 times", "给出了 2 次"),
    "an unknown score": (["good.csv", "--scoring", "accurac"], "'accuracy'", "'accuracy'"),
    "a billion units": (["good.csv", "--hidden-layer-sizes", "1000000000"], "GiB", "GiB"),
    "one fold": (["good.csv", "--folds", "1"], "--folds must be", "--folds 必须"),
    "no repeat": (["good.csv", "--repeats", "0"], "--repeats must be", "--repeats 必须"),
    "no epoch": (["good.csv", "--max-iter", "-5"], "--max-iter must be", "--max-iter 必须"),
    "no unit": (["good.csv", "--hidden-layer-sizes", "8,0"], "such as 64,32", "例如 64,32"),
    "no batch": (["good.csv", "--batch-size", "0"], "--batch-size must be", "--batch-size 必须"),
    "no learning rate": (["good.csv", "--learning-rate", "0"], "must be positive", "必须是正数"),
    "no thread": (["good.csv", "--jobs", "0"], "--jobs must be", "--jobs 必须"),
    "a report in no folder": (["good.csv", "--report", "none/r.html"], "does not exist", "不存在"),
    "no target": (["good.csv", "--target"], "--target needs a value", "--target 后面需要"),
}


@pytest.fixture
def folder(tmp_path):
    for name, content in CSV.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", CASES)
def test_bad_input_gets_one_sentence_and_leaves_no_file(case, lang, ogive, folder):
    arguments, *sentences = CASES[case]
    target = [] if "--target" in arguments else ["--target", "y"]
    before = sorted(folder.iterdir())
    result = ogive("--lang", lang, "compare", arguments[0], *target, *arguments[1:])
    (sentence,) = result.err.splitlines()
    assert result.code == 2, result.err
    assert sentences[lang == "zh"] in sentence
    assert result.out == ""
    assert sorted(folder.iterdir()) == before
