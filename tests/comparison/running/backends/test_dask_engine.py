import os
import signal

import pytest

from ogive import __version__
from ogive.comparison.running.backends import make_engine, reference
from ogive.text import InputError

pytest.importorskip("distributed")

from ogive.comparison.running.backends import dask as dask_engine
from ogive.comparison.running.backends.dask_cluster import check_versions


@pytest.fixture
def engine(cluster):
    with make_engine(cluster.scheduler_address, n_jobs=None, progress=None) as engine:
        yield engine


def counting_tasks(monkeypatch):
    """Count the tasks that are handed to the scheduler."""
    sent = []
    submit = dask_engine._Run._submit

    def counting(self, tasks):
        before = set(self._flying)
        submit(self, tasks)
        sent.extend(self._flying[future] for future in set(self._flying) - before)

    monkeypatch.setattr(dask_engine._Run, "_submit", counting)
    return sent


def test_two_workers_give_what_threads_give_to_the_bit(engine, study, expected, run):
    assert run(engine, study) == expected


def test_a_killed_worker_changes_nothing_and_no_reported_fit_is_done_again(
    cluster, engine, study, expected, run, monkeypatch
):
    sent = counting_tasks(monkeypatch)
    killed = []

    def kill_one(results):
        if not killed:
            killed.append(cluster.pids()[0])
            os.kill(killed[0], signal.SIGKILL)

    assert run(engine, study, kill_one) == expected
    assert killed
    assert sorted(fit.key for task in sent for fit in task.fits) == sorted(
        fit.key for fit in study.fits
    )


def test_the_last_worker_that_has_the_data_may_be_lost(study, expected, run):
    killed = []
    with make_engine("dask://local?workers=1", n_jobs=None, progress=None) as engine:

        def kill_it(results):
            if not killed:
                (pid,) = engine.client.run(os.getpid).values()
                killed.append(pid)
                os.kill(pid, signal.SIGKILL)

        assert run(engine, study, kill_it) == expected
    assert killed


def test_a_cluster_of_this_machine_ends_with_the_engine():
    with make_engine("dask://local", n_jobs=1, progress=None) as engine:
        (pid,) = engine.client.run(os.getpid).values()
        os.kill(pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_data_are_pickled_and_sent_once_for_all_rounds(engine, study, run, monkeypatch):
    calls = []
    dumps = reference.cloudpickle.dumps
    monkeypatch.setattr(reference.cloudpickle, "dumps", lambda what: calls.append(1) or dumps(what))
    run(engine, study)
    sent = engine.sent
    study.fits = [fit._replace(key=f"again {fit.key}") for fit in study.fits]
    run(engine, study)
    assert len(calls) == 1
    assert engine.sent is sent


def test_large_data_go_without_a_warning(engine, new_study, run):
    def scorer(estimator, X, y, ballast=b"x" * 12_000_000):
        return estimator.score(X, y)

    assert len(run(engine, new_study(scoring=scorer, n_repeats=1, max_iter=1))) == 12


def test_a_scorer_that_fails_is_told_and_what_was_done_is_kept(engine, new_study, run):
    def failing(estimator, X, y):
        if getattr(estimator, "activation", None) == "relu" and estimator.learning_rate_init > 0.01:
            raise ValueError("not this one")
        return estimator.score(X, y)

    kept = {}
    with pytest.raises(InputError, match="not this one"):
        run(engine, new_study(scoring=failing), kept.update)
    assert kept


def test_a_run_that_is_interrupted_leaves_nothing_at_the_scheduler(cluster, engine, study, run):
    def interrupt(results):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(engine, study, interrupt)
    keys = engine.client.run_on_scheduler(
        lambda dask_scheduler: [key for key in dask_scheduler.tasks if "ogive-" in str(key)]
    )
    running = engine.client.processing()
    assert len(keys) <= sum(len(tasks) for tasks in running.values()) + 2


def test_a_scheduler_without_workers_is_waited_for_with_a_message_and_then_given_up(
    study, run, caplog
):
    from distributed import LocalCluster

    phases = []
    with (
        LocalCluster(n_workers=0, processes=True, dashboard_address=":0", silence_logs=60) as empty,
        make_engine(
            f"{empty.scheduler_address}?wait=1",
            n_jobs=None,
            progress=lambda *p: phases.append(p),
        ) as e,
        pytest.raises(InputError, match="had no workers for 1 seconds"),
    ):
        run(e, study)
    assert "has no workers; waiting up to 1 seconds" in caplog.text
    assert phases[0] == (0, 1, "wait")


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_an_address_where_no_scheduler_answers_is_named(monkeypatch, answer):
    import socket
    import threading

    from ogive.comparison.running.backends import dask_cluster

    monkeypatch.setattr(dask_cluster, "SECONDS_TO_ANSWER", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            connection, _ = server.accept()
            with connection:
                connection.sendall(answer)
                closed.wait(5)

        closed = threading.Event()
        thread = threading.Thread(target=serve)
        thread.start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        engine = make_engine(address, n_jobs=None, progress=None)
        with pytest.raises(InputError, match=f"'{address}' does not answer as a Dask scheduler"):
            engine.connect()
        closed.set()
        thread.join()


@pytest.mark.parametrize(
    ("place", "there", "message"),
    [
        ("scheduler", None, "the scheduler has no ogive"),
        ("worker", None, "worker tcp://a:1 has no ogive"),
        ("worker", "0.0.1", "worker tcp://a:1 has ogive 0.0.1"),
    ],
)
def test_machines_with_another_ogive_or_none_are_refused(place, there, message):
    class Client:
        def get_versions(self, packages):
            ours, theirs = ({"packages": {"ogive": v}} for v in (__version__, there))
            return {
                "scheduler": theirs if place == "scheduler" else ours,
                "workers": {"tcp://a:1": theirs if place == "worker" else ours},
            }

    with pytest.raises(InputError, match=f"{message}.*ogive=={__version__}"):
        check_versions(Client())
