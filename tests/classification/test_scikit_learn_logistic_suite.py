"""scikit-learn's own tests of its LogisticRegression, run on ours."""

from __future__ import annotations

from pathlib import Path

import pytest
import sklearn
import sklearn.linear_model
from sklearn.linear_model._base import LinearClassifierMixin
from threadpoolctl import threadpool_limits

pytestmark = pytest.mark.filterwarnings("ignore")

# Each differs on purpose; strictness makes a test that no longer does stand out.
_ELASTIC = "is about L1 and elastic net, which are refused"
_SOLVER = "is about liblinear, sag or saga, which are refused"
_CALLBACK = "is about the callbacks of scikit-learn 1.9, which are new there and not taken up here"
DIFFERENT = {
    "test_check_solver_option[LogisticRegression]": _SOLVER,
    "test_consistency_path": _SOLVER,
    "test_liblinear_dual_random_state": _SOLVER,
    "test_logistic_cv": _SOLVER,
    "test_logistic_cv_multinomial_score": (
        "gives all our parameters, of which some are more than theirs, to a function of theirs"
    ),
    "test_sample_and_class_weight_equivalence_liblinear": _SOLVER,
    "test_liblinear_decision_function_zero": _SOLVER,
    "test_logreg_l1": _ELASTIC,
    "test_logistic_regression_cv_refit": _SOLVER,
    "test_saga_vs_liblinear": _SOLVER,
    "test_warm_start_converge_LR": _SOLVER,
    "test_elastic_net_coeffs": _ELASTIC,
    "test_elastic_net_l1_l2_equivalence": _ELASTIC,
    "test_elastic_net_vs_l1_l2": _ELASTIC,
    "test_LogisticRegression_elastic_net_objective": _ELASTIC,
    "test_LogisticRegressionCV_GridSearchCV_elastic_net": _ELASTIC,
    "test_l1_ratio_non_elasticnet": _ELASTIC,
    "test_elastic_net_versus_sgd": _ELASTIC,
    "test_logisticregression_liblinear_sample_weight": _SOLVER,
    "test_scores_attribute_layout_elasticnet": _ELASTIC,
    "test_liblinear_with_large_values": _SOLVER,
    "test_liblinear_not_stuck": _SOLVER,
    "test_newton_cholesky_fallback_to_lbfgs": (
        "asks for another solver where the Hessian is singular; ours takes the shortest step then"
    ),
    "test_liblinear_multiclass_raises[LogisticRegression]": _SOLVER,
    "test_penalty_deprecated[LogisticRegression]": (
        "asks for a warning that penalty will go; here penalty='l2' and None stay"
    ),
    "test_l1_ratio_None_deprecated": "asks for a warning that l1_ratio=None will go; it stays here",
    "test_logisticregression_warns_with_n_jobs": "asks for a warning; n_jobs has an effect here",
    "test_lr_penalty_l1ratio_incompatible": _ELASTIC,
    "test_logistic_regression_callback_support": _CALLBACK,
    "test_logistic_regression_callback_fitted_estimator": _CALLBACK,
    "test_logistic_regression_callback_support_warning": _CALLBACK,
    **{
        f"test_max_iter[{solver}-{message}-max_iter{i}]": _SOLVER
        for solver, message in {
            "liblinear": "Liblinear failed to converge, increase the number of iterations.",
            "sag": "The max_iter was reached which means the coef_ did not converge",
            "saga": "The max_iter was reached which means the coef_ did not converge",
        }.items()
        for i in range(4)
    },
}

_path = Path(sklearn.linear_model.__file__).parent / "tests" / "test_logistic.py"
if not _path.exists():
    pytest.skip("scikit-learn was installed without its tests", allow_module_level=True)
if tuple(map(int, sklearn.__version__.split(".")[:2])) < (1, 9):
    pytest.skip("our reference is scikit-learn 1.9", allow_module_level=True)

_source = _path.read_text(encoding="utf-8")
# Tests that go through all solvers go through those that there are here.
EDITS = {
    "from sklearn.linear_model import LogisticRegression, LogisticRegressionCV, SGDClassifier": (
        "from sklearn.linear_model import LogisticRegressionCV, SGDClassifier\n"
        "from ogive import LogisticRegression"
    ),
    'SOLVERS = ("lbfgs", "liblinear", "newton-cg", "newton-cholesky", "sag", "saga")': (
        'SOLVERS = ("lbfgs", "newton-cg", "newton-cholesky")'
    ),
}
for _theirs, _our_text in EDITS.items():
    if _source.count(_theirs) != 1:
        pytest.skip(
            "scikit-learn's tests have another form in this version", allow_module_level=True
        )
    _source = _source.replace(_theirs, _our_text)
_source = _source.replace("@pytest.mark.thread_unsafe\n", "")  # a mark that only they declare
_generator = "    yield_namespace_device_dtype_combinations(),"  # which pytest wants as a list
_source = _source.replace(_generator, "    list(yield_namespace_device_dtype_combinations()),")
exec(compile(_source, _path, "exec"))

for _name in [name for name in globals() if name.startswith("test_")]:
    # The rest of the file is about their functions and LogisticRegressionCV.
    _marks = getattr(globals()[_name], "pytestmark", [])
    _given = any("LogisticRegression" in str(m.args) for m in _marks)
    if "LogisticRegression" not in globals()[_name].__code__.co_names and not _given:
        del globals()[_name]


@pytest.fixture
def global_random_seed() -> int:
    return 42


@pytest.fixture(autouse=True, scope="module")
def _one_thread():
    # Their solvers' small products wait for each other where cores are busy.
    with threadpool_limits(limits=1, user_api="blas"):
        yield


@pytest.fixture(autouse=True)
def _mark_what_differs(request):
    if "[LogisticRegressionCV" in request.node.name:
        pytest.skip("is about a class of theirs")
    for name in (request.node.name, request.node.originalname):
        if name in DIFFERENT:
            request.applymarker(pytest.mark.xfail(reason=DIFFERENT[name], strict=True))


@pytest.fixture(autouse=True)
def _private_method_of_theirs(monkeypatch):
    # With it a test computes what it then compares our probabilities with.
    ours, theirs = globals()["LogisticRegression"], LinearClassifierMixin
    monkeypatch.setattr(ours, "_predict_proba_lr", theirs._predict_proba_lr, raising=False)


def test_the_suite_runs_on_our_class():
    assert globals()["LogisticRegression"].__module__ == "ogive.classification.logistic"
    names = [name for name in globals() if name.startswith("test_")]
    assert len(names) > 50
    assert {name.partition("[")[0] for name in DIFFERENT} <= set(names)
