import pickle
from collections import OrderedDict

import pytest

from ogive.comparison.running.backends import reference
from ogive.comparison.running.backends.reference import Shipper, tables_of


@pytest.fixture
def calls(monkeypatch):
    """Counts what is pickled and unpickled in this process."""
    counted = {"dumps": 0, "loads": 0}

    def counting(name, real):
        def call(*given):
            counted[name] += 1
            return real(*given)

        return call

    monkeypatch.setattr(reference, "_tables", OrderedDict())
    monkeypatch.setattr(reference.cloudpickle, "dumps", counting("dumps", pickle.dumps))
    monkeypatch.setattr(reference.pickle, "loads", counting("loads", pickle.loads))
    return counted


def test_a_comparison_is_pickled_once_however_often_it_is_run(calls, study, new_study):
    shipper = Shipper()
    first = shipper.ship(study.problem, study.settings)
    assert shipper.ship(study.problem, study.settings) is first
    assert calls["dumps"] == 1
    other = new_study(max_iter=11)
    assert shipper.ship(other.problem, other.settings).fingerprint != first.fingerprint
    assert calls["dumps"] == 2


def test_a_worker_unpickles_it_once_and_keeps_the_table_of_the_last_split(calls, study):
    shipment = Shipper().ship(study.problem, study.settings)
    tables = tables_of(shipment)
    assert tables_of(shipment) is tables
    assert calls["loads"] == 1
    prepared = tables.of(1, 2)
    assert tables.of(1, 2) is prepared
    tables.of(0, 0)
    assert tables.of(1, 2) is not prepared


def test_splits_are_those_of_the_machine_that_asks(study):
    from ogive.comparison.running.tables import Tables

    here = Tables(study.problem, study.settings).of(1, 2)
    there = tables_of(Shipper().ship(study.problem, study.settings)).of(1, 2)
    assert there.split.seed == here.split.seed
    assert there.split.test.tolist() == here.split.test.tolist()
    assert there.X.tobytes() == here.X.tobytes()


def test_a_worker_keeps_the_data_of_two_comparisons_at_most(calls, new_study):
    shipper = Shipper()
    shipments = []
    for max_iter in (2, 3, 4):
        one = new_study(max_iter=max_iter)
        shipments.append(shipper.ship(one.problem, one.settings))
    for shipment in shipments:
        tables_of(shipment)
    tables_of(shipments[2])
    tables_of(shipments[1])
    assert calls["loads"] == 3
    tables_of(shipments[0])
    assert calls["loads"] == 4
