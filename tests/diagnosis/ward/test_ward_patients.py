"""Every planted fault of the half set aside is there, and is found under its code."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from ward_case import SET_ASIDE, TUNING
from ward_rounds import HAS_TORCH, diagnosed, patient_designs

from ogive.diagnosis.finding import CODES

DESIGNS = {case.name: case for case in patient_designs()}
UNIT_KINDS = {"dead", "silent", "saturated", "constant", "duplicate"}


@cache
def brought(name):
    return DESIGNS[name].network(SET_ASIDE[0])


def test_no_limit_was_chosen_on_the_seeds_set_aside():
    assert not set(TUNING) & set(SET_ASIDE)


@pytest.mark.skipif(not HAS_TORCH, reason="half of the ward are PyTorch models")
def test_the_ward_has_every_code_at_least_four_times_and_every_kind_of_useless_unit():
    counts = Counter(case.code for case in DESIGNS.values())
    assert {code: counts[code] >= 4 for code in CODES} == dict.fromkeys(CODES, True)
    assert {case.kind for case in DESIGNS.values() if case.code == "OGV101"} == UNIT_KINDS


@pytest.mark.parametrize("name", DESIGNS)
def test_a_patient_has_its_fault_by_other_arithmetic_than_the_diagnosis(name):
    assert DESIGNS[name].evidence(brought(name))


@pytest.mark.parametrize("name", DESIGNS)
def test_a_planted_fault_is_found_under_its_code(name):
    assert DESIGNS[name].code in diagnosed(brought(name)).codes
