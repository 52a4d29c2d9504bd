"""Runs and fits in the store, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from ogive.comparison.store import check_same_data
from ogive.comparison.store.schema import fits
from ogive.text import InputError


def done(store, made):
    journal = store.begin(made.described())
    experiment = made.run(journal)
    journal.finish(experiment, 2.5)
    return journal, experiment


def n_fits(store):
    with store.engine.begin() as connection:
        return len(connection.execute(fits.select()).all())


def test_a_run_that_is_done_again_is_known_wholly(store, new_comparison_of):
    first, _ = done(store, new_comparison_of())
    again = store.begin(new_comparison_of().described())
    experiment = new_comparison_of().run(again)
    assert again.id == first.id
    assert again.was_finished
    assert experiment.n_known == again.n_known_at_start == 16
    again.pause(1.0)
    assert store.run(first.id).state == "finished"


def test_what_the_store_gives_back_is_what_was_recorded_bit_for_bit(store, new_comparison_of):
    made = new_comparison_of()
    _, before = done(store, made)
    again = made.run(store.begin(made.described()))
    for mine, kept in zip(before.outcomes, again.outcomes, strict=True):
        for one, other in zip(mine, kept, strict=True):
            assert repr(one._replace(loss_curve=0)) == repr(other._replace(loss_curve=0))
            assert one.loss_curve.tobytes() == other.loss_curve.tobytes()


def test_a_journal_without_the_fit_says_so(store, new_comparison_of):
    journal = store.begin(new_comparison_of().described())
    assert journal.known(["0" * 64]) == {}
    journal.pause(0.0)


def test_an_activation_more_repeats_no_fit_of_the_others(store, new_comparison_of):
    done(store, new_comparison_of(["relu", "tanh"]))
    _, experiment = done(store, new_comparison_of(["tanh", "gelu", "relu"]))
    assert experiment.n_known == 16
    assert n_fits(store) == 24


def test_more_repeats_keep_the_first_ones(store, new_comparison_of):
    done(store, new_comparison_of())
    _, experiment = done(store, new_comparison_of(n_repeats=3))
    assert experiment.n_known == 16
    assert len(store.runs()) == 2


def test_runs_are_listed_the_newest_first(store, new_comparison_of):
    done(store, new_comparison_of(["relu"]))
    done(store, new_comparison_of(["tanh"]))
    assert [run.labels for run in store.runs()] == [("tanh",), ("relu",)]


def test_a_run_tells_how_it_was_made(store, new_comparison_of):
    made = new_comparison_of()
    journal, _ = done(store, made)
    run = store.run(journal.id)
    assert (run.data_name, run.target, run.task) == ("iris", "kind", "classification")
    assert (run.command, run.arguments) == ("ogive compare iris", ("compare", "iris"))
    assert (run.n_fits, run.n_planned, run.n_repeats) == (16, 16, 2)
    assert run.fingerprint == made.keys.fingerprint
    assert run.seconds == 2.5
    assert run.stopped["reason"] == "planned"
    assert abs(datetime.now(UTC) - run.updated) < timedelta(minutes=1)


def test_a_run_that_was_interrupted_is_paused_and_keeps_its_time(store, new_comparison_of):
    made = new_comparison_of()
    journal = store.begin(made.described())
    journal.record(dict([some_result(made)]))
    journal.pause(4.0)
    run = store.run(journal.id)
    assert (run.state, run.seconds, run.n_fits) == ("paused", 4.0, 1)
    again = store.begin(made.described())
    assert (again.seconds_before, again.n_known_at_start) == (4.0, 1)
    assert again.finish(made.run(again), 1.0) == 5.0


def some_result(made, number=0):
    from ogive.comparison.running.journal import MemoryJournal

    journal = MemoryJournal()
    made.run(journal)
    return list(journal._results.items())[number]


def test_a_run_is_running_while_this_process_does_it(store, new_comparison_of):
    journal = store.begin(new_comparison_of().described())
    assert store.run(journal.id).state == "running"
    journal.pause(0.0)


def test_time_that_a_finished_run_takes_to_be_answered_is_not_added(store, new_comparison_of):
    made = new_comparison_of()
    done(store, made)
    again = store.begin(made.described())
    assert again.finish(made.run(again), 100.0) == 2.5


def test_a_result_that_is_there_already_stays(store, new_comparison_of):
    made = new_comparison_of()
    key, result = some_result(made)
    first, second = store.begin(made.described()), store.begin(made.described())
    first.record({key: result})
    second.record({key: result._replace(score=0.25)})
    assert first.known([key])[key].score == result.score
    first.pause(0.0)
    second.pause(0.0)


def test_two_that_record_the_same_in_opposite_order_do_not_block_each_other(
    store, new_comparison_of
):
    made = new_comparison_of()
    _, result = some_result(made)
    keys = [f"{number:064x}" for number in range(400)]
    journals = [store.begin(made.described()) for _ in range(2)]
    orders = [keys, keys[::-1]]
    with ThreadPoolExecutor(2) as threads:
        for start in range(0, 400, 100):
            portions = [order[start : start + 200] for order in orders]
            list(
                threads.map(
                    lambda journal, some: journal.record(dict.fromkeys(some, result)),
                    journals,
                    portions,
                )
            )
            list(threads.map(lambda journal, some: journal.known(some), journals, portions))
    assert n_fits(store) == 400
    for journal in journals:
        journal.pause(0.0)


def test_deleting_a_run_deletes_the_fits_that_no_other_needs(store, new_comparison_of):
    journal, _ = done(store, new_comparison_of(["relu", "tanh"]))
    done(store, new_comparison_of(["tanh", "gelu"]))
    assert store.delete([journal.id]) == 1
    assert n_fits(store) == 16
    assert [run.labels for run in store.runs()] == [("tanh", "gelu")]


def test_a_run_that_is_going_on_is_not_deleted(store, new_comparison_of):
    other, _ = done(store, new_comparison_of(["gelu"]))
    journal = store.begin(new_comparison_of().described())
    with pytest.raises(InputError, match="is going on"):
        store.delete([other.id, journal.id])
    assert len(store.runs()) == 2
    journal.pause(0.0)


def test_a_run_that_vanishes_under_way_is_told(store, new_comparison_of):
    made = new_comparison_of()
    journal = store.begin(made.described())
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("DELETE FROM ogive_runs")
    with pytest.raises(InputError, match="was deleted from the store while"):
        journal.record(dict([some_result(made)]))
    journal.pause(0.0)


def test_an_unknown_run_is_refused(store):
    for asked in (lambda: store.run(7), lambda: store.delete([7])):
        with pytest.raises(InputError, match="no run 7 in the store") as caught:
            asked()
        assert "没有运行 7" in caught.value.text.zh


def test_precision_and_budget_tell_runs_apart(store, new_comparison_of):
    from ogive.comparison.running.stopping import Stopping

    made = new_comparison_of()
    plain = made.described()
    keys = {plain.key}
    keys.add(made.described(stopping=Stopping(precision=0.01)).key)
    keys.add(made.described(stopping=Stopping(budget=10.0)).key)
    assert len(keys) == 3
    assert made.described(stopping=Stopping()).key == plain.key


def test_repeats_beyond_the_plan_are_counted(store, new_comparison_of):
    from ogive.comparison.running.stopping import Stopping

    made = new_comparison_of()
    stopping = Stopping(precision=1e-9)
    journal = store.begin(made.described(stopping=stopping))
    experiment = made.run(journal, stopping)
    journal.pause(1.0)
    assert experiment.n_repeats > 2
    again = store.begin(made.described(stopping=stopping))
    assert again.n_repeats_before == experiment.n_repeats
    again.finish(experiment, 1.0)
    run = store.run(again.id)
    assert run.n_repeats == experiment.n_repeats
    assert run.n_fits == run.n_planned == 8 * experiment.n_repeats


def test_other_data_than_a_run_was_begun_with_are_refused(store, new_comparison_of):
    made = new_comparison_of()
    journal, _ = done(store, made)
    run = store.run(journal.id)
    check_same_data(run, made.keys.fingerprint)
    with pytest.raises(InputError, match="'iris' have changed since run") as caught:
        check_same_data(run, "0" * 64)
    assert "已发生变化" in caught.value.text.zh


def test_a_store_is_shown_without_its_password(store):
    assert "s3cret" not in repr(store)
    assert "s3cret" not in repr(store.location)
