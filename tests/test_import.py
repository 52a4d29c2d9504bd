"""What importing costs, and which build of the core it takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

# What other parts of the package import where they use it. Some come with scikit-learn or its own
# imports already, so only what we add counts.
HEAVY = [
    "sympy",
    "mpmath",
    "altair",
    "vl_convert",
    "polars",
    "jinja2",
    "torch",
    "pandas",
    "pyarrow",
]
HEAVY += ["narwhals", "typer", "rich", "skops", "jax", "matplotlib"]

DEPENDENCIES = """
import numpy, scipy.sparse, scipy.optimize, threadpoolctl, joblib
import sklearn.base, sklearn.model_selection, sklearn.preprocessing, sklearn.utils.optimize
"""


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def modules_added(statement: str, before: str = "") -> set[str]:
    code = f"{before}\nimport sys, json\nbefore = set(sys.modules)\n{statement}\n"
    done = run(code + "print(json.dumps(sorted(set(sys.modules) - before)))")
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def test_importing_the_package_imports_nothing_heavy():
    added = modules_added("import ogive")
    assert not added.intersection([*HEAVY, "sklearn", "scipy.optimize"])


@pytest.mark.parametrize(
    "statement",
    [
        "from ogive import MLPClassifier",
        "import ogive; ogive.MLPRegressor(max_iter=500).fit([[0.0], [1.0]], [0.0, 1.0])",
        "import ogive; ogive.activation('gelu')([1.0])",
        "from ogive.network import fit_fleet",
        "from ogive.diagnosis import layer_statistics",
    ],
)
def test_networks_import_nothing_heavy_beyond_scikit_learn_s_own(statement):
    added = modules_added(statement, before=DEPENDENCIES)
    assert not added.intersection(HEAVY)


def test_the_package_imports_fast_beyond_its_dependencies():
    code = DEPENDENCIES + (
        "import time; start = time.process_time(); from ogive import MLPClassifier, MLPRegressor\n"
        "print(time.process_time() - start)"
    )
    assert min(float(run(code).stdout) for _ in range(2)) < 0.6


def test_public_names_exist():
    code = "import ogive; [getattr(ogive, name) for name in ogive.__all__]; print(dir(ogive))"
    done = run(code)
    assert done.returncode == 0, done.stderr
    assert "MLPClassifier" in done.stdout


def test_the_list_of_activations_can_be_called_whatever_was_imported_before():
    done = run("import ogive.network, ogive.activations, ogive; print(ogive.activations())")
    assert done.returncode == 0, done.stderr
    assert "'relu'" in done.stdout


def test_an_unknown_name_is_an_attribute_error():
    done = run("import ogive; ogive.MLPClasifier")
    assert "has no attribute 'MLPClasifier'" in done.stderr


@pytest.mark.parametrize("build", ["v2", "v3", "v4", "base"])
def test_the_environment_chooses_the_build(build):
    done = run(
        "from ogive import _engine; print(_engine.level, _engine.core.__name__)", OGIVE_CORE=build
    )
    if done.returncode != 0:
        assert "ImportError" in done.stderr
        pytest.skip(f"the {build} build is missing or not for this machine")
    assert done.stdout.split() == [build, f"ogive._core_{build}"]


def test_an_unknown_build_is_refused_with_those_there_are():
    done = run("import ogive._engine", OGIVE_CORE="v9")
    assert done.returncode != 0
    assert "OGIVE_CORE='v9'" in done.stderr
    assert "choose one of" in done.stderr


@pytest.mark.parametrize("room", ["data", "export", "lecture", "plots"])
def test_rooms_of_the_package_are_there_when_asked_for(room):
    done = run(f"import ogive; print(ogive.{room}.__name__)")
    assert done.stdout.strip() == f"ogive.{room}"
