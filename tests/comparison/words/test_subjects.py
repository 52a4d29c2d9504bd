import pytest

from ogive.comparison.design.candidates import FACTORS
from ogive.comparison.words.subjects import FACTOR_NAMES, parameter_title, spaced, subject_of


@pytest.mark.parametrize("factor", FACTORS)
def test_every_factor_has_its_name_in_both_languages(factor):
    subject = subject_of([factor])
    assert subject.one == FACTOR_NAMES[factor]
    assert subject.one.en != subject.one.zh
    assert subject.meaning.en.endswith(".")
    assert subject.meaning.zh.endswith("。")


def test_what_is_crossed_is_called_a_candidate():
    assert subject_of(["activation", "depth"]).one == ("candidate", "候选方案")


def test_what_was_chosen_goes_by_its_name_for_people_or_the_estimators():
    assert parameter_title("learning_rate_init").en == "learning rate"
    assert parameter_title("C") == ("C", "C")


@pytest.mark.parametrize(
    ("name", "written"),
    [("准确率", "准确率"), ("RMSE", " RMSE "), ("R²", " R² "), ("F1（宏平均）", " F1（宏平均）")],
)
def test_latin_letters_are_set_off_from_chinese(name, written):
    assert spaced(name) == written
