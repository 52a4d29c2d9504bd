"""scikit-learn's own tests of its MLP, run on ours."""

from __future__ import annotations

from pathlib import Path

import pytest
import sklearn
import sklearn.neural_network

pytestmark = pytest.mark.filterwarnings("ignore")

# Each differs on purpose; "xfail_strict" makes a test that no longer does stand out.
DIFFERENT = {
    "test_gradient": "calls the private _loss_grad_lbfgs; test_gradients.py does this and more",
    "test_learning_rate_warmstart": "reads the private _optimizer; test_schedules.py has the rates",
    "test_adaptive_learning_rate": "reads the private _optimizer; test_schedules.py has the rates",
    "test_nonfinite_params": "we keep the last finite weights and warn, where theirs raises",
    "test_early_stopping_stratified": "we name the user's own class in the message, not 'True'",
}

_path = Path(sklearn.neural_network.__file__).parent / "tests" / "test_mlp.py"
if not _path.exists():
    pytest.skip("scikit-learn was installed without its tests", allow_module_level=True)
if tuple(map(int, sklearn.__version__.split(".")[:2])) < (1, 9):
    pytest.skip("our reference is scikit-learn 1.9", allow_module_level=True)

_theirs = "from sklearn.neural_network import MLPClassifier, MLPRegressor"
_source = _path.read_text(encoding="utf-8")
if _theirs not in _source:
    pytest.skip("scikit-learn's tests have another form in this version", allow_module_level=True)
exec(
    compile(
        _source.replace(_theirs, "from ogive import MLPClassifier, MLPRegressor"), _path, "exec"
    )
)
for _name, _reason in DIFFERENT.items():
    globals()[_name] = pytest.mark.xfail(reason=_reason, strict=True)(globals()[_name])


@pytest.fixture
def global_random_seed() -> int:
    return 42


def test_the_suite_runs_on_our_classes():
    assert globals()["MLPClassifier"].__module__ == "ogive.network.classifier"
    assert sum(name.startswith("test_") for name in globals()) > 40
