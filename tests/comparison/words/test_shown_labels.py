import pytest

from ogive.comparison.design.factors import make_candidates
from ogive.comparison.words.labels import label_text, listed_labels, shown_label, shown_value


def labels(vary):
    _, candidates = make_candidates(
        vary,
        activations=None,
        hidden_layer_sizes=(64, 32),
        learning_rates=(0.001, 0.003, 0.01),
        task="classification",
    )
    return [candidate.label for candidate in candidates]


@pytest.mark.parametrize(
    ("vary", "shown"),
    [
        ("depth=6", "深度 6"),
        ("width=8", "宽度 8"),
        ("init=he_normal", "初始化 he_normal"),
        ("learning_rate=0.03", "学习率 0.03"),
        ("learning_rate=1e-05", "学习率 1e-05"),
    ],
)
def test_a_factor_is_named_in_the_readers_language(vary, shown):
    (label,) = labels([vary])
    assert shown_label(label, "en") == label
    assert shown_label(label, "zh") == shown


def test_each_part_of_a_combination_is_named():
    (label,) = labels({"model": ["mlp"], "depth": [2], "learning_rate": [0.01]})
    assert shown_label(label, "zh") == "mlp, 深度 2, 学习率 0.01"


@pytest.mark.parametrize("own", ["max(0.1*z, depth 2)", "in depth 2", "depth 2b", "widths", "SVC"])
def test_what_no_factor_wrote_stays_as_it_is(own):
    assert label_text(own) == (own, own)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_below_a_heading_that_names_the_factor_the_value_stands_alone(language):
    assert shown_value("learning rate 0.03", ("learning_rate",), language) == "0.03"
    assert shown_value("init he_normal", ("init",), language) == "he_normal"
    assert shown_value("relu", ("activation",), language) == "relu"


def test_of_a_combination_no_word_is_left_out():
    crossed = ("activation", "depth")
    assert shown_value("relu, depth 2", crossed, "en") == "relu, depth 2"
    assert shown_value("relu, depth 2", crossed, "zh") == "relu, 深度 2"


def test_names_with_commas_are_set_apart_by_semicolons_in_both_languages():
    en, zh = listed_labels(["mlp, relu, depth 2", "logistic", "mlp, tanh, depth 2"])
    assert en == "mlp, relu, depth 2; logistic; and mlp, tanh, depth 2"
    assert zh == "mlp, relu, 深度 2；logistic；mlp, tanh, 深度 2"


def test_names_without_commas_are_listed_as_usual():
    assert listed_labels(["relu", "tanh", "elu"]) == ("relu, tanh and elu", "relu、tanh、elu")
    assert listed_labels(["relu"]) == ("relu", "relu")


def test_of_very_many_the_first_are_named_and_the_others_counted():
    en, zh = listed_labels([f"depth {i}" for i in range(1, 500)])
    assert en.endswith("depth 12, and 487 others")
    assert zh.endswith("深度 12 等 499 个")
