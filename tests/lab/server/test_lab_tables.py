"""The routes of tables."""

from pathlib import Path

import pytest

pytest.importorskip("ogive_lab", reason="the lab is not installed")

ABORTING = Path(__file__).parents[2] / "data" / "aborting.arrow"
CSV = "height,town,ill\n" + "".join(f"{i},{'AB'[i % 2]},{'yn'[i % 3 == 0]}\n" for i in range(30))


@pytest.fixture(scope="module")
def lab(start, tmp_path_factory):
    """Return a lab whose store is nobody's."""
    store = str(tmp_path_factory.mktemp("store") / "runs.db")
    limits = {"rows": 200, "megabytes": 0.1, "tables": 2}
    with start(store=store, limits=limits) as running:
        yield running


@pytest.fixture
def visitor(lab):
    """Return a visitor with patience: the first worker of all has much to import."""
    with lab.visitor() as client:
        client.timeout = 120
        yield client


def upload(visitor, content=CSV, name="people.csv"):
    return visitor.post("/api/tables", params={"name": name}, content=content)


def test_an_uploaded_table_is_described_and_listed(visitor):
    told = upload(visitor)
    assert told.status_code == 201
    assert told.json()["rows"] == 30
    assert told.json()["target"] == "ill"
    assert visitor.get("/api/tables").json()["own"] == [
        {"id": told.json()["id"], "name": "people.csv"}
    ]
    assert visitor.get(f"/api/tables/{told.json()['id']}").json() == told.json()


def test_bundled_tables_are_listed_and_described(visitor):
    assert "iris" in visitor.get("/api/tables").json()["bundled"]
    told = visitor.get("/api/tables/iris").json()
    assert told["bundled"]
    assert told["rows"] == 150


def test_another_visitor_finds_neither_the_table_nor_its_name(visitor, lab):
    id = upload(visitor).json()["id"]
    with lab.visitor() as other:
        assert other.get("/api/tables").json()["own"] == []
        assert other.get(f"/api/tables/{id}").status_code == 404
        assert other.delete(f"/api/tables/{id}").status_code == 404
    assert visitor.get(f"/api/tables/{id}").status_code == 200


def test_a_table_that_is_forgotten_is_gone(visitor):
    id = upload(visitor).json()["id"]
    assert visitor.delete(f"/api/tables/{id}").status_code == 204
    assert visitor.get(f"/api/tables/{id}").status_code == 404


def test_the_oldest_table_gives_way_where_there_are_too_many(visitor):
    ids = [upload(visitor, name=f"{i}.csv").json()["id"] for i in range(3)]
    assert [one["id"] for one in visitor.get("/api/tables").json()["own"]] == [ids[2], ids[1]]


def test_too_many_rows_are_refused_in_both_languages(visitor):
    answer = upload(visitor, "a,b\n" + "1,2\n" * 201)
    assert answer.status_code == 422
    assert answer.json()["error"]["en"].startswith("people.csv has 201 rows, and the lab takes 200")
    assert "最多接受 200 行" in answer.json()["error"]["zh"]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(visitor):
    assert upload(visitor, b"x" * 200_000).status_code == 413


def test_a_file_that_takes_its_reader_along_is_damaged_and_the_next_one_is_read(visitor):
    answer = upload(visitor, ABORTING.read_bytes(), "t.arrow")
    assert answer.status_code == 422
    assert answer.json()["error"]["en"].startswith("t.arrow is damaged")
    assert upload(visitor).status_code == 201


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ("../../etc/people.csv", "people.csv"),
        ("C:\\tables\\people.csv", "people.csv"),
        ("pe\x00op\nle.csv", "people.csv"),
        ("x" * 500 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_the_name_of_a_file_is_kept_without_folders_and_hidden_characters(visitor, given, known):
    assert upload(visitor, name=given).json()["name"] == known


@pytest.mark.parametrize("name", ["", " ", "/", "\x00"])
def test_a_file_without_a_name_is_refused(visitor, name):
    assert upload(visitor, name=name).status_code == 422


def test_an_upload_without_a_name_at_all_is_refused_by_the_field(visitor):
    answer = visitor.post("/api/tables", content=CSV)
    assert answer.json()["error"]["en"] == "'name' is missing."
