import pytest
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

import ogive
from ogive.comparison.models import count_parameters

X, Y = load_iris(return_X_y=True)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (ogive.LogisticRegression(), 3 * 5),
        (ogive.OneVsOneClassifier(ogive.LogisticRegression()), 3 * 5),
        (ogive.OneVsRestClassifier(ogive.LogisticRegression()), 3 * 5),
        (ogive.LinearRegression(), 5),
        (ogive.MLPClassifier((6,), max_iter=1, early_stopping="loss"), 5 * 6 + 7 * 3),
        (make_pipeline(StandardScaler(), LogisticRegression()), 3 * 5),
        (GridSearchCV(LogisticRegression(), {"C": [0.1, 1.0]}, cv=2), 3 * 5),
        (RandomForestClassifier(2), 0),
        (SVC(), 0),
    ],
)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_what_is_counted_are_weights_and_intercepts(model, expected):
    assert count_parameters(model.fit(X, Y)) == expected
