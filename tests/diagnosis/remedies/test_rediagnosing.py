import numpy as np
from planted_diagnoses import classifier, three_classes

import ogive
from ogive.diagnosis.remedies.rediagnosing import Codes, codes_of
from ogive.diagnosis.remedies.rows import given_rows, make_splits
from ogive.diagnosis.thresholds import Thresholds


def codes(found=(), mostly=(), passed=()):
    return Codes(frozenset(found), frozenset(mostly), frozenset(passed))


def test_what_is_gone_was_there_before_and_is_passed_after():
    before = codes({"OGV102", "OGV104"}, passed={"OGV107"})
    after = codes({"OGV106"}, {"OGV106"}, {"OGV102", "OGV107"})
    assert before.cleared_in(after, ["OGV102", "OGV104", "OGV107"]) == ("OGV102",)


def test_what_is_new_is_mostly_there_after_and_never_before():
    before = codes({"OGV103"})
    after = codes({"OGV103", "OGV106", "OGV111"}, {"OGV103", "OGV106"})
    assert before.new_in(after, ["OGV102"]) == ("OGV106",)
    assert before.new_in(after, ["OGV106"]) == ()


def test_networks_are_measured_as_by_a_diagnosis_of_their_own():
    X, y = three_classes(200)
    X = 1000 * X
    rng = np.random.default_rng(0)
    given = given_rows(X, y, classification=True, max_rows=None, rng=rng)
    splits = make_splits(given, 2, 0)
    models, expected = [], []
    for split in splits:
        model = classifier(activation="tanh", max_iter=100, tol=0.1)
        models.append(model.fit(X[split.train], y[split.train]))
        own = ogive.diagnose(
            model, X[split.train], y[split.train], validation_data=(X[split.test], y[split.test])
        )
        expected.append(set(own.codes))
    found = codes_of(models, given, splits, Thresholds())
    assert found.found == set.union(*expected)
    assert found.mostly == set.intersection(*expected)
    assert "OGV104" in found.found  # saturated, as the inputs are in the thousands
    assert not found.passed & found.found
    assert codes_of([None, *models[1:]], given, splits, Thresholds()).found == expected[1]
