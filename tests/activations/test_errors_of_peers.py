"""What the documentation says about errors: Ogive's own, and those of other libraries."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from tools.accuracy import NAMES, TYPES, exact
from tools.errors_of_peers import CALLS, PEERS, compare, installed, places

import ogive
from ogive._engine import core

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [DOCS / "accuracy.md", DOCS / "zh" / "accuracy.md"]
FACTS = core.activation_facts()
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
HERE = {peer: bool(found) for peer, found in installed().items()}


@pytest.mark.slow
@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", CALLS)
def test_the_column_of_ogive_keeps_its_contract(name, dtype):
    for record in compare(name, places(dtype, 300), ["Ogive"]):
        assert record["ulp"] <= FACTS[name][f"{record['kind']}_ulp"], record
        assert record["lost_at"] is None
        assert record["not_finite_at"] is None


@pytest.mark.slow
@pytest.mark.parametrize("peer", [peer for peer in PEERS if peer != "Ogive"])
@pytest.mark.parametrize("name", CALLS)
def test_a_peer_computes_the_same_function(name, peer):
    if not HERE[peer]:
        pytest.skip(f"{peer} is not installed")
    z = np.linspace(-3, 3, 61)
    for computed, own in zip(PEERS[peer][1](name, z), PEERS["Ogive"][1](name, z), strict=True):
        np.testing.assert_allclose(computed, own, rtol=1e-10, atol=1e-14)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kind", "z", "given"),
    [("gelu", 0, -8, "0"), ("sigmoid", 1, 20, "0"), ("tanh", 1, 10, "0")],
)
def test_the_documentation_tells_the_truth_about_pytorch(name, kind, z, given):
    torch = pytest.importorskip("torch")
    if not torch.__version__.startswith("2.13."):
        pytest.skip("the documentation speaks of PyTorch 2.13")
    at = np.full(64, z, np.float32)
    computed = PEERS["PyTorch"][1](name, at)[kind]
    assert (computed == 0).all()  # of either sign: that differs from processor to processor
    true = float(exact(name, float(z), [])[kind])
    np.testing.assert_allclose(PEERS["Ogive"][1](name, at)[kind], true, rtol=5e-7)
    digits, exponent = f"{true:.2e}".split("e")
    row = f"| {digits.replace('-', '−')}·10{str(int(exponent)).translate(SUPERSCRIPTS)} | {given} |"
    for page in PAGES:
        rows = [r for r in page.read_text("utf-8").splitlines() if row in r]
        assert len(rows) == 1, (page, row)
        assert f"`{name}`" in rows[0]
        assert str(z).replace("-", "−") in rows[0]


@pytest.mark.slow
def test_a_comparison_finds_lost_digits():
    pytest.importorskip("scipy")
    z = np.array([-2.0, 1.0, 17.0, 18.0], np.float32)
    own, other = (
        next(r for r in compare("sigmoid", z, [peer]) if r["kind"] == "derivative")
        for peer in ("Ogive", "NumPy")
    )
    assert own["lost_at"] is None
    assert other["lost_at"] == 17.0
    assert other["gives"] == 0.0
    assert other["ulp"] > 1e6


def test_places_are_normal_numbers_in_both_tails():
    for dtype in TYPES:
        z = places(dtype)
        size = np.abs(z[z != 0])
        assert z.dtype == dtype
        assert size.min() >= np.finfo(dtype).tiny
        assert z.min() < -1e30
        assert z.max() > 1e30
        assert (z < -6).sum() > 500


@pytest.fixture(scope="module")
def tables():
    pytest.importorskip("sphinx")
    path = DOCS / "_extensions" / "accuracy.py"
    spec = importlib.util.spec_from_file_location("tables_of_errors", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_tables_say_what_is_missing(tables, language, tmp_path):
    text = tables.TEXT[language]
    damaged = tmp_path / "accuracy.json"
    damaged.write_text("[{")
    assert tables.read(damaged) is None
    assert tables.read(tmp_path / "absent.json") is None
    assert "python -m tools.accuracy" in tables.contract_table(None, text)[0]
    assert "python -m tools.errors_of_peers" in tables.peers_table(None, text)[0]
    one = {"ulp": 1.25, "at": -3.0, "epsilons": 0.0, "allowed_ulp": 1, "allowed_epsilons": 0}
    record = {"name": "relu", "dtype": "float32", "points": 9, "value": one, "derivative": one}
    lines = tables.contract_table([record], text)
    assert sum(line.startswith("| `") for line in lines) == 1
    assert text["broken"].format(text="1.25") in lines[-1]
    missing = next(line for line in lines if "`relu` float64" in line)
    assert all(f"`{name}`" in missing for name in NAMES if name != "relu")


def test_an_absent_library_is_named(tables):
    measured = {
        "versions": {"Ogive": {"ogive": ogive.__version__}},
        "absent": ["JAX", "NumPy"],
        "points": {"float32": 5},
        "calls": {"tanh": CALLS["tanh"]},
        "records": [],
    }
    assert any(
        "JAX, NumPy, SciPy" in line for line in tables.peers_table(measured, tables.TEXT["en"])
    )
