import numpy as np
import pandas as pd
import polars as pl
import pytest

from ogive import LinearRegression

X = np.arange(12.0).reshape(6, 2) ** 2
VALUES = np.arange(6.0) ** 2


@pytest.mark.parametrize(
    ("y", "names"),
    [
        (VALUES, ("y",)),
        (np.column_stack([VALUES, VALUES]), ("y0", "y1")),
        (pd.Series(VALUES, name="price"), ("price",)),
        (pd.Series(VALUES), ("y",)),
        (pl.Series("price", VALUES), ("price",)),
        (pl.Series(VALUES), ("y",)),
        (pd.DataFrame({"price": VALUES, "rent": VALUES}), ("price", "rent")),
    ],
)
def test_targets_have_the_names_they_were_given_with(y, names):
    model = LinearRegression().fit(X, y)
    assert model.target_names_in_ == names
    assert f"regression of {names[0]}" in model.summary(language="en").text()
    model.fit(X, VALUES)
    assert model.target_names_in_ == ("y",)
