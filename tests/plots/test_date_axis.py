from datetime import date, timedelta

import pytest

from ogive.plots.date_axis import as_date, date_axis


def days(*when):
    return (date(*when) - date(1970, 1, 1)).days


def ticks(first, last):
    axis = date_axis((days(*first) - 0.5, days(*last) + 0.5))
    return [date(1970, 1, 1) + timedelta(days=day) for day in axis.values]


def test_years_begin_in_january():
    found = ticks((2001, 3, 7), (2024, 5, 1))
    assert found == [date(year, 1, 1) for year in (2005, 2010, 2015, 2020)]


def test_months_begin_on_their_first_day():
    found = ticks((2020, 1, 1), (2020, 12, 20))
    assert found == [date(2020, month, 1) for month in (1, 4, 7, 10)]


def test_a_few_days_are_marked_one_by_one():
    assert ticks((2020, 2, 27), (2020, 3, 2)) == [
        date(2020, 2, 27) + timedelta(days=i) for i in range(5)
    ]


@pytest.mark.parametrize("span", [4, 30, 200, 1000, 5000, 40_000, 500_000])
def test_there_are_a_few_ticks_within_the_ends_whatever_the_span(span):
    ends = (7.3, 7.3 + span)
    values = date_axis(ends).values
    assert 2 <= len(values) <= 5
    assert all(ends[0] <= value <= ends[1] for value in values)


def test_the_time_of_day_is_written_where_it_matters():
    assert "%H:%M" in as_date("datum.x", (10.0, 10.5))
    assert "%H:%M" not in as_date("datum.x", (10.0, 100.0))


def test_beyond_the_calendar_ticks_are_left_to_the_chart():
    assert "values" not in date_axis((0.0, 1e9)).to_dict()
