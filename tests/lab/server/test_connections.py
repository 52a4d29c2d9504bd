"""Connections that are half open, slow, no HTTP, or too many."""

import json
import socket
import time

import pytest

from ogive_lab import serving
from ogive_lab.serving import Connection


@pytest.fixture(scope="module")
def lab(start):
    with pytest.MonkeyPatch.context() as patch, start() as running_lab:
        patch.setattr(Connection, "header_seconds", 0.3)
        yield running_lab


def spoken(lab, *parts):
    """Return all that the lab says until it hangs up."""
    with socket.create_connection(("127.0.0.1", lab.settings.port), timeout=30) as page:
        for part in parts:
            page.sendall(part)
        answer = b""
        while more := page.recv(2**16):
            answer += more
    return answer


def test_a_connection_that_says_nothing_is_closed(lab):
    assert spoken(lab) == b""


def test_a_request_that_does_not_end_is_given_up(lab):
    answer = spoken(lab, b"GET / HTTP/1.1\r\nHost: localh")
    assert b" 408 " in answer.split(b"\r\n")[0]
    assert set(json.loads(answer.split(b"\r\n\r\n")[1])["error"]) == {"en", "zh"}


def test_half_a_request_after_a_whole_one_is_given_up_too(lab):
    whole = b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    answer = spoken(lab, whole, b"GET /api/hea")
    assert answer.count(b"HTTP/1.1") == 2
    assert b" 408 " in answer


def test_what_is_no_http_is_told_so_in_both_languages(lab):
    answer = spoken(lab, b"\x16\x03\x01 this is TLS\r\n\r\n")
    assert b" 400 " in answer.split(b"\r\n")[0]
    assert set(json.loads(answer.split(b"\r\n\r\n")[1])["error"]) == {"en", "zh"}


def test_headers_have_a_largest_size(lab):
    answer = spoken(lab, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 40_000)
    assert answer.split(b"\r\n")[0].split()[1] in (b"400", b"431")


def test_a_browser_that_stops_reading_is_let_go(start, tmp_path, monkeypatch):
    monkeypatch.setattr(Connection, "stalled_seconds", 0.2)
    (tmp_path / "index.html").write_bytes(b"x" * 2**25)
    with (
        start(page=tmp_path) as lab,
        socket.create_connection(("127.0.0.1", lab.settings.port), timeout=30) as page,
    ):
        page.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        connections = lab.server.server_state.connections
        while not connections:
            time.sleep(0.01)
        while connections:  # it empties although nothing is read
            time.sleep(0.01)
        received = 0
        while more := page.recv(2**20):
            received += len(more)
        assert received < 2**25


def test_a_connection_too_many_is_told_to_try_again(start, monkeypatch):
    monkeypatch.setattr(serving, "MOST_CONNECTIONS", 1)
    with (
        start() as lab,
        socket.create_connection(("127.0.0.1", lab.settings.port), timeout=30) as first,
    ):
        first.sendall(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b" 200 " in first.recv(2**16)
        assert b" 503 " in spoken(lab).split(b"\r\n")[0]
