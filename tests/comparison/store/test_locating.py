"""Where the store is, from a path, a URL or the environment."""

import pytest

from ogive.comparison.store.locating import default_path, locate
from ogive.text import InputError


def test_the_users_data_folder_is_the_default(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert locate().path == default_path() == tmp_path / "ogive" / "ogive.db"


def test_the_environment_names_another(monkeypatch, tmp_path):
    monkeypatch.setenv("OGIVE_STORE", str(tmp_path / "mine.db"))
    assert locate().path == tmp_path / "mine.db"
    assert locate(tmp_path / "given.db").path == tmp_path / "given.db"


def test_a_url_of_sqlite_names_a_file(tmp_path):
    assert locate(f"sqlite:///{tmp_path}/a.db").path == tmp_path / "a.db"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_every_way_to_write_postgres_means_psycopg(scheme):
    found = locate(f"{scheme}://me:secret@db.example:5433/runs?sslmode=require")
    assert found.url.drivername == "postgresql+psycopg"
    assert found.url.password == "secret"
    assert found.url.query == {"sslmode": "require"}
    assert found.path is None


def test_what_is_shown_holds_no_password():
    found = locate("postgresql://me:secret@db.example:5433/runs?password=other")
    assert found.shown == "postgresql://me@db.example:5433/runs"
    assert "secret" not in repr(found)


def test_a_store_in_memory_is_refused():
    with pytest.raises(InputError, match="would keep nothing"):
        locate("sqlite://")


def test_other_databases_are_refused_without_the_password():
    with pytest.raises(InputError, match="not 'mysql'") as caught:
        locate("mysql://me:secret@host/runs")
    assert "secret" not in caught.value.text.en + caught.value.text.zh


@pytest.mark.parametrize(
    "url", ["postgresql://me:se@cret@host/runs", "postgresql://me:se:cret@host:x/runs", "x y://"]
)
def test_a_url_that_cannot_be_read_is_refused_without_the_password(url):
    with pytest.raises(InputError, match="URL of the store cannot be read") as caught:
        locate(url)
    assert "cret" not in caught.value.text.en + caught.value.text.zh
