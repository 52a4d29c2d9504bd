import pytest

from ogive.data.wording import listed, nearest, nearest_first


def test_the_most_similar_name_comes_first_and_the_others_keep_their_order():
    assert nearest_first("Prize", ["b", "area", "price"]) == ["price", "b", "area"]


def test_nothing_is_near_a_word_like_no_other():
    assert nearest("zzzz", ["price", "area"]) is None


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        ("oov", "ovo"),
        ("ovoo", "ovo"),
        ("ov", "ovo"),
        ("sotfmax", "softmax"),
        ("logit", "logistic"),
        ("HC3", "hc3"),
        ("foo", None),
        ("l1", None),
        ("", None),
    ],
)
def test_only_a_slip_is_taken_for_another_name(wanted, meant):
    assert nearest(wanted, ["network", "logistic", "softmax", "ovo", "hc3", "l2"]) == meant


def test_a_long_list_is_cut_and_counted():
    text = listed([f"x{i}" for i in range(20)], limit=3)
    assert text == ("x0, x1, x2, … (20 in all)", "x0、x1、x2……（共 20 个）")


def test_a_short_list_is_whole():
    assert listed(["a", "b"]).zh == "a、b"
