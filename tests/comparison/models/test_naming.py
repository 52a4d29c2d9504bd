import pytest

from ogive.comparison.models import naming
from ogive.text import InputError


def test_an_error_in_both_languages_keeps_both():
    with pytest.raises(InputError) as failure, naming("ovo", 1, 2):
        raise InputError("Too few rows.", "行太少。")
    assert "'ovo' failed on repeat 2, fold 3: Too few rows. Leave" in failure.value.text.en
    assert "失败：行太少。请" in failure.value.text.zh


def test_errors_that_say_enough_pass_as_they_are():
    error = InputError("a", "b")
    with pytest.raises(InputError) as failure, naming("ovo", 0, 0, let_pass=(InputError,)):
        raise error
    assert failure.value is error


def test_an_interruption_passes():
    with pytest.raises(KeyboardInterrupt), naming("ovo", 0, 0):
        raise KeyboardInterrupt
