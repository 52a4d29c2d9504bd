import csv
import json

import numpy as np
import pytest
import vl_convert

from ogive import LinearRegression, plots
from ogive.data import load_house
from ogive.plots.regression_points import EXTREME, MANY, SAMPLE
from ogive.plots.writing import write_chart
from ogive.text import InputError

POINT_PLOTS = (
    plots.residuals_against_fitted,
    plots.scale_against_location,
    plots.normal_quantiles,
    plots.leverage_against_residuals,
)
STANDARDISED = POINT_PLOTS[1:]
each_point_plot = pytest.mark.parametrize("plot", POINT_PLOTS, ids=lambda plot: plot.__name__)


@pytest.fixture(scope="module")
def houses():
    frame = load_house(120).to_pandas()
    return frame.drop(columns="price"), frame["price"].to_numpy()


@pytest.fixture(scope="module")
def model(houses):
    return LinearRegression().fit(*houses)


@pytest.fixture(scope="module")
def many():
    """More rows than are drawn, one of them far off."""
    random = np.random.RandomState(5)
    X = random.normal(size=(MANY + 1, 2))
    y = X @ [1.0, 2.0] + random.normal(size=MANY + 1)
    y[77] += 40
    return LinearRegression().fit(X, y)


def svg(chart):
    return vl_convert.vegalite_to_svg(chart.to_dict())


def tables(chart):
    """Return the records of each layer."""
    specification = chart.to_dict()
    common = specification.get("data")
    named = [layer.get("data", common)["name"] for layer in specification["layer"]]
    return [records(specification["datasets"][name]) for name in named]


def records(dataset):
    """Return a dataset as records, of which points are kept as text."""
    if not isinstance(dataset, str):
        return dataset
    numbers = ({name: float(value) for name, value in line.items()} for line in reader(dataset))
    return list(numbers)


def reader(text):
    return csv.DictReader(text.splitlines())


def data_of(chart, *columns):
    """Return the records of the layer that has such columns."""
    return next(table for table in tables(chart) if set(columns) <= set(table[0]))


def texts_of(chart):
    return json.dumps(chart.to_dict(), ensure_ascii=False)


@each_point_plot
@pytest.mark.parametrize(("language", "word"), [("en", "esidual"), ("zh", "残差")])
def test_a_plot_of_residuals_speaks_the_language(plot, language, word, model):
    text = svg(plot(model, language=language))
    assert word in text


@each_point_plot
def test_every_row_is_a_point_where_they_are_few(plot, model):
    assert len(data_of(plot(model), "row", "x", "y")) == 120


@each_point_plot
def test_many_rows_are_sampled_with_the_extreme_ones_and_it_is_said(plot, many):
    chart = plot(many)
    drawn = data_of(chart, "row", "x", "y")
    assert len(drawn) <= SAMPLE + 2 * EXTREME + 500
    assert 77 in {point["row"] for point in drawn}
    assert f"of {MANY + 1:,}" in chart.to_dict()["title"]["text"]
    assert "title" not in plot(many, note=False).to_dict()


def test_the_sample_is_the_same_each_time(many):
    first, second = (plots.regression_points(many).shown for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_points_lie_at_fitted_values_and_residuals(model, houses):
    X, y = houses
    drawn = data_of(plots.residuals_against_fitted(model), "row", "x", "y")
    fitted = model.predict(X)
    np.testing.assert_allclose([p["x"] for p in drawn], fitted, atol=0.1)
    np.testing.assert_allclose([p["y"] for p in drawn], y - fitted, atol=0.1)


def test_weighted_residuals_are_multiplied_by_the_roots_of_their_weights(houses):
    X, y = houses
    weight = np.linspace(0.0, 2.0, len(y))
    model = LinearRegression().fit(X, y, sample_weight=weight)
    points = plots.regression_points(model)
    assert points.rows.tolist() == list(range(1, len(y)))
    expected = (y - model.predict(X)) * np.sqrt(weight)
    np.testing.assert_allclose(points.residuals, expected[1:], atol=1e-8)
    assert "√weight" in texts_of(plots.residuals_against_fitted(points))


def test_normal_residuals_lie_in_the_band_and_others_do_not():
    random = np.random.RandomState(2)
    X = random.normal(size=(400, 1))

    def outside(noise):
        chart = plots.normal_quantiles(LinearRegression().fit(X, X[:, 0] + noise))
        band, found = data_of(chart, "low", "high"), data_of(chart, "row", "x", "y")
        pairs = zip(band, found, strict=True)
        return np.mean([not edge["low"] <= p["y"] <= edge["high"] for edge, p in pairs])

    assert outside(random.normal(size=400)) < 0.2
    assert outside(random.exponential(size=400)) > 0.5


def test_the_level_of_the_band_of_quantiles_is_that_of_order_statistics():
    random = np.random.RandomState(3)
    X, n = random.normal(size=(50, 1)), 50
    chart = plots.normal_quantiles(LinearRegression().fit(X, random.normal(size=n)), level=0.9)
    band = data_of(chart, "low", "high")
    samples = np.sort(random.normal(size=(20_000, n)), axis=1)
    low, high = (np.array([edge[end] for edge in band]) for end in ("low", "high"))
    inside = ((samples >= low) & (samples <= high)).mean(axis=0)
    np.testing.assert_allclose(inside, 0.9, atol=0.01)


def test_contours_of_cook_s_distance_are_drawn_where_a_row_comes_near():
    X = np.append(np.linspace(0, 1, 20), 5.0)[:, None]
    y = X[:, 0] + 0.1 * np.random.RandomState(0).normal(size=21)
    y[-1] += 3
    near = texts_of(plots.leverage_against_residuals(LinearRegression().fit(X, y)))
    assert "Cook 1" in near
    far = LinearRegression().fit(X[:-1], y[:-1])
    assert "Cook 1" not in texts_of(plots.leverage_against_residuals(far))


def test_a_contour_has_the_distance_it_names():
    X = np.append(np.linspace(0, 1, 20), 5.0)[:, None]
    y = X[:, 0] + 0.1 * np.random.RandomState(0).normal(size=21)
    y[-1] += 3
    line = data_of(plots.leverage_against_residuals(LinearRegression().fit(X, y)), "order")
    h, r = (np.array([point[axis] for point in line]) for axis in ("x", "y"))
    np.testing.assert_allclose(r**2 * h / (1 - h) / 2, 0.5, rtol=1e-2)


@pytest.mark.parametrize("plot", STANDARDISED, ids=lambda plot: plot.__name__)
def test_a_perfect_fit_has_no_standardised_residuals(plot):
    X = np.arange(12.0)[:, None]
    with pytest.raises(InputError, match="cannot be standardised") as caught:
        plot(LinearRegression().fit(X, 2 * X[:, 0] + 1))
    assert "无法计算" in caught.value.text.zh


def test_a_perfect_fit_can_be_drawn_against_its_residuals():
    X = np.arange(12.0)[:, None]
    svg(plots.residuals_against_fitted(LinearRegression().fit(X, 2 * X[:, 0] + 1)))


def test_a_model_without_rows_asks_for_them(houses):
    model = LinearRegression(keep_rows=False).fit(*houses)
    with pytest.raises(InputError, match="keeps no rows"):
        plots.residuals_against_fitted(model)
    points = plots.regression_points(model, *houses, target_name="price")
    assert "Fitted price" in svg(plots.residuals_against_fitted(points))


def test_one_of_several_targets_is_drawn(houses):
    X, y = houses
    model = LinearRegression().fit(X, np.column_stack([y, -y]))
    first, second = (plots.regression_points(model, target=i) for i in (0, 1))
    np.testing.assert_allclose(first.residuals, -second.residuals, atol=1e-8)
    with pytest.raises(InputError, match="target must be a whole number from 0 to 1"):
        plots.regression_points(model, target=2)


def test_a_line_has_the_bands_of_predict(houses):
    X, y = houses
    model = LinearRegression().fit(X[["size"]], y)
    chart = plots.fitted_line(model, target_name="price")
    by_band = {table[0]["what"]: table for table in tables(chart) if "low" in table[0]}
    for band, kind in (("confidence band", "confidence"), ("prediction band", "prediction")):
        values = next(found for name, found in by_band.items() if band in name)
        places = X[["size"]].iloc[:1].reindex([0] * len(values))
        places["size"] = [edge["x"] for edge in values]
        _, low, high = model.predict(places, interval=kind)
        np.testing.assert_allclose([edge["low"] for edge in values], low, atol=1)
        np.testing.assert_allclose([edge["high"] for edge in values], high, atol=1)


def test_the_points_of_one_feature_are_the_data(houses):
    X, y = houses
    model = LinearRegression().fit(X[["size"]], y)
    drawn = data_of(plots.fitted_line(model), "row", "x", "y")
    np.testing.assert_allclose([p["x"] for p in drawn], X["size"], atol=0.01)
    np.testing.assert_allclose([p["y"] for p in drawn], y, atol=0.1)


@pytest.mark.parametrize("fit_intercept", [True, False])
def test_among_several_features_points_are_partial_residuals(houses, fit_intercept):
    X, y = houses
    model = LinearRegression(fit_intercept=fit_intercept).fit(X, y)
    chart = plots.fitted_line(model, feature="distance", target_name="price")
    drawn = data_of(chart, "row", "x", "y")
    others = (X["size"].mean() - X["size"]) * model.coef_[0]
    np.testing.assert_allclose([p["y"] for p in drawn], y + others, atol=0.2)
    assert "other columns at their mean" in texts_of(chart)


@pytest.mark.parametrize("feature", [None, "price", 2, 1.5, True])
def test_an_unknown_feature_is_refused(feature, model):
    with pytest.raises(InputError, match="one of the model's: size, distance"):
        plots.fitted_line(model, feature=feature)


def test_without_degrees_of_freedom_there_is_a_line_and_no_band():
    chart = plots.fitted_line(LinearRegression().fit([[0.0], [1.0]], [0.0, 1.0]))
    assert "band" not in texts_of(chart)
    svg(chart)


@pytest.fixture(scope="module")
def descended(houses):
    return LinearRegression(solver="gd").fit(*houses)


def test_a_path_goes_from_zero_to_the_least_loss(descended, model):
    drawn = data_of(plots.descent_path(descended), "step", "loss")
    assert (drawn[0]["x"], drawn[0]["y"], drawn[0]["step"]) == (0.0, 0.0, 0)
    np.testing.assert_allclose([drawn[-1]["x"], drawn[-1]["y"]], model.coef_, rtol=1e-3)


def test_a_contour_has_the_same_loss_all_along(descended, houses):
    X, y = houses
    contours = data_of(plots.descent_path(descended), "contour")
    corners = np.array([[c["x"], c["y"]] for c in contours if c["contour"] == 3])
    centred = X.to_numpy() - X.to_numpy().mean(axis=0)
    errors = (y - y.mean())[:, None] - centred @ corners.T
    loss = (errors**2).mean(axis=0) / 2
    np.testing.assert_allclose(loss, loss[0], rtol=1e-8)


def test_the_other_axis_of_a_single_feature_is_the_constant(houses):
    X, y = houses
    model = LinearRegression(solver="gd").fit(X[["size"]], y)
    chart = plots.descent_path(model, language="zh")
    assert "截距" in svg(chart)
    last = data_of(chart, "step", "loss")[-1]
    np.testing.assert_allclose(
        [last["x"], last["y"]], [model.coef_[0], model.intercept_], rtol=1e-3
    )


def test_a_path_that_diverges_is_drawn_as_far_as_it_can_be_seen(houses):
    model = LinearRegression(solver="gd", learning_rate=2.5)
    with pytest.warns(Warning, match="diverged"):
        model.fit(*houses)
    drawn = data_of(plots.descent_path(model), "step", "loss")
    assert 2 <= len(drawn) < len(model.descent_.step)
    assert max(abs(point["y"]) for point in drawn) < 1000


def test_axes_of_the_path_are_chosen_among_several(houses):
    X, y = houses
    wide = X.assign(noise=np.random.RandomState(0).normal(size=len(y)))
    model = LinearRegression(solver="gd").fit(wide, y)
    assert "Coefficient of noise" not in texts_of(plots.descent_path(model))
    chosen = plots.descent_path(model, features=("noise", "size"))
    assert "Coefficient of noise" in texts_of(chosen)
    with pytest.raises(InputError, match="two of the model's: size, distance, noise"):
        plots.descent_path(model, features=("noise", "noise"))


def test_a_path_needs_a_descent(model):
    with pytest.raises(InputError, match="solver='gd'; this one has solver='qr'"):
        plots.descent_path(model)


def test_correlations_stand_below_the_diagonal_with_their_signs():
    matrix = np.array([[1.0, 0.2, 0.5], [0.2, 1.0, -0.9], [0.5, -0.9, 1.0]])
    cells = tables(plots.correlation_map(matrix, ["a", "b", "y"]))[0]
    assert [(c["row"], c["column"], c["written"]) for c in cells] == [
        ("b", "a", "0.20"),
        ("y", "a", "0.50"),
        ("y", "b", "\u22120.90"),
    ]
    assert [c["sign"] for c in cells] == ["positive", "positive", "negative"]


def test_correlations_of_a_model_are_those_of_its_columns(model, houses):
    X, y = houses
    matrix, names = plots.regression_correlations(model, target_name="price")
    assert names == ("size", "distance", "price")
    np.testing.assert_allclose(matrix, np.corrcoef(np.column_stack([X, y]).T), atol=1e-12)


def test_of_many_columns_those_most_correlated_with_the_target_are_kept():
    random = np.random.RandomState(0)
    X = random.normal(size=(200, 60))
    y = X[:, 50:] @ np.full(10, 3.0) + random.normal(size=200)
    matrix, names = plots.regression_correlations(LinearRegression().fit(X, y))
    assert len(names) == len(matrix) == 41
    assert {f"x{i}" for i in range(50, 60)} < set(names)


def test_features_correlated_more_than_with_the_target_are_framed():
    matrix = np.array([[1.0, 0.8, 0.5], [0.8, 1.0, 0.7], [0.5, 0.7, 1.0]])
    for target, strong, framed in ((0.7, 0.7, True), (0.9, 0.7, False), (0.7, 0.85, False)):
        matrix[2, 1] = target
        chart = plots.correlation_map(matrix, ["a", "b", "y"], strong=strong)
        assert tables(chart)[0][0]["framed"] is framed


def test_a_constant_column_has_no_correlation():
    matrix = np.array([[1.0, np.nan], [np.nan, 1.0]])
    chart = plots.correlation_map(matrix, ["a", "y"])
    assert tables(chart)[0][0]["written"] == "–"
    svg(chart)


@pytest.mark.parametrize("n", [2, 7, 40])
def test_a_map_of_any_size_fits_a_page(n):
    random = np.random.RandomState(n)
    matrix = np.corrcoef(random.normal(size=(n, 100)))
    picture = svg(plots.correlation_map(matrix, [f"a rather long name {i}" for i in range(n)]))
    width = float(picture.split('width="')[1].split('"')[0])
    assert width < 1000
    assert picture.count("name 0") >= 1


def test_columns_of_the_same_name_are_told_apart():
    chart = plots.correlation_map(np.eye(3), ["a", "a", "y"])
    assert "a (2)" in texts_of(chart)


@pytest.mark.parametrize("suffix", [".svg", ".png", ".html"])
def test_a_plot_can_be_written_in_every_format(suffix, model, tmp_path):
    path = tmp_path / f"plot{suffix}"
    write_chart(plots.normal_quantiles(model), path, title="Q-Q")
    assert path.stat().st_size > 1000


def test_a_feature_of_days_is_drawn_as_dates(houses):
    X = houses[0].assign(sold=18_262.0 + np.arange(120))
    fitted = LinearRegression().fit(X, houses[1])
    chart = plots.fitted_line(fitted, feature="sold", dates=True)
    svg = vl_convert.vegalite_to_svg(chart.to_dict())
    assert "2020-02-01" in svg
    assert ">18,3" not in svg
    plain = plots.fitted_line(fitted, feature="sold").to_dict()
    assert ">18,3" in vl_convert.vegalite_to_svg(plain)


def test_a_feature_that_depends_on_others_has_no_bands(houses):
    from ogive.plots.fitted_line import has_bands

    X = houses[0].assign(twice=2 * houses[0]["size"])
    fitted = LinearRegression().fit(X, houses[1])
    for feature, name in enumerate(X.columns):
        legend = "confidence band" in json.dumps(plots.fitted_line(fitted, feature=name).to_dict())
        assert has_bands(fitted, feature=feature) == legend == (name == "distance")
    assert has_bands(fitted)
