from hypothesis import given
from hypothesis import strategies as st

from ogive.comparison.records import Fit
from ogive.comparison.running.backends.batching import (
    LEAST_SECONDS,
    TASK_SECONDS,
    Pace,
    batch_size,
    cut,
)

counts = st.integers(1, 400)
times = st.floats(1e-4, 100)


def fits_of(per_split):
    return [
        Fit(0, number, 0, fold, f"{fold}/{number}")
        for fold, n_fits in enumerate(per_split)
        for number in range(n_fits)
    ]


@given(st.lists(st.integers(1, 40), max_size=12), st.none() | times, st.integers(0, 50))
def test_every_fit_is_in_one_task_and_each_task_on_one_split(per_split, seconds, n_workers):
    fits, pace = fits_of(per_split), Pace()
    pace.seconds = seconds
    tasks = list(cut(fits, pace, lambda: n_workers))
    assert [fit for task in tasks for fit in task.fits] == fits
    assert all(len({(fit.repeat, fit.fold) for fit in task.fits}) == 1 for task in tasks)
    assert all(task.split == (0, task.fits[-1].fold) for task in tasks)


@given(times, counts, counts, st.integers(1, 100))
def test_a_task_is_no_longer_than_half_again_what_is_aimed_at(seconds, rest, of_split, n_workers):
    size = batch_size(seconds, of_split + rest, of_split, n_workers)
    assert 1 <= size <= of_split
    assert size == 1 or (size - 1) * seconds <= 1.5 * TASK_SECONDS


@given(st.floats(LEAST_SECONDS, 10), counts, counts, st.integers(1, 100))
def test_nobody_gets_more_than_about_half_of_an_even_share(seconds, rest, of_split, n_workers):
    n_left = of_split + rest
    size = batch_size(seconds, n_left, of_split, n_workers)
    assert size - 1 <= 1.5 * (n_left / (2 * n_workers) + 1)


@given(counts, counts, st.integers(1, 100))
def test_the_first_tasks_are_small_while_nobody_knows_how_long_a_fit_takes(rest, split, n_workers):
    assert batch_size(None, split + rest, split, n_workers) <= 7


def test_quick_fits_go_by_the_split_and_slow_ones_one_by_one():
    assert batch_size(0.001, 360, 36, 2) == 36
    assert batch_size(0.1, 360, 36, 2) == 18
    assert batch_size(30.0, 360, 36, 2) == 1


def test_tasks_get_shorter_towards_the_end():
    pace = Pace()
    pace.learn(10, 1.0)
    sizes = [len(task.fits) for task in cut(fits_of([36] * 4), pace, lambda: 4)]
    assert sizes[0] > 4 * sizes[-1]


def test_the_pace_follows_the_tasks_and_forgets_old_ones():
    pace = Pace()
    pace.learn(0, 5.0)
    assert pace.seconds is None
    pace.learn(4, 2.0)
    assert pace.seconds == 0.5
    for _ in range(20):
        pace.learn(1, 3.0)
    assert 2.9 < pace.seconds < 3.0


def test_a_task_is_cut_with_what_is_known_by_then():
    pace, n_workers = Pace(), [1]
    tasks = cut(fits_of([100]), pace, lambda: n_workers[0])
    assert len(next(tasks).fits) == 4
    pace.learn(1, 0.05)
    assert len(next(tasks).fits) == 32
    n_workers[0] = 16
    assert len(next(tasks).fits) == 2
