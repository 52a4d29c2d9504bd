"""Healthy networks of the half set aside are sound, and hardly ever have an issue."""

from __future__ import annotations

from functools import cache

import pytest
from ward_case import SET_ASIDE
from ward_rounds import diagnosed, healthy_designs

DESIGNS = {case.name: case for case in healthy_designs()}


@cache
def brought(name):
    return DESIGNS[name].network(SET_ASIDE[0])


@pytest.mark.parametrize("name", DESIGNS)
def test_a_healthy_network_is_sound_by_other_arithmetic_than_the_diagnosis(name):
    assert DESIGNS[name].evidence(brought(name))


def test_at_most_one_healthy_network_in_twenty_has_an_issue():
    alarms = {
        name: [finding.title.en for finding in found]
        for name in DESIGNS
        if (found := diagnosed(brought(name)).issues)
    }
    assert len(alarms) <= 0.05 * len(DESIGNS), alarms
