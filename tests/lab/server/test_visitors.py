"""Visitors: each by a cookie, apart from all others, forgotten in time, within bounds."""

import time

import httpx
import pytest

from ogive_lab import visitors as module
from ogive_lab.errors import Refusal
from ogive_lab.limits import Limits
from ogive_lab.visitors import Visitors

MB = 2**20


def some(**limits):
    return Visitors(Limits(**limits))


def test_a_browser_gets_a_random_cookie_that_scripts_cannot_read(lab):
    with httpx.Client(base_url=lab.address, trust_env=False) as client:
        cookie = client.get("/").headers["set-cookie"]
    assert cookie.startswith(f"ogive_visitor_{lab.settings.port}=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


def test_a_known_browser_gets_no_other_cookie(visitor):
    assert "set-cookie" not in visitor.get("/").headers


def test_two_browsers_are_two_visitors(lab):
    with lab.visitor() as one, lab.visitor() as another:
        assert set(one.cookies.values()).isdisjoint(another.cookies.values())


def test_the_cookie_of_an_earlier_start_is_taken_on(start, lab, visitor):
    own = next(iter(visitor.cookies.values()))
    with start() as later:
        cookie = {"Cookie": f"ogive_visitor_{later.settings.port}={own}"}
        answer = httpx.get(later.address + "/api/jobs", headers=cookie, trust_env=False)
        assert "set-cookie" not in answer.headers
        assert [visitor.id for visitor in later.state.visitors] == [own]


@pytest.mark.parametrize("made_up", ["", "x", "a" * 33, "../" * 10 + "ab", '"quoted"'])
def test_a_cookie_that_the_lab_never_gave_is_replaced(lab, made_up):
    cookie = {"Cookie": f"ogive_visitor_{lab.settings.port}={made_up}"}
    answer = httpx.get(lab.address + "/api/jobs", headers=cookie, trust_env=False)
    assert "set-cookie" in answer.headers


def test_a_table_of_another_visitor_is_not_there():
    known = some()
    one, another = known.of("one"), known.of("another")
    table = known.keep(one, "prices.csv", "the table", MB)
    assert one.table(table.id).value == "the table"
    with pytest.raises(Refusal) as refused:
        another.table(table.id)
    assert refused.value.status == 404
    assert "table" in refused.value.text.en and "表格" in refused.value.text.zh


def test_a_table_too_many_takes_the_place_of_the_oldest():
    known = some(tables=2)
    visitor = known.of("one")
    names = ["a", "b", "c"]
    for name in names:
        known.keep(visitor, name, None, MB)
    assert [kept.name for kept in visitor.tables.values()] == ["b", "c"]


def test_for_room_the_tables_of_who_has_been_idle_longest_go():
    known = some(memory=3.0)
    idle, busy, new = known.of("idle"), known.of("busy"), known.of("new")
    for visitor in (idle, busy):
        known.keep(visitor, "table", None, MB)
    idle.seen -= 100
    busy.seen -= 10
    known.keep(new, "table", None, 2 * MB)
    assert (len(idle.tables), len(busy.tables), len(new.tables)) == (0, 1, 1)


def test_for_room_an_open_page_counts_as_not_idle():
    known = some(memory=2.0)
    open_page, closed = known.of("open"), known.of("closed")
    for visitor in (open_page, closed):
        known.keep(visitor, "table", None, MB)
    open_page.sockets = 1
    open_page.seen -= 1000
    known.keep(known.of("new"), "table", None, MB)
    assert (len(open_page.tables), len(closed.tables)) == (1, 0)


def test_where_nobody_else_has_tables_ones_own_oldest_go():
    known = some(memory=2.0)
    visitor = known.of("one")
    for name in "abc":
        known.keep(visitor, name, None, MB)
    assert [kept.name for kept in visitor.tables.values()] == ["b", "c"]


def test_a_table_larger_than_all_memory_is_refused_and_takes_nobody_anything():
    known = some(memory=2.0)
    other = known.of("other")
    known.keep(other, "table", None, MB)
    with pytest.raises(Refusal) as refused:
        known.keep(known.of("one"), "huge", None, 3 * MB)
    assert refused.value.status == 413
    assert len(other.tables) == 1


def test_all_tables_together_stay_within_the_memory():
    known = some(memory=10.0, tables=3)
    for i in range(50):
        known.keep(known.of(str(i % 7)), "table", None, (i % 4 + 1) * MB)
        assert known.memory() <= 10 * MB


def test_who_is_idle_too_long_is_forgotten_and_loses_patience_before():
    forgotten = []
    known = Visitors(Limits(idle=100.0, patience=10.0), forget=forgotten.append)
    visitor = known.of("one")
    now = time.monotonic()
    assert known.sweep(now + 9) == []
    assert known.sweep(now + 11) == [visitor]
    assert len(known) == 1
    known.sweep(now + 101)
    assert len(known) == 0
    assert forgotten == [visitor]


def test_who_has_a_page_open_is_never_forgotten():
    known = some(idle=100.0)
    known.of("one").sockets = 1
    assert known.sweep(time.monotonic() + 1e6) == []
    assert len(known) == 1


def test_any_number_of_visitors_takes_bounded_memory(monkeypatch):
    monkeypatch.setattr(module, "MOST_VISITORS", 10)
    known = some()
    open_page = known.of("open")
    open_page.sockets = 1
    for i in range(100):
        known.of(str(i))
    assert len(known) == 10
    assert known.of("open") is open_page
