"""What is sent to the lab: limited in size and in time."""

import asyncio
import json
import socket

import pytest

from ogive_lab.bodies import USUAL_BYTES, BodyLimit

HEAD = "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"


def error_of(answer):
    head, _, body = answer.partition(b"\r\n\r\n")
    error = json.loads(body)["error"]
    assert error["en"] and error["zh"]
    return int(head.split()[1]), error


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"null", b"[" * 50_000, b'{"text": 1}', b'{"text": "\\ud800"}']
)
def test_what_is_no_json_is_refused_in_both_languages(visitor, body):
    headers = {"Content-Type": "application/json"}
    answer = visitor.post("/api/formula", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]["en"] and answer.json()["error"]["zh"]


def test_a_wrong_field_is_named_in_both_languages(visitor):
    error = visitor.post("/api/formula", json={"text": 7}).json()["error"]
    assert error["en"] == "'text' must be a text."
    assert error["zh"] == "“text”必须是文本。"


def test_a_body_that_is_announced_too_large_is_refused(visitor):
    answer = visitor.post("/api/formula", content=b" " * (USUAL_BYTES + 1))
    assert answer.status_code == 413
    assert "1 MB" in answer.json()["error"]["en"]


def test_a_body_that_is_not_announced_is_refused_while_it_comes_in(visitor):
    def endless():
        for _ in range(2 * USUAL_BYTES // 2**16):
            yield b" " * 2**16

    answer = visitor.post("/api/formula", content=endless())
    assert answer.status_code == 413
    assert answer.headers["connection"] == "close"


def test_a_false_announcement_does_not_let_more_in(lab):
    head = HEAD.format(path="/api/formula") + "Content-Length: 2\r\n\r\n"
    with socket.create_connection(("127.0.0.1", lab.settings.port), timeout=30) as page:
        page.sendall(head.encode() + b"{}" + b"GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"422" in page.recv(2**16)


async def reading(scope, receive, send):
    """Read the body, and answer how long it was."""
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


@pytest.fixture
def asked(run):
    """Return what gives status and body of the answer to a body that comes in parts."""

    def question(limit, parts, *, path="/", pause=0.0, headers=()):
        async def ask():
            waiting = list(parts)
            sent = []

            async def receive():
                if not waiting:
                    await asyncio.sleep(3600)
                await asyncio.sleep(pause)
                part = waiting.pop(0)
                return {"type": "http.request", "body": part, "more_body": part != b""}

            async def send(message):
                sent.append(message)

            scope = {"type": "http", "method": "POST", "path": path, "headers": list(headers)}
            await limit(scope, receive, send)
            return sent[0]["status"], sent[1]["body"]

        return run(ask())

    return question


def test_a_body_that_stays_away_is_given_up(asked):
    status, body = asked(BodyLimit(reading, {}, grace=0.1), [])
    assert status == 408
    assert set(json.loads(body)["error"]) == {"en", "zh"}


def test_a_body_that_trickles_is_given_up(asked):
    status, _ = asked(BodyLimit(reading, {}, grace=0.1), [b"x"] * 1000 + [b""], pause=0.01)
    assert status == 408


def test_a_large_body_has_the_time_that_its_size_takes(asked):
    parts = [b"x" * 8192] * 4 + [b""]
    status, body = asked(BodyLimit(reading, {}, grace=0.3), parts, pause=0.1)
    assert (status, body) == (200, b"32768")


def test_some_paths_take_more(asked):
    limit = BodyLimit(reading, {"/api/tables": 2 * USUAL_BYTES})
    parts = [b"x" * USUAL_BYTES, b"x", b""]
    assert asked(limit, parts, path="/api/tables/new")[0] == 200
    assert asked(limit, parts, path="/api/table")[0] == 413


def test_an_application_that_does_not_read_is_not_waited_for(asked):
    async def deaf(scope, receive, send):
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    assert asked(BodyLimit(deaf, {}), [])[0] == 204


def test_an_error_of_the_application_is_not_taken_for_one_of_the_body(asked):
    async def failing(scope, receive, send):
        raise KeyError("its own")

    with pytest.raises(KeyError):
        asked(BodyLimit(failing, {}), [b""])


def test_an_upload_may_be_as_large_as_the_limit_says(start):
    with start(limits={"megabytes": 3.0}) as lab, lab.visitor() as visitor:
        within = visitor.post("/api/tables/none", content=b"x" * (2 * USUAL_BYTES))
        beyond = visitor.post("/api/tables/none", content=b"x" * (3 * USUAL_BYTES + 1))
        assert within.status_code != 413
        assert beyond.status_code == 413
        assert "3 MB" in beyond.json()["error"]["en"]
