import numpy as np
import polars as pl
import pytest

from ogive.data import load_pictures
from ogive.data.pictures import CONTENTS, FEATURES, SHARES
from ogive.text import InputError


def test_the_same_seed_gives_the_same_pictures():
    first = load_pictures(50, random_state=3)
    assert first.equals(load_pictures(50, random_state=3))
    assert not first.equals(load_pictures(50, random_state=4))


def test_the_first_picture_is_the_same_on_every_machine():
    upper = (0.475, 0.617, 0.852, 0.063)
    middle = (0.336, 0.433, 0.605, 0.176)
    lower = (0.065, 0.415, 0.609, 0.19)
    assert load_pictures(1).row(0) == (*upper, *middle, *lower, 1, 0, 1, "water")


def test_the_labellings_are_of_the_same_pictures():
    both = load_pictures(80)
    assert load_pictures(80, labels="one").equals(both.drop(CONTENTS))
    assert load_pictures(80, labels="many").equals(both.drop("main"))


def test_contents_occur_together_as_often_as_documented():
    frame = load_pictures(100_000, labels="many")
    for shown, share in SHARES.items():
        wanted = pl.all_horizontal(pl.col(name) == (name in shown) for name in CONTENTS)
        assert frame.select(wanted).mean().item() == pytest.approx(share, abs=0.005)
    assert sum(SHARES.values()) == pytest.approx(1.0)


def test_the_main_content_is_one_of_those_shown():
    frame = load_pictures(5000)
    for name in CONTENTS:
        assert (frame.filter(pl.col("main") == name)[name] == 1).all()


def test_measurements_are_possible():
    frame = load_pictures(5000).select(FEATURES)
    colours = frame.select(pl.exclude("^.*_texture$"))
    assert colours.min().min_horizontal().item() >= 0
    assert colours.max().max_horizontal().item() <= 1
    assert frame.select("^.*_texture$").min().min_horizontal().item() >= 0


def test_sky_makes_the_upper_third_blue_and_trees_make_pictures_rough():
    frame = load_pictures(5000, labels="many")
    with_sky = frame.group_by("sky").mean().sort("sky")
    assert with_sky["upper_blue"][1] > with_sky["upper_blue"][0] + 0.2
    with_trees = frame.group_by("trees").mean().sort("trees")
    assert with_trees["middle_texture"][1] > with_trees["middle_texture"][0] + 0.1


def test_light_is_that_of_the_whole_picture():
    # In pictures of nothing but sky and ground the ratio of two colours does not depend on it.
    frame = load_pictures(20_000).filter(
        (pl.col("sky") == 1) & (pl.col("trees") == 0) & (pl.col("water") == 0)
    )
    brightness = np.corrcoef(frame["upper_red"], frame["upper_green"])[0, 1]
    assert brightness > 0.7


@pytest.mark.parametrize("n_samples", [0, -1, 2.5, "3", True, None])
def test_an_impossible_number_of_pictures_is_refused(n_samples):
    with pytest.raises(InputError, match="n_samples must be a whole number of") as caught:
        load_pictures(n_samples)
    assert "整数" in caught.value.text.zh


def test_an_unknown_labelling_is_refused():
    with pytest.raises(InputError, match="must be one of many, one, both") as caught:
        load_pictures(labels="mny")
    assert "mny" in caught.value.text.zh
