from hypothesis import given
from hypothesis import strategies as st

from ogive.data.commas import between_commas

WORDS = st.text(alphabet="abz0123456789*+. ", max_size=8).map(str.strip)


@given(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from([",", "，", ", "]))
def test_parts_joined_by_commas_are_found_again(words, comma):
    assert between_commas(comma.join(words)) == words


@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_commas_within_brackets_part_nothing(calls):
    formulas = [f"f({', '.join(call)})" for call in calls]
    assert between_commas(",".join(formulas)) == formulas


def test_full_width_brackets_hold_commas_together_too():
    assert between_commas("max（z，0），relu") == ["max（z，0）", "relu"]


def test_after_a_bracket_that_none_opened_commas_part_again():
    assert between_commas("z),relu") == ["z)", "relu"]


def test_an_empty_part_stays():
    assert between_commas("1,,2,") == ["1", "", "2", ""]
