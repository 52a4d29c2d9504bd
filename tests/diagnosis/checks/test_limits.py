"""The limits of the checks: each documented, each a number that can be set."""

import re
from dataclasses import fields

import pytest

from ogive.diagnosis.thresholds import Thresholds
from ogive.text import InputError

NAMES = [field.name for field in fields(Thresholds)]


@pytest.mark.parametrize("name", NAMES)
def test_each_limit_is_documented_with_its_default(name):
    documented = {}
    for names, defaults in re.findall(
        r"^    ([a-z_0-9, ]+) : float, default=(.+)$", Thresholds.__doc__, re.MULTILINE
    ):
        documented.update(zip(names.split(", "), defaults.split(", "), strict=True))
    assert float(documented[name]) == getattr(Thresholds(), name)


@pytest.mark.parametrize("value", [-1, float("nan"), "much", None, True])
def test_what_is_no_limit_is_refused_by_name_in_both_languages(value):
    with pytest.raises(InputError, match="dead_share") as caught:
        Thresholds(dead_share=value)
    assert repr(value) in caught.value.text.en
    assert repr(value) in caught.value.text.zh


def test_limits_are_told_as_plain_data():
    assert set(Thresholds().to_dict()) == set(NAMES)
