"""The routes of comparisons and runs: begun, told, stopped, continued, seen again."""

import contextlib
import json
import time

import pytest

pytest.importorskip("ogive_lab", reason="the lab is not installed")

import ogive
from ogive.data import load_bundled, select_target

SMALL = {
    "table": "iris",
    "target": "target",
    "vary": {"activation": ["relu", "tanh"]},
    "n_splits": 2,
    "n_repeats": 1,
    "max_iter": 5,
}
ENDLESS = SMALL | {"table": "digits", "hidden_layer_sizes": [1024] * 6, "max_iter": 500}
CSV = "height,ill\n" + "".join(f"{i},{'yn'[i % 3 == 0]}\n" for i in range(30))
LIVE = ("queued", "running")
PATIENCE = 120.0


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return str(tmp_path_factory.mktemp("store") / "runs.db")


@pytest.fixture(scope="module")
def lab(start, store):
    """Return a lab of one person's alone, in a store of the tests."""
    with start(store=store) as running:
        yield running


@pytest.fixture
def visitor(lab):
    with patient(lab) as client:
        yield client


@contextlib.contextmanager
def patient(lab):
    """Give a visitor who waits for the first worker, which has much to import."""
    with lab.visitor() as client:
        client.timeout = PATIENCE
        try:
            yield client
        finally:  # or what a test left behind would take the worker from the next one
            for contest in client.get("/api/comparisons").json()["comparisons"]:
                client.delete(f"/api/comparisons/{contest['id']}")


def begin(visitor, **changes):
    answer = visitor.post("/api/comparisons", json=SMALL | changes)
    assert answer.status_code == 201, answer.text
    return answer.json()


def until(visitor, contest, wanted=lambda state: state["state"] not in LIVE):
    """Return the state of a comparison once it is as wanted."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        state = visitor.get(f"/api/comparisons/{contest['id']}").json()
        if wanted(state):
            return state
        time.sleep(0.05)
    raise AssertionError(state)


def ended(visitor, **changes):
    return until(visitor, begin(visitor, **changes))


def test_what_can_be_compared_is_told_with_the_librarys_defaults_and_the_labs_bounds(visitor):
    told = visitor.get("/api/comparisons/options").json()
    assert told["activations"] == list(ogive.activations())
    assert told["defaults"]["n_splits"] == ogive.compare.__kwdefaults__["n_splits"]
    accuracy, *_ = told["scorings"]["classification"]
    assert accuracy["title"] == {"en": "accuracy", "zh": "准确率"}
    assert told["most"] == {"epochs": 500, "seconds": 600.0}


def test_a_plan_tells_the_work_and_a_fault_in_both_languages(visitor):
    assert visitor.post("/api/comparisons/plan", json=SMALL).json()["fits"] == 12
    wrong = SMALL | {"vary": {"activation": ["rellu"]}}
    error = visitor.post("/api/comparisons/plan", json=wrong).json()["error"]
    assert "Did you mean 'relu'?" in error["en"]
    assert "您是想用 'relu' 吗" in error["zh"]


def test_a_comparison_is_told_to_its_page_until_it_is_done(visitor, lab):
    with lab.socket(visitor) as page:
        contest = begin(visitor, random_state=1)
        topic = f"comparison/{contest['id']}"
        page.send(json.dumps({"type": "subscribe", "topics": [topic, "comparisons"]}))
        told, changes = [], 0
        while not told or told[-1]["state"] in LIVE:
            message = json.loads(page.recv(PATIENCE))
            page.send(json.dumps({"type": "ack", "n": message["n"]}))
            if message["topic"] == topic:
                told.append(message["message"])
            else:
                changes += 1
    assert told[-1]["state"] == "done"
    assert told[-1]["progress"]["done"] == told[-1]["progress"]["total"] == 12
    assert told[-1]["run"] in [run["run"] for run in visitor.get("/api/runs").json()]
    assert changes >= 1


def test_the_result_is_that_of_the_librarys_own_comparison_with_the_same_seed(visitor):
    state = ended(visitor, random_state=2)
    labelled = select_target(load_bundled("iris"), "target")
    known = ogive.compare(
        labelled.features, labelled.target, activations=["relu", "tanh"], n_splits=2, n_repeats=1,
        max_iter=5, random_state=2, store=False,
    )  # fmt: skip
    shown = visitor.get(f"/api/runs/{state['run']}").json()
    assert shown["result"]["verdict"] == known.verdict._asdict()
    given = visitor.get(f"/api/runs/{state['run']}/export?form=json").json()
    assert given["splits"]["tanh"][0]["loss_curve"] == list(known.outcomes[1][0].loss_curve)
    assert [row["score"] for row in given["rows"]] == [row.score for row in known.rows()]


def test_a_comparison_that_was_done_before_is_answered_at_once_from_the_store(visitor):
    first, second = ended(visitor, random_state=3), ended(visitor, random_state=3)
    assert second["run"] == first["run"]
    assert second["state"] == "done"


def test_a_comparison_on_an_uploaded_table_is_kept_under_the_name_of_its_file(visitor):
    table = visitor.post("/api/tables", params={"name": "people.csv"}, content=CSV).json()
    state = ended(visitor, table=table["id"], target="ill")
    run = visitor.get(f"/api/runs/{state['run']}").json()
    assert run["data"] == "people.csv"
    assert run["command"].startswith("ogive compare people.csv --target ill ")


def test_what_the_library_refuses_is_the_error_of_the_comparison(visitor):
    state = ended(visitor, target="price")
    assert state["state"] == "failed"
    assert state["error"]["en"].startswith("The table has no column 'price'")
    assert state["error"]["zh"].startswith("表格中没有列“price”")


@pytest.mark.parametrize("change", [{"max_iter": 501}, {"budget": 601.0}])
def test_more_than_the_lab_allows_is_refused_at_once(visitor, change):
    answer = visitor.post("/api/comparisons", json=SMALL | change)
    assert answer.status_code == 422
    assert "in this lab" in answer.json()["error"]["en"]


@pytest.mark.parametrize("path", ["", "/plan"])
@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "no valid JSON"),
        (b"[]", "object"),
        (json.dumps(SMALL | {"n_splits": 1}).encode(), "'n_splits' must be at least 2"),
        (json.dumps(SMALL | {"vary": {"x": []}}).encode(), "'vary.x"),
        (json.dumps({"target": "a"}).encode(), "'table' is missing"),
    ],
)
def test_a_body_that_is_no_comparison_is_refused_by_its_field(visitor, path, body, said):
    headers = {"Content-Type": "application/json"}
    answer = visitor.post(f"/api/comparisons{path}", content=body, headers=headers)
    assert answer.status_code == 422
    assert said in answer.json()["error"]["en"]


def test_a_table_that_is_not_the_visitors_cannot_be_compared(visitor):
    assert visitor.post("/api/comparisons", json=SMALL | {"table": "nobody's"}).status_code == 404


def test_a_comparison_that_is_stopped_can_be_continued_and_is_deleted_only_when_it_rests(visitor):
    contest = begin(visitor, **ENDLESS)
    running = until(visitor, contest, lambda state: state["run"] is not None)
    visitor.delete(f"/api/comparisons/{contest['id']}")
    assert until(visitor, contest)["state"] == "stopped"
    number = running["run"]
    assert visitor.get(f"/api/runs/{number}").json()["state"] == "paused"
    again = visitor.post(f"/api/runs/{number}/continue", json={})
    assert again.status_code == 201
    going_on = visitor.delete(f"/api/runs/{number}")
    assert going_on.status_code == 409
    assert "going on" in going_on.json()["error"]["en"]
    assert visitor.post(f"/api/runs/{number}/continue", json={}).status_code == 409
    visitor.delete(f"/api/comparisons/{again.json()['id']}")
    assert until(visitor, again.json())["run"] in (number, None)
    assert visitor.delete(f"/api/runs/{number}").status_code == 204
    assert visitor.get(f"/api/runs/{number}").status_code == 422


def test_more_comparisons_than_a_visitor_may_have_are_refused_until_one_has_ended(visitor):
    both = [begin(visitor, **ENDLESS, random_state=seed) for seed in (11, 12)]
    refused = visitor.post("/api/comparisons", json=SMALL)
    assert refused.status_code == 429
    assert "You have 2 jobs of this kind already" in refused.json()["error"]["en"]
    for contest in both:
        visitor.delete(f"/api/comparisons/{contest['id']}")
        until(visitor, contest)
    assert visitor.post("/api/comparisons", json=SMALL).status_code == 201


def test_those_who_wait_are_told_their_place(lab, visitor):
    with patient(lab) as second, patient(lab) as third:
        first = begin(visitor, **ENDLESS, random_state=13)
        until(visitor, first, lambda state: state["state"] == "running")
        waiting = {second: begin(second, random_state=14), third: begin(third, random_state=14)}
        assert [until(*one, lambda state: True)["place"] for one in waiting.items()] == [1, 2]
        visitor.delete(f"/api/comparisons/{first['id']}")
        assert [until(*one)["state"] for one in waiting.items()] == ["done", "done"]


def test_a_long_comparison_gives_way_to_a_short_one_and_goes_on_afterwards(
    lab, visitor, monkeypatch
):
    monkeypatch.setattr("ogive_lab.comparing.contests.TURN", 0.5)
    monkeypatch.setattr("ogive_lab.comparing.contests.NEARLY_DONE", 0.0)
    with patient(lab) as other:
        long = begin(visitor, table="digits", vary={}, max_iter=20, random_state=15)
        until(visitor, long, lambda state: state["state"] == "running")
        short = begin(other, random_state=16)
        assert until(other, short)["state"] == "done"
        assert visitor.get(f"/api/comparisons/{long['id']}").json()["state"] in LIVE
        done = until(visitor, long)
    assert done["state"] == "done"
    assert done["again"]


def test_another_visitors_comparison_is_neither_told_nor_stopped(lab, visitor):
    contest = begin(visitor, random_state=17)
    with patient(lab) as other:
        assert other.get(f"/api/comparisons/{contest['id']}").status_code == 404
        assert other.delete(f"/api/comparisons/{contest['id']}").status_code == 404
        assert other.get("/api/comparisons").json()["comparisons"] == []
    assert until(visitor, contest)["state"] == "done"


def test_the_report_is_shut_off_in_a_frame_of_our_page_and_can_be_had_as_a_file(visitor):
    number = ended(visitor, random_state=18)["run"]
    verdict = visitor.get(f"/api/runs/{number}").json()["result"]["verdict"]
    shown = visitor.get(f"/api/runs/{number}/report?language=zh")
    policy = shown.headers["content-security-policy"]
    assert verdict["zh"] in shown.text
    assert "sandbox allow-scripts" in policy
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'none'" in policy
    given = visitor.get(f"/api/runs/{number}/report?language=en&download=true")
    assert verdict["en"] in given.text
    name = f'attachment; filename="ogive-iris-{number}.html"'
    assert given.headers["content-disposition"] == name


def test_the_table_can_be_had_as_a_file(visitor):
    number = ended(visitor, random_state=19)["run"]
    given = visitor.get(f"/api/runs/{number}/export?form=csv")
    assert given.headers["content-type"] == "text/csv; charset=utf-8"
    assert given.text.splitlines()[0].startswith("rank,label,score,")
    assert len(given.text.splitlines()) == 3


@pytest.mark.parametrize("path", ["", "/report?language=en", "/export?form=csv"])
def test_a_run_that_is_not_there_is_refused(visitor, path):
    answer = visitor.get(f"/api/runs/99999{path}")
    assert answer.status_code == 422
    assert answer.json()["error"] == {"en": "There is no run 99999.", "zh": "没有运行 99999。"}


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999"])
def test_what_is_no_number_of_a_run_is_refused(visitor, number):
    assert visitor.get(f"/api/runs/{number}").status_code == 422


def test_after_a_restart_the_history_is_there_and_an_interrupted_run_goes_on(start, tmp_path):
    store = str(tmp_path / "runs.db")
    slow = {"max_iter": 60, "hidden_layer_sizes": [256, 256], "target": "ill"}
    with start(store=store) as lab, patient(lab) as visitor:
        finished = ended(visitor)["run"]
        table = visitor.post("/api/tables", params={"name": "people.csv"}, content=CSV).json()
        contest = begin(visitor, table=table["id"], **slow, n_repeats=8)
        broken = until(visitor, contest, lambda state: state["run"] is not None)["run"]
    with start(store=store) as lab, patient(lab) as visitor:
        states = {run["run"]: run["state"] for run in visitor.get("/api/runs").json()}
        assert states == {finished: "finished", broken: "paused"}
        assert visitor.get(f"/api/runs/{finished}").json()["result"] is not None
        asked = visitor.post(f"/api/runs/{broken}/continue", json={})
        assert asked.status_code == 422
        assert "Upload the table that this run was begun with (people.csv)" in asked.text
        table = visitor.post("/api/tables", params={"name": "again.csv"}, content=CSV).json()
        again = visitor.post(f"/api/runs/{broken}/continue", json={"table": table["id"]}).json()
        assert until(visitor, again)["state"] == "done"
        assert visitor.get(f"/api/runs/{broken}").json()["state"] == "finished"


def test_in_a_class_each_sees_the_runs_of_their_own(start, tmp_path):
    token = "for-the-tests"
    with (
        start(store=str(tmp_path / "class.db"), token=token) as lab,
        patient(lab) as one,
        patient(lab) as other,
    ):
        for visitor in (one, other):
            visitor.get("/", params={"token": token}, follow_redirects=True)
        mine, theirs = (ended(visitor, random_state=5)["run"] for visitor in (one, other))
        assert mine != theirs
        assert not one.get("/api/comparisons").json()["alone"]
        assert [run["run"] for run in one.get("/api/runs").json()] == [mine]
        assert [run["run"] for run in other.get("/api/runs").json()] == [theirs]
        assert one.get(f"/api/runs/{theirs}").status_code == 422
        assert one.delete(f"/api/runs/{theirs}").status_code == 422
        assert other.get(f"/api/runs/{theirs}").status_code == 200
