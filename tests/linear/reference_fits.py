"""Well-conditioned data, and what statsmodels makes of it."""

from itertools import product

import numpy as np
import statsmodels.api as sm
from statsmodels.stats.outliers_influence import OLSInfluence

N, K, M = 60, 4, 3
_rng = np.random.default_rng(11)
X = _rng.normal(size=(N, K)) * [1, 10, 0.1, 5] + [0, 3, 1, 50]
Y = X @ _rng.normal(size=(K, M)) + _rng.normal(size=(N, M)) * (1 + np.abs(X[:, :1]))
WEIGHT = _rng.uniform(0.2, 3, N)
NEW = _rng.normal(size=(7, K)) * [1, 10, 0.1, 5] + [0, 3, 1, 50]

# Every way of fitting: with or without weights, with or without a constant.
WAYS = list(product((None, WEIGHT), (True, False)))
WAY_NAMES = [
    f"{'WLS' if weight is not None else 'OLS'}-{'constant' if constant else 'no constant'}"
    for weight, constant in WAYS
]


def design(features, constant):
    return sm.add_constant(features, has_constant="add") if constant else np.asarray(features)


def reference(target, weight, constant, covariance="nonrobust", features=X):
    exog = design(features, constant)
    model = sm.OLS(target, exog) if weight is None else sm.WLS(target, exog, weight)
    return model.fit(cov_type=covariance, use_t=True)


def reference_influence(target, weight, constant, features=X):
    root = np.ones(len(target)) if weight is None else np.sqrt(weight)
    return OLSInfluence(sm.OLS(target * root, design(features, constant) * root[:, None]).fit())
