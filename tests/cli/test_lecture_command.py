"""``ogive lecture``: topics, tables, bars, JSON, charts and refusals."""

import json

import pytest

TOPICS = (
    "gradient-by-depth",
    "kill-relus",
    "relu-sparsity",
    "mean-shift",
    "binary-classification",
    "step-race",
    "single-layer",
)
SMALL = {
    "gradient-by-depth": ("--depth", "5", "--networks", "2"),
    "kill-relus": ("--epochs", "2", "--networks", "1", "--hidden-layer-sizes", "16"),
    "relu-sparsity": ("--networks", "2", "--depth", "2"),
    "mean-shift": ("--networks", "2", "--depth", "2"),
    "binary-classification": (),
    "step-race": (),
    "single-layer": (),
}
WORDS = {
    "gradient-by-depth": ("0.25^n", "平均场预测"),
    "kill-relus": ("Dead units in the end", "最后死亡的单元"),
    "relu-sparsity": ("Active ReLUs before training", "训练前激活的 ReLU"),
    "mean-shift": ("Mean of the outputs", "各层输出的均值"),
    "binary-classification": ("1.313262", "1.313262"),
    "step-race": ("z ← z − 0.2 f′(z)", "即 sigmoid 走过的距离"),
    "single-layer": ("multi-class (softmax)", "多分类函数"),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_a_topic_all_are_listed(lang, ogive):
    result = ogive("lecture", "--lang", lang)
    assert result.code == 0
    first = [line.split()[0] for line in result.out.splitlines() if line.strip()]
    assert [word for word in first if word in TOPICS] == list(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_prints_its_text_in_both_languages(topic, ogive):
    for lang, word in zip(("en", "zh"), WORDS[topic], strict=True):
        result = ogive("lecture", topic, *SMALL[topic], "--lang", lang)
        assert result.code == 0, result.err
        assert word in result.out


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_gives_json(topic, ogive):
    record = json.loads(ogive("lecture", topic, *SMALL[topic], "--json").out)
    assert isinstance(record, dict)
    assert record


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_has_a_help_page_in_both_languages(topic, ogive):
    english, chinese = (ogive("lecture", topic, "--help", "--lang", lang) for lang in ("en", "zh"))
    assert english.code == chinese.code == 0
    assert "Usage: ogive lecture" in english.out
    assert "用法：ogive lecture" in chinese.out
    assert "Print JSON" not in chinese.out


def test_the_lectures_number_stands_in_the_json(ogive):
    record = json.loads(ogive("lecture", "gradient-by-depth", *SMALL["gradient-by-depth"],
                              "--json").out)  # fmt: skip
    assert record["layers"][0]["best_case"] == pytest.approx(9.8e-4, rel=5e-3)


def test_several_activations_make_a_table(ogive):
    out = ogive("lecture", "gradient-by-depth", "--activation", "tanh,sigmoid", "--activation",
                "z*sigmoid(z)", "--depth", "4", "--networks", "2").out  # fmt: skip
    rows = [line.split()[0] for line in out.splitlines() if "e-0" in line or "e+0" in line]
    assert rows == ["tanh", "z*sigmoid(z)", "sigmoid"]


def test_parameters_of_functions_can_be_set(ogive):
    call = ("lecture", "mean-shift", *SMALL["mean-shift"], "--activation", "z*sigmoid(beta*z)")
    assert "beta=1.0" in ogive(*call).err
    assert ogive(*call, "--set", "beta=2").code == 0
    refused = ogive(*call, "--set", "beta=2,gamma=1")
    assert refused.code == 2
    assert "gamma" in refused.err


def test_bars_are_as_long_as_what_they_show(ogive):
    out = ogive("lecture", "relu-sparsity", "--networks", "2", "--depth", "1").out
    bar = next(line for line in out.splitlines() if "█" in line)
    assert bar.count("█") == pytest.approx(20, abs=1)


@pytest.mark.parametrize("suffix", ["svg", "png", "html"])
def test_charts_are_written_and_not_overwritten(suffix, ogive, tmp_path):
    name = f"means.{suffix}"
    call = ("lecture", "mean-shift", *SMALL["mean-shift"], "--plot", name)
    assert f"Chart: {name}" in ogive(*call).out
    assert (tmp_path / name).stat().st_size > 1000
    again = ogive(*call)
    assert again.code == 2
    assert "exists already" in again.err
    assert ogive(*call, "--force").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("kill-relu",), "did you mean 'ogive lecture kill-relus'"),
        (("gradient-by-depth", "--depth", "0"), "--depth must be a whole number of at least 1"),
        (("gradient-by-depth", "--activation", "rellu"), "Did you mean 'relu'"),
        (("gradient-by-depth", "--activation", ""), "--activation is empty"),
        (("mean-shift", "--init", "xavier"), "init must be one of"),
        (("mean-shift", "--input-mean", "a"), "--input-mean must hold numbers"),
        (("kill-relus", "--beside", "softmax"), "softmax acts on whole rows"),
        (("kill-relus", "--learning-rate", "-1"), "--learning-rate must be positive"),
        (("relu-sparsity", "--plot", "x.pdf"), "must end in one of"),
        (("relu-sparsity", "--networks", "two"), "--networks must be a whole number"),
        (("relu-sparsity", "--dept", "2"), "did you mean --depth"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(arguments, words, ogive):
    result = ogive("lecture", *arguments)
    assert result.code == 2
    assert words in result.err
    assert result.err.count("\n") == 1
    assert result.out == ""


def test_errors_are_chinese_where_that_is_wanted(ogive):
    assert "您是不是要用“ogive lecture kill-relus”" in ogive("lecture", "kill-relu",
                                                         "--lang", "zh").err  # fmt: skip
