"""The WebSocket: told what was asked for, acknowledged, apart from others; floods cut off."""

import asyncio
import contextlib
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed

from ogive_lab import socket as module
from ogive_lab.socket import MOST_CHARACTERS, MOST_PAGES, MOST_TOPICS, WINDOW

LONG = 30


def say(page, **message):
    page.send(json.dumps(message))


def hear(page, timeout=LONG):
    return json.loads(page.recv(timeout))


def here(page):
    """Wait until all that was said before has been dealt with."""
    say(page, type="ping")
    heard = []
    while (message := hear(page)) != {"type": "pong"}:
        heard.append(message)
    return heard


def publish(lab, visitor, topic, message):
    """Publish in the thread of the lab's event loop, as everything there does."""
    own = lab.state.visitors.of(next(iter(visitor.cookies.values())))

    async def told():
        lab.state.hub.publish(own, topic, message)

    asyncio.run_coroutine_threadsafe(told(), lab.server.servers[0].get_loop()).result(LONG)


def end_of(page):
    """Return code and reason with which the lab closes a page."""
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            page.recv(LONG)
    received = closed.value.rcvd
    return received.code, received.reason


def test_a_page_is_told_the_topics_it_asked_for(lab, visitor):
    with lab.socket(visitor) as page:
        say(page, type="subscribe", topics=["a"])
        here(page)
        publish(lab, visitor, "b", {"n": 1})
        publish(lab, visitor, "a", {"n": 2})
        assert hear(page) == {"type": "message", "n": 1, "topic": "a", "message": {"n": 2}}


def test_another_visitor_is_told_nothing(lab, visitor):
    with lab.visitor() as another, lab.socket(another) as page:
        say(page, type="subscribe", topics=["a"])
        here(page)
        publish(lab, visitor, "a", {"n": 1})
        assert here(page) == []


def test_a_topic_given_up_is_told_no_more(lab, visitor):
    with lab.socket(visitor) as page:
        say(page, type="subscribe", topics=["a"])
        say(page, type="unsubscribe", topics=["a"])
        here(page)
        publish(lab, visitor, "a", {"n": 1})
        assert here(page) == []


def test_a_page_that_comes_back_is_told_the_newest_state(lab, visitor):
    with lab.socket(visitor) as page:
        say(page, type="subscribe", topics=["a"])
        here(page)
    for n in range(5):
        publish(lab, visitor, "a", {"n": n})
    with lab.socket(visitor) as page:
        say(page, type="subscribe", topics=["a"])
        assert hear(page)["message"] == {"n": 4}


def test_a_slow_page_gets_no_more_than_the_window_and_then_the_newest(lab, visitor):
    with lab.socket(visitor) as slow, lab.socket(visitor) as quick:
        for page in (slow, quick):
            say(page, type="subscribe", topics=["a"])
            here(page)
        for n in range(3 * WINDOW):
            publish(lab, visitor, "a", {"n": n})
            message = hear(quick)
            assert message["message"] == {"n": n}  # not delayed by the slow one
            say(quick, type="ack", n=message["n"])
        sent = [message for message in here(slow) if message["type"] == "message"]
        assert [message["message"]["n"] for message in sent] == list(range(WINDOW))
        say(slow, type="ack", n=WINDOW)
        assert hear(slow)["message"] == {"n": 3 * WINDOW - 1}


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", "7", '{"type": "shout"}', '{"type": "subscribe"}', '{"type": "ack"}',
     '{"type": "subscribe", "topics": "a"}', '{"type": "subscribe", "topics": [""]}',
     '{"type": "ack", "n": 1e300}', '{"type": "ack", "n": true}', '{"type": "ack", "n": 99}',
     '{"type": "ping", "more": 1}', "[" * 10_000],
)  # fmt: skip
def test_a_message_that_is_none_is_answered_in_both_languages(lab, visitor, text):
    with lab.socket(visitor) as page:
        page.send(text)
        answer = hear(page)
        assert answer["type"] == "error"
        assert set(answer["error"]) == {"en", "zh"}
        assert here(page) == []


def test_who_goes_on_with_them_is_closed_with_a_reason(lab, visitor):
    with lab.socket(visitor) as page:
        for _ in range(10):
            page.send("{")
        assert end_of(page) == (1008, "messages not understood")


def test_a_flood_is_closed_with_a_reason(lab, visitor):
    with lab.socket(visitor) as page:
        with contextlib.suppress(ConnectionClosed):  # it may come before all are sent
            for _ in range(1000):
                say(page, type="ping")
        assert end_of(page) == (1008, "too many messages")


def test_acknowledging_something_does_not_count_as_a_flood(lab, visitor, monkeypatch):
    monkeypatch.setattr(module, "BURST", 5.0)
    monkeypatch.setattr(module, "RATE", 0.0)
    with lab.socket(visitor) as page:
        say(page, type="subscribe", topics=["a"])
        for n in range(20):
            publish(lab, visitor, "a", {"n": n})
            say(page, type="ack", n=hear(page)["n"])
        here(page)


@pytest.mark.parametrize("size", [MOST_CHARACTERS + 1, 2**17])
def test_a_message_that_is_too_long_ends_the_connection(lab, visitor, size):
    with lab.socket(visitor) as page:
        page.send("x" * size)
        assert end_of(page)[0] == 1009


def test_bytes_end_the_connection(lab, visitor):
    with lab.socket(visitor) as page:
        page.send(b"\x00\x01")
        assert end_of(page) == (1003, "text only")


def test_a_page_may_follow_only_so_many_topics(lab, visitor):
    with lab.socket(visitor) as page:
        for start in range(0, MOST_TOPICS + 50, 50):
            say(page, type="subscribe", topics=[str(start + i) for i in range(50)])
        assert end_of(page) == (1008, "too many topics")


def test_a_visitor_may_have_only_so_many_pages_open(start):
    import contextlib

    with start() as lab, lab.visitor() as visitor, contextlib.ExitStack() as stack:
        for _ in range(MOST_PAGES):
            stack.enter_context(lab.socket(visitor))
        from websockets.sync.client import connect

        headers = {"Cookie": lab.cookies(visitor)}
        address = lab.address.replace("http", "ws") + "/api/socket"
        with connect(address, origin=lab.address, additional_headers=headers, proxy=None) as page:
            assert end_of(page) == (1008, "too many pages are open")


def test_an_open_page_is_a_sign_of_its_visitor_and_a_closed_one_is_none(lab, visitor):
    own = lab.state.visitors.of(next(iter(visitor.cookies.values())))
    with lab.socket(visitor) as page:
        here(page)
        assert own.sockets == 1
    while own.sockets:
        pass
    assert own.own["listeners"] == []


def test_a_socket_that_does_not_exist_is_refused(lab, visitor):
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import connect

    address = lab.address.replace("http", "ws") + "/api/other"
    with pytest.raises(InvalidStatus), connect(address, origin=lab.address, proxy=None):
        pass


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
TYPES = st.sampled_from(["subscribe", "unsubscribe", "ack", "ping", "hello", ""])
MESSAGES = st.one_of(
    st.text(max_size=200),
    st.binary(max_size=200),
    JSON.map(json.dumps),
    st.fixed_dictionaries(
        {"type": TYPES | JSON},
        optional={"topics": JSON | st.lists(st.text(max_size=120), max_size=6), "n": JSON},
    ).map(json.dumps),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(MESSAGES, max_size=20))
def test_whatever_a_page_sends_the_lab_answers_or_closes_and_others_go_on(lab, visitor, messages):
    with lab.socket(visitor) as page:
        try:
            for message in messages:
                page.send(message)
            here(page)
        except ConnectionClosed as closed:
            assert closed.rcvd is not None
            assert closed.rcvd.code in (1003, 1008, 1009)
            assert closed.rcvd.reason
    assert visitor.get("/api/health").status_code == 200
