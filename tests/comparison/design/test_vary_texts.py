import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogive.comparison.design.candidates import FACTORS
from ogive.comparison.design.vary_texts import parse_vary
from ogive.text import InputError

DEPTHS = st.lists(st.integers(1, 100), min_size=1, max_size=8, unique=True)
RATES = st.lists(st.floats(1e-6, 1.0), min_size=1, max_size=6, unique_by=lambda rate: f"{rate:g}")
FORMULAS = st.lists(
    st.sampled_from(["relu", "max(0.1*z, z)", "z * sigmoid(z)", "min(max(z, 0), 6)", "tanh"]),
    min_size=1,
    unique=True,
)


@given(DEPTHS)
def test_numbers_come_back_as_numbers(depths):
    text = "depth=" + ",".join(map(str, depths))
    assert parse_vary([text]) == {"depth": depths}


@given(RATES)
def test_learning_rates_come_back_to_the_last_digit(rates):
    text = "learning_rate=" + ", ".join(map(repr, rates))
    assert parse_vary([text]) == {"learning_rate": rates}


@given(FORMULAS)
def test_formulas_keep_their_commas(formulas):
    assert parse_vary(["activation=" + ",".join(formulas)]) == {"activation": formulas}


@given(DEPTHS, FORMULAS, RATES)
def test_one_text_may_name_several_factors_with_their_values(depths, formulas, rates):
    text = (
        f"depth={','.join(map(str, depths))},activation={','.join(formulas)},"
        f"learning_rate={','.join(map(repr, rates))}"
    )
    expected = {"depth": depths, "activation": formulas, "learning_rate": rates}
    assert parse_vary([text]) == expected
    assert parse_vary([f"{name}={','.join(map(str, expected[name]))}" for name in expected]) == (
        expected
    )


@given(st.lists(st.sampled_from(FACTORS), min_size=1, unique=True))
def test_factors_without_values_have_none(names):
    assert parse_vary([",".join(names)]) == dict.fromkeys(names)
    assert parse_vary(names) == dict.fromkeys(names)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused_in_both_languages(text):
    try:
        found = parse_vary([text])
    except InputError as error:
        assert error.text.en.startswith("vary")
        assert error.text.zh.startswith("vary")
    else:
        assert set(found) <= set(FACTORS)


def test_a_name_after_values_begins_the_next_factor():
    assert parse_vary(["depth=1,2,width"]) == {"depth": [1, 2], "width": None}


def test_spaces_hyphens_capitals_and_full_width_signs_do_not_matter():
    assert parse_vary([" Learning-Rate ＝ 0.01， 0.1 "]) == {"learning_rate": [0.01, 0.1]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dept=1", "Did you mean 'depth'"),
        ("", "cannot be varied"),
        ("depth=", "a value is missing in 'depth='"),
        ("depth=1,,2", "a value is missing"),
        ("depth=0", "models without a hidden layer are compared by varying 'model'"),
        ("depth=-1", "from 1 to 100. Got '-1'"),
        ("depth=2.5", "Got '2.5'"),
        ("width=1e3", "Got '1e3'"),
        ("depth=1,01", "depth '1' more than once"),
        ("learning_rate=0", "positive number"),
        ("learning_rate=nan", "positive number"),
        ("learning_rate=inf", "positive number"),
        ("learning_rate=0.1,1e-1", "'0.1' more than once"),
        ("init=he_norm", "Did you mean 'he_normal'"),
        ("depth=1,depth=2", "names 'depth' more than once"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused_saying_why(text, said):
    with pytest.raises(InputError, match="vary") as refusal:
        parse_vary([text])
    assert said in refusal.value.text.en
