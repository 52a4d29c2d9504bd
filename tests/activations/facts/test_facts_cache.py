from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from ogive.activations.catalogue import CATALOGUE
from ogive.activations.facts import cache, facts_of
from ogive.activations.facts.record import Facts

TANH = CATALOGUE["tanh"]


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv("OGIVE_CACHE", str(tmp_path))
    cache.clear_memory()
    yield tmp_path / "facts"
    cache.clear_memory()


@pytest.fixture
def derivations(monkeypatch):
    """Count the derivations."""
    from ogive.activations.facts import deriving

    made, derive = [], deriving.derived

    def counted(*arguments):
        made.append(arguments)
        return derive(*arguments)

    monkeypatch.setattr(deriving, "derived", counted)
    return made


def test_facts_are_derived_once_and_then_the_same_object(folder, derivations):
    assert facts_of(TANH, {}) is facts_of(TANH, {})
    assert len(derivations) == 1


def test_another_process_reads_them_from_disk(folder, derivations):
    first = facts_of(TANH, {})
    cache.clear_memory()
    assert facts_of(TANH, {}) == first
    assert len(derivations) == 1


def test_a_name_is_no_part_of_the_key(folder, derivations):
    facts_of(TANH, {})
    facts_of(replace(TANH, name="mine"), {})
    assert len(derivations) == 1


def test_parameters_subgradient_and_expression_are_part_of_the_key(folder, derivations):
    leaky = CATALOGUE["leaky_relu"]
    facts_of(leaky, {"negative_slope": 0.1})
    facts_of(leaky, {"negative_slope": 0.2})
    facts_of(leaky, {"negative_slope": 0.2}, "right")
    facts_of(replace(TANH, expression="tanh(2*z)"), {})
    assert len(derivations) == 4


def test_a_change_of_the_code_makes_old_facts_unused(folder, derivations, monkeypatch):
    facts_of(TANH, {})
    cache.clear_memory()
    monkeypatch.setattr(cache, "_version", lambda: "another")
    facts_of(TANH, {})
    assert len(derivations) == 2


def test_the_version_changes_with_all_code_that_derives(monkeypatch, tmp_path):
    package = tmp_path / "activations"
    files = [package / place for place in ("facts/a.py", "formula/b.py", "symbolic.py")]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("1")
    monkeypatch.setattr(cache, "__file__", str(package / "facts" / "cache.py"))
    versions = {cache._version.__wrapped__()}
    for file in files:
        file.write_text("2")
        versions.add(cache._version.__wrapped__())
    monkeypatch.setattr(cache, "version", lambda package: "0.0")
    versions.add(cache._version.__wrapped__())
    assert len(versions) == 5


def test_formulas_of_one_expression_have_facts_of_their_own(folder):
    import ogive

    whole, broken = ogive.activation("2*z - z"), ogive.activation("z**2/z")
    assert whole.definition.expression == "2*z - z"
    assert str(whole.expression) == str(broken.expression) == "z"
    assert whole.facts.domain.text == "(-∞, ∞)"
    assert broken.facts.domain.text == "(-∞, 0) ∪ (0, ∞)"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"null", b"[1]", b'{"output_range": 3}', b"\xff\xfe\x00", b"[" * 100_000],
    ids=["empty", "cut", "null", "list", "other", "binary", "deep"],
)
def test_a_damaged_file_is_replaced(folder, derivations, content):
    first = facts_of(TANH, {})
    (path,) = folder.iterdir()
    path.write_bytes(content)
    cache.clear_memory()
    assert facts_of(TANH, {}) == first
    assert len(derivations) == 2
    assert Facts.from_dict(json.loads(path.read_text(encoding="utf-8"))) == first


def test_a_file_with_a_wrong_part_is_replaced(folder, derivations):
    first = facts_of(TANH, {})
    (path,) = folder.iterdir()
    stored = json.loads(path.read_text(encoding="utf-8"))
    stored["output_range"] = {"kind": "Range", "pieces": 3}
    path.write_text(json.dumps(stored), encoding="utf-8")
    cache.clear_memory()
    assert facts_of(TANH, {}) == first


@pytest.mark.skipif(os.name != "posix", reason="needs a place that cannot be written")
def test_without_a_place_to_write_facts_are_derived_all_the_same(monkeypatch, tmp_path):
    occupied = tmp_path / "file"
    occupied.write_text("")
    monkeypatch.setenv("OGIVE_CACHE", str(occupied))
    cache.clear_memory()
    assert facts_of(TANH, {}).output_range.text == "(-1, 1)"


def test_a_read_only_folder_is_no_error(folder, monkeypatch):
    folder.mkdir(parents=True)

    def refuse(*arguments, **options):
        raise PermissionError("read-only")

    monkeypatch.setattr(cache.tempfile, "mkstemp", refuse)
    assert facts_of(TANH, {}).output_range.text == "(-1, 1)"
    assert list(folder.iterdir()) == []


def test_a_full_disk_leaves_nothing_behind(folder, monkeypatch):
    def refuse(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache.json, "dump", refuse)
    assert facts_of(TANH, {}).parity == "odd"
    assert list(folder.iterdir()) == []


WRITER = """
from ogive.activations.catalogue import CATALOGUE
from ogive.activations.facts import cache, facts_of
for _ in range(40):
    cache.clear_memory()
    for path in cache.directory().glob("*.json"):
        path.unlink(missing_ok=True)
    assert facts_of(CATALOGUE["relu"], {}).output_range.text == "[0, ∞)"
"""


def test_writers_at_the_same_time_do_not_disturb_each_other(folder):
    environment = {**os.environ, "OGIVE_CACHE": str(folder.parent)}
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER], env=environment, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors.decode()
    assert not list(folder.glob("*.part"))


def test_asking_again_imports_no_sympy(folder):
    facts_of(TANH, {})
    code = (
        "import sys; from ogive.activations.catalogue import CATALOGUE;"
        "from ogive.activations.facts import facts_of;"
        "f = facts_of(CATALOGUE['tanh'], {}); f.describe('zh'); f.to_dict();"
        "sys.exit('sympy' in sys.modules)"
    )
    environment = {**os.environ, "OGIVE_CACHE": str(folder.parent)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    assert done.returncode == 0
