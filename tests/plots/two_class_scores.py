"""Labels, scores and weights with ties, for charts of thresholds."""

import numpy as np


def two_classes(n=300, seed=1):
    random = np.random.RandomState(seed)
    truth = random.randint(0, 2, n)
    score = np.round(np.clip(0.35 * truth + 0.65 * random.rand(n), 0, 1), 2)
    return truth, score, random.randint(0, 4, n).astype(float)


def four_classes(n=400, k=4, seed=2):
    random = np.random.RandomState(seed)
    truth = random.randint(0, k, n)
    z = random.normal(size=(n, k))
    z[np.arange(n), truth] += 1.5
    probability = np.exp(z)
    return truth, probability / probability.sum(axis=1, keepdims=True)
