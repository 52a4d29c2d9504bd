import numpy as np
import polars as pl
import pytest

from ogive.data import load_house
from ogive.data.house import HOUSE_COEFFICIENTS, HOUSE_INTERCEPT, HOUSE_NOISE, VARIANTS
from ogive.text import InputError


def noise(frame):
    """What the documented formula does not explain."""
    return (
        frame["price"].to_numpy()
        - HOUSE_COEFFICIENTS["size"] * frame["size"].to_numpy()
        - HOUSE_COEFFICIENTS["distance"] * frame["distance"].to_numpy()
        - HOUSE_INTERCEPT
    )


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_same_seed_gives_the_same_houses(variant):
    first = load_house(50, variant=variant, random_state=3)
    assert first.equals(load_house(50, variant=variant, random_state=3))
    assert not first.equals(load_house(50, variant=variant, random_state=4))


def test_the_first_house_is_the_same_on_every_machine():
    assert load_house(1).row(0) == (152.8, 7.46, 2457.9)


@pytest.mark.parametrize("variant", VARIANTS)
def test_sizes_distances_and_prices_are_possible(variant):
    frame = load_house(20_000, variant=variant)
    assert frame["size"].is_between(35, 240).all()
    assert frame["distance"].is_between(0.5, 25).all()
    assert (frame["price"] > 0).mean() > 0.999
    assert set(frame.dtypes) == {pl.Float64}


def test_the_noise_of_the_plain_houses_is_as_documented():
    rest = noise(load_house(100_000))
    assert abs(rest.mean()) < 3 * HOUSE_NOISE / np.sqrt(100_000)
    assert rest.std() == pytest.approx(HOUSE_NOISE, rel=0.01)


def test_the_noise_of_the_plain_houses_has_nothing_to_do_with_the_columns():
    frame = load_house(100_000)
    for name in ("size", "distance"):
        assert abs(np.corrcoef(np.abs(noise(frame)), frame[name])[0, 1]) < 0.01


def test_the_noise_of_the_heteroscedastic_houses_grows_with_the_square_of_the_size():
    frame = load_house(100_000, variant="heteroscedastic")
    ratio = noise(frame) / (frame["size"].to_numpy() / 90) ** 2
    assert ratio.std() == pytest.approx(HOUSE_NOISE, rel=0.01)
    small = frame["size"].to_numpy() < 70
    assert noise(frame)[small].std() < HOUSE_NOISE / 2


def test_the_gross_size_is_nearly_a_multiple_of_the_size():
    frame = load_house(variant="collinear")
    correlation = np.corrcoef(frame["size"], frame["gross_size"])[0, 1]
    assert 0.999 < correlation < 1


def test_the_variants_have_the_same_houses():
    plain = load_house()
    for variant in VARIANTS:
        other = load_house(variant=variant)
        assert other.select("size", "distance").equals(plain.select("size", "distance"))


@pytest.mark.parametrize("n_samples", [0, -1, 2.5, "3", True, None])
def test_an_impossible_number_of_houses_is_refused(n_samples):
    with pytest.raises(
        InputError, match="n_samples must be a whole number of at least 1"
    ) as caught:
        load_house(n_samples)
    assert "整数" in caught.value.text.zh


def test_an_unknown_variant_is_refused():
    with pytest.raises(InputError, match="must be one of collinear, plain, heteroscedastic"):
        load_house(variant="colinear")


@pytest.mark.parametrize(
    ("variant", "issues"),
    [
        ("plain", set()),
        ("collinear", {"OGV222", "OGV223"}),
        ("heteroscedastic", {"OGV212", "OGV213", "OGV216", "OGV217"}),
    ],
)
def test_each_variant_breaks_the_condition_it_is_made_for(variant, issues):
    from ogive import LinearRegression

    frame = load_house(variant=variant)
    report = LinearRegression().fit(frame.drop("price"), frame["price"]).check_assumptions()
    assert {finding.code for finding in report.issues} == issues
    assert bool(report.tips) is (variant == "collinear")


def test_the_intervals_of_a_regression_hold_the_true_coefficients():
    from ogive import LinearRegression

    held = []
    for seed in range(200):
        frame = load_house(60, random_state=seed)
        model = LinearRegression().fit(frame.drop("price"), frame["price"])
        inference = model.summary().inference
        true = [HOUSE_INTERCEPT, HOUSE_COEFFICIENTS["size"], HOUSE_COEFFICIENTS["distance"]]
        held.append((inference.low[0] <= true) & (true <= inference.high[0]))
    np.testing.assert_allclose(np.mean(held, axis=0), 0.95, atol=0.05)
