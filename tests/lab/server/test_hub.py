"""The hub: the newest state of each topic, to its visitor's pages only."""

import pytest

from ogive_lab.hub import MOST_TOPICS, Hub, Listener
from ogive_lab.visitors import Visitor


@pytest.fixture
def hub():
    return Hub()


@pytest.fixture
def visitor():
    return Visitor("one")


def page(hub, visitor, *topics):
    listener = Listener()
    hub.join(visitor, listener)
    for topic in topics:
        hub.subscribe(visitor, listener, topic)
    return listener


def all_of(listener):
    return list(iter(listener.take, None))


def test_a_page_is_told_what_it_asked_for_and_nothing_else(hub, visitor):
    listener = page(hub, visitor, "a")
    hub.publish(visitor, "a", {"n": 1})
    hub.publish(visitor, "b", {"n": 2})
    assert all_of(listener) == [("a", {"n": 1})]


def test_another_visitor_is_told_nothing(hub, visitor):
    listener = page(hub, Visitor("another"), "a")
    hub.publish(visitor, "a", {"n": 1})
    assert all_of(listener) == []


def test_a_newer_state_takes_the_place_of_one_that_waits(hub, visitor):
    listener = page(hub, visitor, "a", "b")
    for n in range(5):
        hub.publish(visitor, "a", {"n": n})
        hub.publish(visitor, "b", {"n": n})
    assert all_of(listener) == [("a", {"n": 4}), ("b", {"n": 4})]


def test_who_comes_later_is_told_the_newest_state(hub, visitor):
    for n in range(3):
        hub.publish(visitor, "a", {"n": n})
    assert all_of(page(hub, visitor, "a")) == [("a", {"n": 2})]


def test_every_page_of_a_visitor_is_told(hub, visitor):
    pages = [page(hub, visitor, "a") for _ in range(3)]
    hub.publish(visitor, "a", {"n": 1})
    assert [all_of(listener) for listener in pages] == [[("a", {"n": 1})]] * 3


def test_a_page_that_left_is_told_nothing(hub, visitor):
    listener = page(hub, visitor, "a")
    hub.leave(visitor, listener)
    hub.publish(visitor, "a", {"n": 1})
    assert all_of(listener) == []


def test_a_topic_nobody_published_is_asked_of_its_source(hub, visitor):
    hub.add_source("job/", lambda who, topic: {"who": who.id, "topic": topic})
    assert all_of(page(hub, visitor, "job/7", "other/7")) == [
        ("job/7", {"who": "one", "topic": "job/7"})
    ]


def test_only_so_many_states_are_kept_the_oldest_go(hub, visitor):
    for n in range(MOST_TOPICS + 1):
        hub.publish(visitor, str(n), {"n": n})
    assert all_of(page(hub, visitor, "0", "1")) == [("1", {"n": 1})]


def test_a_state_that_was_forgotten_is_told_no_more(hub, visitor):
    hub.publish(visitor, "a", {"n": 1})
    hub.forget(visitor, "a")
    assert all_of(page(hub, visitor, "a")) == []
