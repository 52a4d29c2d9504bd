"""Whatever goes wrong is told in both languages, and never with a trace."""

import logging

import pytest
from fastapi import APIRouter
from starlette.responses import StreamingResponse
from starlette.websockets import WebSocket
from websockets.exceptions import ConnectionClosedError

from ogive.text import InputError
from ogive_lab.errors import STATUS_TEXTS, Refusal, error_response

router = APIRouter()


@router.get("/api/broken")
async def broken():
    raise RuntimeError("a secret of the server")


@router.get("/api/half")
async def half():
    async def parts():
        yield b"one half"
        raise RuntimeError("a secret of the server")

    return StreamingResponse(parts())


@router.get("/api/refused")
async def refused():
    raise Refusal(429, "Slowly.", "慢一点。", headers={"Retry-After": "7"}, details={"left": 2})


@router.get("/api/wrong")
async def wrong():
    error = InputError("Wrong.", "错误。")
    error.place = (1, 3)
    raise error


@router.websocket("/api/broken-socket")
async def broken_socket(socket: WebSocket):
    await socket.accept()
    raise RuntimeError("a secret of the server")


@pytest.fixture(scope="module")
def lab(start):
    with start(routers=[router]) as running_lab:
        yield running_lab


def test_an_unexpected_error_is_told_by_a_number_that_the_log_explains(visitor, caplog):
    with caplog.at_level(logging.ERROR, "ogive_lab"):
        answer = visitor.get("/api/broken")
    assert answer.status_code == 500
    error = answer.json()["error"]
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    number = error["en"].split("number ")[1].split(")")[0]
    assert number in error["zh"]
    assert number in caplog.text
    assert "a secret of the server" in caplog.text


def test_an_unexpected_error_is_marked_like_every_answer(visitor):
    assert "content-security-policy" in visitor.get("/api/broken").headers


def test_half_an_answer_is_cut_off(visitor):
    import httpx

    with pytest.raises(httpx.RemoteProtocolError):
        visitor.get("/api/half")


def test_a_socket_whose_route_fails_is_closed_with_a_number(lab, visitor, caplog):
    from websockets.sync.client import connect

    address = lab.address.replace("http", "ws") + "/api/broken-socket"
    with connect(address, origin=lab.address, proxy=None) as page:
        with pytest.raises(ConnectionClosedError) as closed:
            page.recv(30)
        assert closed.value.rcvd.code == 1011
        assert "secret" not in closed.value.rcvd.reason


def test_a_refusal_has_its_status_headers_and_details(visitor):
    answer = visitor.get("/api/refused")
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "7"
    assert answer.json() == {"error": {"left": 2, "en": "Slowly.", "zh": "慢一点。"}}


def test_an_error_of_the_library_keeps_its_place(visitor):
    answer = visitor.get("/api/wrong")
    assert answer.status_code == 422
    assert answer.json() == {"error": {"place": [1, 3], "en": "Wrong.", "zh": "错误。"}}


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/api/none", 404), ("POST", "/api/none", 404), ("POST", "/api/health", 405),
    ("TRACE", "/api/health", 405), ("GET", "/api", 404), ("GET", "/api/../api/none", 404),
])  # fmt: skip
def test_an_address_that_is_none_is_told_in_both_languages(visitor, method, path, status):
    answer = visitor.request(method, path)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"en", "zh"}
    assert answer.headers["cache-control"] == "no-store"


def test_every_status_has_a_text_of_its_own_in_both_languages():
    texts = list(STATUS_TEXTS.values())
    assert len(set(texts)) == len(texts)
    assert all(text.en.endswith(".") and text.zh.endswith("。") for text in texts)


def test_a_status_without_a_text_has_a_general_one():
    assert b"cannot be understood" in error_response(418).body
