import json
import re

import pytest
from rich.cells import cell_len

import ogive as package
from ogive.cli.characters import ticks

BRAILLE = re.compile("[\u2801-\u28ff]")


def test_a_sheet_tells_formula_properties_and_curve(ogive):
    result = ogive("activation", "sigmoid")
    assert result.code == 0
    assert result.err == ""
    for expected in ("Sigmoid", "f(z) =", "f′(z) =", "(0, 1)", "ulp", "1986"):
        assert expected in result.out
    assert BRAILLE.search(result.out)


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_sheets_keep_to_the_width(columns, lang, ogive, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    for names in (["tanh"], ["relu", "gelu", "step"], ["softmax"]):
        out = ogive("activation", *names, "--at", "1,2", "--lang", lang).out
        assert max(map(cell_len, out.splitlines())) <= columns


def test_chinese_sheets_are_in_chinese(ogive):
    out = ogive("activation", "relu", "--lang", "zh").out
    for expected in ("修正线性单元", "优点", "缺点", "导数 f′(z)"):
        assert expected in out


def test_a_pipe_gets_no_colour_codes(ogive):
    assert "\x1b" not in ogive("activation", "tanh").out


def test_curves_are_told_apart_by_their_marks(ogive):
    out = ogive("activation", "tanh", "sigmoid").out
    assert "⠒⠒ tanh" in out
    assert "xx sigmoid" in out


def test_a_jump_is_not_drawn_as_a_line(ogive, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    out = ogive("activation", "step").out
    value = out[out.index("value f(z)") : out.index("derivative f′(z)")].splitlines()[1:]
    assert sum(bool(BRAILLE.search(line)) for line in value) == 2


def test_values_are_given_where_asked_for(ogive):
    records = json.loads(ogive("activation", "tanh", "--at=-1,0", "--at", "inf", "--json").out)
    tanh = package.activation("tanh")
    assert [point["f(z)"] for point in records[0]["at"]] == [tanh(-1.0), 0.0, 1.0]
    assert [point["f′(z)"] for point in records[0]["at"]] == [tanh.derivative(-1.0), 1.0, 0.0]
    assert records[0]["at"][2]["z"] == "inf"


def test_the_points_are_one_row_to_a_vector_function(ogive):
    records = json.loads(ogive("activation", "softmax", "--at", "3,1,-3", "--json").out)
    values = [point["a"] for point in records[0]["at"]]
    assert values == pytest.approx([0.878878, 0.118943, 0.002179], abs=5e-7)
    records = json.loads(ogive("activation", "glu", "--at", "3,0", "--json").out)
    assert records[0]["at"] == [{"u": 3.0, "z": 0.0, "a": 1.5}]


def test_parameters_are_set_by_name(ogive):
    record = json.loads(ogive("activation", "silu", "--set", "beta=1.5", "--json").out)[0]
    assert record["parameters"] == {"beta": 1.5}
    both = json.loads(ogive("activation", "silu", "elu", "--set", "alpha=2", "--json").out)
    assert [record["parameters"] for record in both] == [{"beta": 1.0}, {"alpha": 2.0}]


def test_a_formula_has_a_sheet_with_findings(ogive):
    out = ogive("activation", "z * sigmoid(beta * z)", "--set", "beta=1.5").out
    assert "beta = 1.5" in out
    assert "OGV002" in ogive("activation", "3 * z").out


def test_the_derivative_at_a_kink_can_be_chosen(ogive):
    arguments = ("activation", "relu", "--at", "0", "--json")
    assert json.loads(ogive(*arguments).out)[0]["at"][0]["f′(z)"] == 0
    right = ogive(*arguments, "--subgradient", "right").out
    assert json.loads(right)[0]["at"][0]["f′(z)"] == 1


@pytest.mark.parametrize("name", ["c.svg", "c.png", "c.html"])
def test_charts_are_written_and_not_overwritten(name, ogive, tmp_path):
    assert ogive("activation", "relu", "gelu", "--plot", name).code == 0
    before = (tmp_path / name).read_bytes()
    refused = ogive("activation", "tanh", "--plot", name)
    assert refused.code == 2
    assert "exists already" in refused.err
    assert (tmp_path / name).read_bytes() == before
    assert ogive("activation", "tanh", "--plot", name, "--force").code == 0
    assert (tmp_path / name).read_bytes() != before
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_list_holds_the_whole_catalogue(ogive):
    records = json.loads(ogive("activation", "--list", "--json").out)
    assert [record["name"] for record in records] == package.activations()
    assert all(name in ogive("activation", "--list").out for name in package.activations())


def test_filters_narrow_the_list(ogive):
    def names(*filters):
        return {
            record["name"] for record in json.loads(ogive("activation", *filters, "--json").out)
        }

    assert {"sigmoid", "tanh"} <= names("--bounded", "--smooth")
    assert "tanh" in names("--bounded", "--zero-centered")
    assert "sigmoid" not in names("--bounded", "--zero-centered")
    assert {"silu", "gelu", "mish"} <= names("--no-monotone")
    assert "relu" in names("--cheap", "--no-smooth")
    assert not names("--bounded") & names("--no-bounded")


def test_a_list_of_nothing_says_so(ogive):
    result = ogive("activation", "relu", "--list", "--smooth")
    assert result.code == 0
    assert "No function of the 1" in result.out


def test_the_race_counts_both_ways(ogive):
    records = json.loads(ogive("activation", "sigmoid", "relu", "step", "--race", "--json").out)
    runs = {record["name"]: record for record in records}
    assert list(runs) == ["relu", "sigmoid", "step"]
    assert [runs["sigmoid"][key]["steps"] for key in ("same_outputs", "same_inputs")] == [67, 67]
    assert [runs["relu"][key]["steps"] for key in ("same_outputs", "same_inputs")] == [2, 11]
    assert runs["step"]["same_outputs"]["outcome"] == "takes no part"
    assert runs["step"]["same_inputs"]["outcome"] == "stands still"


def test_without_a_function_all_race(ogive):
    out = ogive("activation", "--race").out
    assert all(name in out for name in package.activations())


@pytest.mark.parametrize("formula", ["-z", "-tanh(z)", "-2*z", "-(z + 1)", "--exp(z)", "-1"])
def test_a_formula_may_begin_with_a_minus(formula, ogive):
    for arguments in ((formula, "--json"), ("--at", "-1", "--json", formula)):
        (record,) = json.loads(ogive("activation", *arguments).out)
        assert record["name"] == formula
    records = json.loads(ogive("activation", "tanh", formula, "--json").out)
    assert [record["name"] for record in records] == ["tanh", formula]


def test_the_formula_of_the_derivative_has_the_slope_chosen_at_the_kink(ogive):
    assert "for z ≥ 0" in ogive("activation", "relu", "--subgradient", "right").out
    assert "for z ≥ 0" not in ogive("activation", "relu").out
    (record,) = json.loads(ogive("activation", "relu", "--subgradient=right", "--json").out)
    assert record["formulas"][1]["text"] == "Piecewise((1, z >= 0), (0, True))"


def test_a_full_width_comma_stands_between_functions_and_numbers(ogive):
    records = json.loads(ogive("activation", "tanh，relu", "--at", "0，1", "--json").out)
    assert [record["name"] for record in records] == ["tanh", "relu"]
    assert [point["z"] for point in records[0]["at"]] == [0.0, 1.0]


def test_what_stands_after_two_minus_signs_is_a_formula(ogive):
    assert json.loads(ogive("activation", "--json", "--", "--z").out)[0]["name"] == "--z"


@pytest.mark.parametrize(
    ("typed", "en", "zh"),
    [
        ("-list", "did you mean --list?", "您是不是要用 --list？"),
        ("-json", "did you mean --json?", "您是不是要用 --json？"),
        ("--plto=a.svg", "did you mean --plot?", "您是不是要用 --plot？"),
        ("-relu", 'as in "-relu(z)"', '例如 "-relu(z)"'),
        ("--z", "after --", "-- 之后"),
        ("-h", "did you mean --help?", "您是不是要用 --help？"),
    ],
)
def test_what_is_neither_option_nor_formula_is_told_how_to_be_one(typed, en, zh, ogive):
    for lang, expected in (("en", en), ("zh", zh)):
        result = ogive("--lang", lang, "activation", "tanh", typed)
        assert result.code == 2
        assert expected in result.err
        assert len(result.err.splitlines()) == 1


def test_several_charts_are_written_in_one_run(ogive, tmp_path):
    result = ogive("activation", "tanh", "--plot", "a.svg", "--plot", "a.html")
    assert result.code == 0
    assert "a.svg" in result.out
    assert "a.html" in result.out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "a.svg"]


@pytest.mark.parametrize("names", [("tanh", "tanh"), ("silu", "swish"), ("z*z", "z * z")])
def test_a_function_given_twice_is_shown_once_and_that_is_said(names, ogive):
    result = ogive("activation", *names, "--json")
    assert len(json.loads(result.out)) == 1
    assert f"{names[1]} is given more than once" in result.err


def test_a_choice_of_the_derivative_that_changes_nothing_is_told(ogive):
    assert "changes nothing" in ogive("activation", "tanh", "--subgradient", "left").err
    assert ogive("activation", "tanh", "relu", "--subgradient", "left").err == ""
    assert ogive("activation", "tanh", "--subgradient", "torch").err == ""


def test_the_list_explains_its_signs(ogive):
    some = ogive("activation", "abs(sin(z))", "glu", "gelu", "--list").out
    assert "? = could not be decided" in some
    assert "n/a = no meaning" in some
    assert "≈ = rounded" in some
    plain = ogive("activation", "tanh", "--list").out
    assert "–" in plain
    assert "– = no" in plain
    assert "decided" not in plain
    assert "≈" not in plain
    zh = ogive("activation", "abs(sin(z))", "glu", "--list", "--lang", "zh").out
    assert "? = 未能判定" in zh
    assert "不适用 = " in zh


def test_the_list_and_python_give_the_same_names(ogive):
    records = json.loads(ogive("activation", "--bounded", "--no-smooth", "--json").out)
    names = [record["name"] for record in records]
    assert names == package.activations(bounded=True, smooth=False)


BAD = {
    "an empty name": (["tanh", ""], "An empty FUNCTION", "FUNCTION 是空的"),
    "a decimal comma": (["z*1,5"], "as in 'z*1.5'", "例如 'z*1.5'"),
    "a parameter in Greek": (["z*beta", "--set", "β=2"], "such as beta", "例如 beta"),
    "names with a blank between": (["tanh relu"], "holds 2 names", "中有 2 个名称"),
    "a full-width bracket": (["exp（z）"], "write 'exp(z)'", "请写成 'exp(z)'"),
    "an empty point": (["tanh", "--at", ""], "--at is empty", "--at 的值是空的"),
    "an empty parameter": (["silu", "--set", " "], "--set is empty", "--set 的值是空的"),
    "a parameter twice": (
        ["silu", "--set", "beta=1", "--set", "beta=2"],
        "'beta' twice, 1 and 2",
        "两次 'beta'：1 和 2",
    ),
    "a parameter too small for a float": (
        ["z*beta", "--set", "beta=1e-400"],
        "beta=1e-400 is too small",
        "beta=1e-400 太小",
    ),
    "a choice twice": (
        ["relu", "--subgradient", "left", "--subgradient", "right"],
        "--subgradient is given 2 times",
        "--subgradient 给出了 2 次",
    ),
    "a filter and its opposite": (
        ["--smooth", "--no-smooth"],
        "--smooth/--no-smooth is given 2 times",
        "给出了 2 次",
    ),
    "a file twice": (
        ["relu", "--plot", "c.svg", "--plot", "./c.svg"],
        "--plot names c.svg twice",
        "--plot 两次给出了 c.svg",
    ),
    "a range without a curve": (
        ["relu", "--json", "--range", "0,1"],
        "--range is for curves",
        "--range 用于曲线",
    ),
    "a range of a list": (["--list", "--range", "0,1"], "goes with a sheet", "用于函数介绍"),
    "nothing to show": ([], "Give the name", "请给出激活函数"),
    "an unknown name": (["rellu"], "'relu'", "'relu'"),
    "an attribute in a formula": (["z.__class__"], "", ""),
    "a parameter missing": (["z * beta"], "beta", "beta"),
    "a parameter too many": (["tanh", "--set", "beta=1"], "beta", "beta"),
    "a parameter of none": (["tanh", "relu", "--set", "beta=1"], "None of the", "都没有参数"),
    "no number": (["silu", "--set", "beta=x"], "--set must be", "--set 必须"),
    "no assignment": (["silu", "--set", "beta"], "--set must be", "--set 必须"),
    "no such side": (["relu", "--subgradient", "up"], "--subgradient must", "--subgradient 只能"),
    "no point": (["relu", "--at", "here"], "--at must hold numbers", "--at 必须"),
    "a range of one": (["relu", "--range", "5"], "--range must be", "--range 必须"),
    "a range upside down": (["relu", "--range", "5,-5"], "--range must be", "--range 必须"),
    "an infinite range": (["relu", "--range=-1e308,1e308"], "--range must be", "--range 必须"),
    "an unknown format": (["relu", "--plot", "c.pdf"], "must end in one of", "之一结尾"),
    "no such folder": (["relu", "--plot", "none/c.svg"], "does not exist", "不存在"),
    "no curve": (["softmax", "--plot", "c.svg"], "has no curve", "没有曲线"),
    "an odd row": (["glu", "--at", "1,2,3"], "even number", "偶数"),
    "list and race": (["--list", "--race"], "cannot be combined", "不能同时"),
    "list and chart": (["--list", "--plot", "c.svg"], "goes with a sheet", "用于函数介绍"),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_one_sentence_and_leaves_no_file(case, lang, ogive, tmp_path):
    arguments, *sentences = BAD[case]
    result = ogive("--lang", lang, "activation", *arguments)
    (sentence,) = result.err.splitlines()
    assert result.code == 2
    assert sentences[lang == "zh"] in sentence
    assert bool(re.search("[\u4e00-\u9fff]", sentence)) == (lang == "zh")
    assert list(tmp_path.iterdir()) == []


def test_a_chart_of_too_many_is_refused(ogive):
    result = ogive("activation", *package.activations()[:13], "--plot", "c.svg")
    assert result.code == 2
    assert "at most 12" in result.err


@pytest.mark.parametrize(
    ("low", "high", "most"), [(-5, 5, 6), (0, 1, 4), (0.006, 0.993, 4), (-1e-9, 1e9, 5), (2, 4, 2)]
)
def test_ticks_are_few_round_numbers_within_the_ends(low, high, most):
    marks = ticks(low, high, most)
    assert 1 <= len(marks) <= most
    assert all(low - 1e-9 <= mark <= high * (1 + 1e-9) for mark in marks)


def test_where_the_encoding_has_no_braille_plain_marks_draw(monkeypatch, capsys):
    from rich.console import Console

    from ogive.cli.screen import Screen
    from ogive.cli.sheet import print_sheets

    monkeypatch.setattr(Console, "encoding", "ascii")
    print_sheets([package.activation("tanh")], [], (-5.0, 5.0), Screen("en"))
    out = capsys.readouterr().out
    curves = out[out.index("value f(z)") :].splitlines()[1:]
    assert "".join(curves).isascii()
    assert "*" in "".join(curves)


def test_numbers_below_a_curve_do_not_touch(ogive):
    out = ogive("activation", "relu", "--range=-1e-300,1e-300").out
    below = out.splitlines()[-1].split()
    assert below[:1] == ["-1e-300"]
    assert all(float(number) <= 1e-300 for number in below)
