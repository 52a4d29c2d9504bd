import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogive.classification.codes.code_book_checks import check_code_book
from ogive.classification.codes.code_books import exhaustive_code_book, one_vs_one_code_book
from ogive.classification.codes.code_quality import code_quality, quality_of
from ogive.classification.codes.decoding import hamming_scores
from ogive.text import InputError


def test_the_lectures_code_corrects_no_error():
    quality = code_quality(["AB|CD", "AC|BD"], classes="ABCD")
    assert quality.row_distance == 1
    assert quality.errors_corrected == 0
    assert set(quality.nearest_pairs) == {("A", "B"), ("A", "C"), ("B", "D"), ("C", "D")}
    assert quality.mean_row_distance == pytest.approx(8 / 6)
    assert quality.column_distance == 2
    assert quality.balance == quality.least_balance == 0.5


def test_classes_are_found_in_the_strings():
    assert code_quality(["AB|CD", "AC|BD"]).classes == tuple("ABCD")
    assert code_quality(["cat dog|fish", "cat|dog fish"]).classes == ("cat", "dog", "fish")


def test_rows_of_a_table_are_named_by_their_position():
    assert code_quality([[0, 0], [0, 1], [1, 1]]).classes == ("0", "1", "2")


@pytest.mark.parametrize("n", [3, 4, 5, 7, 9])
def test_two_rows_of_the_exhaustive_code_differ_in_half_the_ways(n):
    quality = code_quality((exhaustive_code_book(n) > 0).astype(int))
    assert quality.row_distance == quality.mean_row_distance == 2 ** (n - 2)
    assert quality.errors_corrected == (2 ** (n - 2) - 1) // 2
    assert quality.column_distance == 1


def test_equal_and_opposite_columns_are_counted_as_repeated():
    quality = code_quality([[0, 0, 1, 0], [0, 0, 1, 1], [1, 1, 0, 0]])
    assert quality.repeated_columns == 2
    assert quality.column_distance == 0


def test_zeros_count_a_half_and_correct_nothing_in_pairs():
    quality = code_quality(one_vs_one_code_book(4))
    # One problem parts two classes; five others have at least one of them absent.
    assert quality.row_distance == 1 + 5 / 2
    assert quality.errors_corrected == 0
    assert quality.take_part == 0.5
    # Changing which class takes part: each pair shares at most one class with another.
    assert quality.column_distance == 2


def test_a_single_problem_has_no_distance_of_columns():
    assert code_quality([[0], [1]]).column_distance is None


def test_an_unequal_split_shows_in_the_balance():
    quality = code_quality([[1, 0, 0], [0, 0, 0], [0, 1, 0], [0, 1, 1]])
    assert quality.least_balance == 0.25
    assert quality.balance == pytest.approx((0.25 + 0.5 + 0.25) / 3)


def test_a_code_book_that_cannot_decide_is_refused():
    with pytest.raises(InputError, match="equal"):
        code_quality([[0, 1], [0, 1], [1, 0]])


@settings(max_examples=80, deadline=None)
@given(st.integers(2, 6), st.integers(3, 7), st.integers(0, 10_000), st.booleans())
def test_so_many_wrong_answers_and_no_more_are_forgiven(n, p, seed, ternary):
    """Try every set of answers that is possible for a class, against the figure."""
    random_state = np.random.RandomState(seed)
    values = [-1, 0, 1] if ternary else [-1, 1]
    code = random_state.choice(values, size=(n, p)).astype(np.int8)
    try:
        check_code_book(code, range(n))
    except InputError:
        return
    e = quality_of(code, list(map(str, range(n)))).errors_corrected
    answers = 2 * ((np.arange(2**p)[:, None] >> np.arange(p)) & 1) - 1
    scores = hamming_scores(answers > 0, code)
    for i in range(n):
        wrong = (answers * code[i] < 0).sum(axis=1)
        others = np.delete(scores, i, axis=1).max(axis=1)
        decided = scores[:, i] > others
        assert decided[wrong <= e].all() or (e == 0 and ternary)
        if not ternary and quality_of(code, [""] * n).row_distance == min(
            np.abs(code[i] - code[j]).sum() / 2 for j in range(n) if j != i
        ):
            assert not decided[wrong == e + 1].all()


def test_text_says_what_is_not_corrected_in_both_languages():
    quality = code_quality(["AB|CD", "AC|BD"], classes="ABCD")
    assert "It corrects no error" in quality.text("en")
    assert "Nearest: A–B, A–C, B–D, C–D." in quality.text("en")
    assert "不能纠正任何错误" in quality.text("zh")
    assert "码本" in quality.html("zh") and "<table>" in quality.html("zh")


def test_a_large_distance_of_halves_is_not_said_to_correct():
    quality = code_quality(one_vs_one_code_book(6))
    assert quality.row_distance == 8
    assert "of 3 corrects one" not in quality.text("en")
    assert "leaves a class out counts a half" in quality.text("en")
    assert "在距离中按一半计" in quality.text("zh")


def test_text_says_how_many_are_corrected():
    quality = code_quality((exhaustive_code_book(5) > 0).astype(int))
    assert "Up to 3 wrong answers out of 15 leave Hamming decoding right" in quality.text("en")
    assert "任意错 3 个以内" in quality.text("zh")


def test_html_escapes_names():
    quality = code_quality([[0, 0], [0, 1], [1, 1]], classes=["<b>", "&", "c"])
    assert "<b>" not in quality.html("en")


def test_the_frame_has_each_pair_once():
    frame = code_quality(["AB|CD", "AC|BD"], classes="ABCD").to_polars()
    assert frame.columns == ["class", "other", "distance", "nearest"]
    assert frame.height == 6
    assert frame["nearest"].sum() == 4
