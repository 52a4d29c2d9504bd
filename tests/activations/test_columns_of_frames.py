"""Series and data frames of other libraries."""

from __future__ import annotations

import numpy as np
import pytest

import ogive
from ogive.text import InputError

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")

Z = [-1.5, 0.25, 3.0]


@pytest.fixture
def gelu():
    return ogive.activation("gelu")


def test_a_pandas_series_keeps_name_and_index(gelu):
    series = pd.Series(Z, index=list("abc"), name="x")
    result = gelu(series)
    pd.testing.assert_series_equal(result, pd.Series(gelu(Z), index=list("abc"), name="x"))
    assert gelu.derivative(series)["b"] == gelu.derivative(0.25)


def test_a_polars_series_keeps_its_name(gelu):
    result = gelu(pl.Series("x", Z))
    assert result.name == "x"
    assert result.to_list() == gelu(Z).tolist()


def test_both_results_are_series(gelu):
    for series in (pd.Series(Z), pl.Series(Z)):
        value, derivative = gelu.value_and_derivative(series)
        assert type(value) is type(derivative) is type(series)
        assert value.to_list() == gelu(Z).tolist()
        assert derivative.to_list() == gelu.derivative(Z).tolist()


@pytest.mark.parametrize(("dtype", "kept"), [("float32", "float32"), ("int8", "float64")])
def test_float32_stays_and_whole_numbers_become_float64(gelu, dtype, kept):
    assert gelu(pd.Series([1, 2], dtype=dtype)).dtype == kept
    polars = {"float32": pl.Float32, "int8": pl.Int8, "float64": pl.Float64}
    assert gelu(pl.Series([1, 2], dtype=polars[dtype])).dtype == polars[kept]


@pytest.mark.parametrize("dtype", ["Int64", "Float32", "Float64", "double[pyarrow]"])
def test_missing_values_stay_missing_where_pandas_tells_them_from_nan(gelu, dtype):
    result = gelu(pd.Series([1, None, 3], dtype=dtype))
    assert result.isna().tolist() == [False, True, False]
    assert result[2] == pytest.approx(gelu(3.0), rel=1e-7)
    assert result.dtype == {"Int64": "Float64"}.get(dtype, dtype)


def test_missing_values_are_nan_in_a_plain_pandas_series(gelu):
    assert np.isnan(gelu(pd.Series([1.0, None]))[1])


def test_polars_tells_missing_values_from_nan(gelu):
    result = gelu(pl.Series([1.0, None, float("nan")]))
    assert result.is_null().to_list() == [False, True, False]
    assert np.isnan(result[2])


def test_a_pandas_frame_keeps_columns_and_index(gelu):
    frame = pd.DataFrame({"x": Z, "y": [1, 2, 3]}, index=[5, 6, 9])
    result = gelu(frame)
    assert result.columns.tolist() == ["x", "y"]
    assert result.index.tolist() == [5, 6, 9]
    np.testing.assert_array_equal(result.to_numpy(), gelu(frame.to_numpy(np.float64)))


def test_a_polars_frame_keeps_columns(gelu):
    frame = pl.DataFrame({"x": Z, "y": [1, None, 3]})
    result = gelu(frame)
    assert result.columns == ["x", "y"]
    assert result["y"].null_count() == 1
    assert result["x"].to_list() == gelu(Z).tolist()


def test_a_pyarrow_table_and_its_columns_come_back(gelu):
    table = pa.table({"x": pa.array([1.0, None, 3.0], pa.float32())})
    result = gelu(table)
    assert isinstance(result, pa.Table)
    assert result.schema.field("x").type == pa.float32()
    assert result["x"].null_count == 1
    column = gelu(table["x"])
    assert column.to_pylist() == result["x"].to_pylist()


def test_empty_ones_stay_empty(gelu):
    assert len(gelu(pd.Series([], dtype=float))) == 0
    assert gelu(pl.DataFrame()).shape == (0, 0)


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(["a"], name="x"),
        pd.Series(pd.to_datetime(["2020-01-01"]), name="x"),
        pd.Series(["a"], dtype="category", name="x"),
        pl.Series("x", ["a"]),
        pl.Series("x", [[1.0]]),
        pl.Series("x", [1], dtype=pl.Decimal(10, 2)),
    ],
    ids=lambda column: f"{type(column).__module__.split('.')[0]}-{column.dtype}",
)
def test_a_column_without_numbers_is_named(gelu, column):
    with pytest.raises(InputError, match="column 'x' has dtype") as caught:
        gelu(column)
    assert "列 'x'" in caught.value.text.zh
    frame = column.to_frame()
    with pytest.raises(InputError, match="column 'x' has dtype"):
        gelu(frame)


def test_a_lazy_frame_must_be_collected(gelu):
    with pytest.raises(InputError, match=r"z\.collect\(\)"):
        gelu(pl.LazyFrame({"x": Z}))


def test_repeated_column_names_are_refused(gelu):
    with pytest.raises(InputError, match="more than once"):
        gelu(pd.DataFrame([[1.0, 2.0]], columns=["x", "x"]))


def test_out_is_for_arrays(gelu):
    with pytest.raises(InputError, match="out is for NumPy arrays only; z is a Series"):
        gelu(pd.Series(Z), out=np.empty(3))


def test_functions_of_rows_want_an_array():
    with pytest.raises(InputError, match=r"z\.to_numpy\(\)"):
        ogive.activation("softmax")(pd.DataFrame({"x": Z}))
