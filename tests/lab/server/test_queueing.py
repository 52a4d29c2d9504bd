"""The queue: visitors take turns, whatever each of them puts in."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from ogive_lab.queueing import FairQueue

VISITORS = st.sampled_from("abcd")


def queue_of(visitors):
    queue = FairQueue()
    for number, visitor in enumerate(visitors):
        queue.put(visitor, (visitor, number))
    return queue


def taken(queue):
    return list(iter(queue.take, None))


def test_ten_things_of_one_do_not_delay_the_first_of_another():
    assert taken(queue_of("a" * 10 + "b"))[1] == ("b", 10)


def test_things_of_one_visitor_keep_their_order():
    assert taken(queue_of("aaa")) == [("a", 0), ("a", 1), ("a", 2)]


def test_who_was_just_served_comes_after_those_who_wait():
    queue = queue_of("ab")
    assert queue.take() == ("a", 0)
    queue.put("a", ("a", 9))
    assert taken(queue) == [("b", 1), ("a", 9)]


def test_who_has_nothing_running_comes_before_who_has():
    assert queue_of("ab").take(running=["a"]) == ("b", 1)


def test_one_visitor_cannot_take_all_places():
    queue = queue_of("aaa")
    assert queue.take(running=["a"], share=2) == ("a", 0)
    assert queue.take(running=["a", "a"], share=2) is None
    assert len(queue) == 2


@given(st.lists(VISITORS, max_size=40))
def test_the_order_told_is_the_order_taken(visitors):
    told = queue_of(visitors).order()
    assert taken(queue_of(visitors)) == told
    assert len(told) == len(visitors)


@given(st.lists(VISITORS, min_size=1, max_size=40))
def test_nobody_is_served_twice_before_another_who_waits_is_served_once(visitors):
    queue, waiting, since = queue_of(visitors), Counter(visitors), Counter()
    while (item := queue.take()) is not None:
        visitor = item[0]
        waiting[visitor] -= 1
        since[visitor] = 0
        for other, number in waiting.items():
            if other != visitor and number:
                since[other, visitor] += 1
                assert since[other, visitor] <= 1
        for key in [key for key in since if isinstance(key, tuple) and key[0] == visitor]:
            since[key] = 0


@given(st.lists(VISITORS, min_size=1, max_size=20), st.data())
def test_what_is_removed_is_not_taken(visitors, data):
    queue = queue_of(visitors)
    number = data.draw(st.integers(0, len(visitors) - 1))
    queue.remove(visitors[number], (visitors[number], number))
    assert len(queue) == len(visitors) - 1
    assert (visitors[number], number) not in taken(queue)


def test_a_drained_queue_is_empty():
    queue = queue_of("aab")
    assert len(queue.drain()) == 3
    assert len(queue) == 0
    assert queue.take() is None
