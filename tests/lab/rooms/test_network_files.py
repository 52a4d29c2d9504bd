"""The room of networks: what its files repeat of the library agrees with the library."""

import json
import re
from pathlib import Path

import pytest

import ogive
from ogive.activations.catalogue import CATALOGUE
from ogive.diagnosis import Thresholds

ROOM = Path(__file__).parents[3] / "lab/web/src/rooms/network"

pytestmark = pytest.mark.skipif(not ROOM.exists(), reason="the sources of the page are not here")


def functions():
    """Return names and parameters of the page's catalogue."""
    source = (ROOM / "catalogue.ts").read_text("utf-8")
    blocks = re.findall(r"functions: \{\n(.*?)\n    \},", source, re.DOTALL)
    found = re.findall(r"^ +(\w+): \{(.*?)\},$", "\n".join(blocks), re.MULTILINE)
    pairs = {name: re.findall(r"(\w+): ([-.\d]+)", parameters) for name, parameters in found}
    return {name: {key: float(value) for key, value in of} for name, of in pairs.items()}


def test_the_page_offers_every_function_of_an_element_that_learns_nothing_and_is_not_random():
    wanted = {
        name
        for name in ogive.activations("elementwise")
        if not CATALOGUE[name].learnt and name != "rrelu"
    }
    assert set(functions()) == wanted


@pytest.mark.parametrize("name", functions() if ROOM.exists() else [])
def test_parameters_begin_at_the_librarys_defaults(name):
    assert functions()[name] == ogive.activation(name).parameters


def test_thresholds_of_findings_are_the_librarys():
    source = (ROOM / "thresholds.ts").read_text("utf-8")
    body = re.search(r"thresholds = (\{.*\});", source, re.DOTALL)[1]
    given = json.loads(re.sub(r",\s*\}", "}", re.sub(r"(\w+):", r'"\1":', body)))
    assert given
    limits = Thresholds().to_dict()
    assert given == {name: limits[name] for name in given}


def test_stories_use_functions_of_the_catalogue():
    source = (ROOM / "stories.ts").read_text("utf-8")
    used = set(re.findall(r'layers\(\d+, \d+, "(\w+)"\)', source))
    assert len(used) > 3
    assert used <= set(functions())
