import io
import json
import operator
import zipfile

import numpy as np
import pytest
import skops.io

from ogive.saved_objects import UnfamiliarError, read_objects

PLAIN = {
    "numbers": [1, 2.5, float("inf"), True, None],
    "pair": ("a", "b"),
    "keys": {1: "one", 2: "two"},
    "types": [np.float32, np.float64, str],
    "array": np.arange(6.0).reshape(2, 3),
    "scalar": np.float32(0.1),
    "labels": np.array(["p", "q"]),
    "objects": np.array(["p", None], dtype=object),
}


def test_plain_things_are_read_as_skops_reads_them():
    raw = skops.io.dumps(PLAIN)
    found, expected = read_objects(raw, frozenset()), skops.io.loads(raw)
    assert list(found) == list(expected)
    for name in ("numbers", "pair", "keys", "types"):
        assert found[name] == expected[name]
    for name in ("array", "scalar", "labels", "objects"):
        np.testing.assert_array_equal(found[name], expected[name])
        assert type(found[name]) is type(expected[name])
        assert found[name].dtype == expected[name].dtype


def test_an_object_held_twice_is_one_object():
    array = np.arange(3.0)
    first, second = read_objects(skops.io.dumps([array, array]), frozenset())
    assert first is second


@pytest.mark.parametrize(
    "thing",
    [operator.attrgetter("a"), np.sin, {1, 2}, np.random.RandomState(0), complex, b"bytes"],
    ids=str,
)
def test_anything_else_is_left_to_skops(thing):
    with pytest.raises(UnfamiliarError):
        read_objects(skops.io.dumps({"a": thing}), frozenset())


def test_no_class_is_built_and_no_module_imported_that_is_not_named():
    from ogive.text import Text

    raw = skops.io.dumps(Text("a", "b"))
    with pytest.raises(UnfamiliarError, match=r"ogive\.text\.Text"):
        read_objects(raw, frozenset())
    assert read_objects(raw, {"ogive.text.Text"}) == Text("a", "b")


def test_another_version_of_the_format_is_left_to_skops():
    with zipfile.ZipFile(io.BytesIO(skops.io.dumps([1]))) as archive:
        schema = json.loads(archive.read("schema.json"))
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("schema.json", json.dumps({**schema, "protocol": 1}))
    with pytest.raises(UnfamiliarError):
        read_objects(raw.getvalue(), frozenset())
