"""scikit-learn's own tests of its reductions of many classes to two, run on ours."""

from __future__ import annotations

from pathlib import Path

import pytest
import sklearn

import ogive

pytestmark = pytest.mark.filterwarnings("ignore")

OURS = ("OneVsOneClassifier", "OneVsRestClassifier", "OutputCodeClassifier")
# Each differs on purpose; strictness makes a test that no longer does stand out.
_ONE_CLASS = "asks for a model of a single class; ours refuse it and say why"
_ALL_REST = (
    "asks for probabilities that are all 0 where every classifier says no; ours add up to 1 always"
)
DIFFERENT = {
    "test_constant_int_target[ones]": _ONE_CLASS,
    "test_constant_int_target[zeros]": _ONE_CLASS,
    "test_ovr_single_label_predict_proba_zero": _ALL_REST,
}

_path = Path(sklearn.__file__).parent / "tests" / "test_multiclass.py"
if not _path.exists():
    pytest.skip("scikit-learn was installed without its tests", allow_module_level=True)
if tuple(map(int, sklearn.__version__.split(".")[:2])) < (1, 9):
    pytest.skip("our reference is scikit-learn 1.9", allow_module_level=True)

_theirs = """from sklearn.multiclass import (
    OneVsOneClassifier,
    OneVsRestClassifier,
    OutputCodeClassifier,
)
"""
_source = _path.read_text(encoding="utf-8")
if _theirs not in _source:
    pytest.skip("scikit-learn's tests have another form in this version", allow_module_level=True)
_ours = _source.replace(_theirs, _theirs.replace("sklearn.multiclass", "ogive"))
exec(compile(_ours, _path, "exec"))

for _name in [name for name in globals() if name.startswith("test_")]:
    # The rest of the file is about functions of theirs.
    _test = globals()[_name]
    _classes = {*_test.__code__.co_names, *map(str, getattr(_test, "pytestmark", ()))}
    if not any(ours in name for ours in OURS for name in _classes):
        del globals()[_name]


@pytest.fixture(autouse=True)
def _mark_what_differs(request):
    if request.node.name in DIFFERENT:
        reason = DIFFERENT[request.node.name]
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))


def test_the_suite_runs_on_our_classes():
    for name in OURS:
        assert globals()[name] is getattr(ogive, name)
    assert sum(name.startswith("test_ov") for name in globals()) > 25
    assert sum(name.startswith("test_ecoc") for name in globals()) == 5
