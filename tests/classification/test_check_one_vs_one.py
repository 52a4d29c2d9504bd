"""scikit-learn's own checks of an estimator; none is expected to fail."""

from __future__ import annotations

import pytest
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils.estimator_checks import parametrize_with_checks

import ogive

pytest.importorskip("pandas")
pytestmark = pytest.mark.filterwarnings("ignore")


@parametrize_with_checks(
    [
        ogive.OneVsOneClassifier(ogive.LogisticRegression()),
        ogive.OneVsOneClassifier(ogive.LogisticRegression(), decision="elimination"),
        ogive.OneVsOneClassifier(LinearSVC(random_state=0)),
        ogive.OneVsOneClassifier(DecisionTreeClassifier(random_state=0)),
        ogive.OneVsOneClassifier(ogive.LinearRegression()),
    ]
)
def test_check(estimator, check):
    check(estimator)
