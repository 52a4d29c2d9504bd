"""A sitting of a comparison, here without a server: done, stopped, continued, and whose it is."""

import math
import threading
from datetime import UTC, datetime, timedelta

import pytest

pytest.importorskip("ogive_lab", reason="the lab is not installed")

import sqlalchemy as sa

import ogive
from ogive.comparison.store import rebuild
from ogive.comparison.store.schema import runs
from ogive.data import load_bundled, select_target
from ogive.text import InputError
from ogive_lab.comparing import sitting as module
from ogive_lab.comparing.keeping import Shelf, delete_run, forget_old, opened, run_of
from ogive_lab.comparing.results import export_run, figures_of, list_runs, report_of, show_run
from ogive_lab.comparing.sitting import Sitting, sit
from ogive_lab.comparing.sources import Source
from ogive_lab.comparing.wanted import Wanted
from ogive_lab.worker import Stopped

WANTED = Wanted(
    table="iris",
    target="target",
    vary={"activation": ("relu", "tanh")},
    n_splits=2,
    n_repeats=2,
    max_iter=5,
    random_state=7,
)
ENOUGH = Sitting(threads=1, seconds=600.0)


@pytest.fixture
def shelf(tmp_path):
    """Return a store of one person's alone."""
    return Shelf(str(tmp_path / "new folder" / "runs.db"), None)


def held(shelf, wanted=WANTED, how=ENOUGH, source="iris", stop=None, told=None):
    """Hold a sitting that stops once `stop` says so of what was told last."""
    known = [] if told is None else told

    def stopped():
        return bool(known) and stop is not None and stop(known[-1])

    return sit(Source(source), wanted, shelf, how, known.append, stopped)


def comparison(shelf, number):
    return rebuild(opened(shelf), number)


def plain(wanted=WANTED, data="iris"):
    """Return the library's own comparison."""
    labelled = select_target(load_bundled(data), "target")
    return ogive.compare(
        labelled.features, labelled.target, task=labelled.task, target_name="target",
        data_name=data, notices=labelled.notices, store=False, **wanted.settings(),
    )  # fmt: skip


def same(left, right):
    """Return whether two comparisons say the same, times aside."""
    one, other = (item.to_dict(times=False) for item in (left, right))
    return one == other


def test_a_comparison_in_the_lab_is_the_librarys_own_with_the_same_seed(shelf):
    found = held(shelf)
    assert found["complete"]
    assert same(comparison(shelf, found["run"]), plain())


def test_the_run_is_kept_with_the_command_that_repeats_it(shelf):
    run = opened(shelf).run(held(shelf)["run"])
    assert run.command == (
        "ogive compare iris --target target --activation relu --activation tanh --folds 2 "
        "--max-iter 5 --seed 7"
    )
    assert run.arguments[1:3] == ("compare", "iris")


def test_the_standings_in_the_end_are_the_mean_scores_of_the_result(shelf):
    found = held(shelf)
    standings = found["progress"]["standings"]
    result = comparison(shelf, found["run"])
    means = {label: math.fsum(scores) / len(scores) for label, scores in result.scores.items()}
    assert standings["splits"] == standings["planned"] == 4
    assert {row["label"]: row["score"] for row in standings["rows"]} == pytest.approx(means)
    assert standings["rows"][0]["label"] == result.best
    assert standings["guess"] == pytest.approx(math.fsum(result.guesses) / 4)


def test_standings_of_an_error_are_shown_as_people_read_it_the_lowest_first(shelf):
    wanted = WANTED.model_copy(update={"scoring": "log_loss"})
    standings = held(shelf, wanted)["progress"]["standings"]
    scores = [row["score"] for row in standings["rows"]]
    assert not standings["greater_is_better"]
    assert scores == sorted(scores)
    assert min(scores) > 0


def test_a_comparison_that_is_stopped_in_a_fit_leaves_a_run_to_continue(shelf):
    endless = WANTED.model_copy(
        update={"hidden_layer_sizes": (1024,) * 6, "max_iter": 100_000, "n_repeats": 1}
    )
    told = []
    with pytest.raises(Stopped):
        held(shelf, endless, source="digits", stop=lambda last: last["total"] > 0, told=told)
    assert told[-1]["done"] == 0
    assert opened(shelf).run(told[-1]["run"]).state == "paused"


def test_a_comparison_that_was_stopped_goes_on_to_the_same_result(shelf):
    slow = WANTED.model_copy(update={"max_iter": 100, "hidden_layer_sizes": (128, 128)})
    told = []
    with pytest.raises(Stopped):
        held(shelf, slow, stop=lambda last: last["done"] > 0, told=told)
    number, done = told[-1]["run"], opened(shelf).run(told[-1]["run"]).n_fits
    assert 0 < done < 24
    told = []
    found = held(shelf, slow, ENOUGH._replace(continued=number), told=told)
    assert found["run"] == number
    assert found["progress"]["known"] == done
    assert same(comparison(shelf, number), plain(slow))


def test_a_comparison_whose_time_is_up_ends_with_what_it_has(shelf):
    endless = WANTED.model_copy(update={"hidden_layer_sizes": (1024,) * 6, "max_iter": 100_000})
    found = held(shelf, endless, ENOUGH._replace(seconds=0.5), source="digits")
    assert not found["complete"]
    shown = show_run(shelf, found["run"])
    assert shown["state"] == "paused"
    assert shown["result"] is None
    assert shown["nothing_yet"]["en"].startswith("No repeat is complete yet")


def test_nothing_interrupts_what_comes_after_the_last_fit(shelf):
    class Late:
        """Wants it to stop from the moment all fits are done."""

        done = False

        def __call__(self, told):
            self.done = self.done or told["done"] == told["total"] > 0

    late = Late()
    found = sit(Source("iris"), WANTED, shelf, ENOUGH, late, lambda: late.done)
    assert found["complete"]


def test_the_signal_of_the_terminal_is_answered_as_before_once_it_is_over(shelf):
    import signal

    before = signal.getsignal(signal.SIGINT)
    held(shelf)
    assert signal.getsignal(signal.SIGINT) is before
    assert not any("_look" in thread.name for thread in threading.enumerate())


def test_what_the_library_refuses_in_a_sitting_is_refused_in_its_words(shelf):
    with pytest.raises(InputError, match="'rellu' is not in the catalogue"):
        held(shelf, WANTED.model_copy(update={"vary": {"activation": ("rellu",)}}))
    with pytest.raises(InputError, match="networks? may have 10 hidden layers|A network may have"):
        held(shelf, WANTED.model_copy(update={"vary": {"width": ("5000",)}}))


def test_a_run_is_not_continued_with_other_data_or_settings(shelf):
    number = held(shelf)["run"]
    how = ENOUGH._replace(continued=number)
    with pytest.raises(InputError, match="not the data that run 1 was begun with"):
        held(shelf, how=how, source="wine")
    with pytest.raises(InputError, match="begun with other settings"):
        held(shelf, WANTED.model_copy(update={"random_state": 8}), how)


@pytest.fixture
def two(tmp_path):
    """Return the shelves of two visitors of a class."""
    place = str(tmp_path / "class.db")
    return Shelf(place, "a" * 32), Shelf(place, "b" * 32)


def test_visitors_of_a_class_see_their_own_runs_only(two):
    mine, other = two
    number = held(mine)["run"]
    assert [run["run"] for run in list_runs(mine)] == [number]
    assert list_runs(other) == []
    for question in (show_run, report_of, figures_of, export_run, delete_run):
        more = {report_of: ("en",), figures_of: ("en",), export_run: ("csv",)}.get(question, ())
        with pytest.raises(InputError, match=f"There is no run {number}."):
            question(other, number, *more)
    assert [run["run"] for run in list_runs(mine)] == [number]


def test_what_one_of_a_class_has_computed_another_takes_from_the_store_into_a_run_of_its_own(two):
    mine, other = two
    first, told = held(mine)["run"], []
    second = held(other, told=told)
    assert second["run"] != first
    assert second["progress"]["known"] == second["progress"]["total"] == 24
    assert same(comparison(mine, first), comparison(other, second["run"]))
    delete_run(mine, first)
    assert same(comparison(other, second["run"]), plain())


def test_the_runs_of_a_class_are_deleted_after_a_month_and_nobody_elses(two):
    mine, _ = two
    store = opened(mine)
    old, new = (
        held(mine, WANTED.model_copy(update={"random_state": seed}))["run"] for seed in (1, 2)
    )
    own = held(Shelf(mine.place, None))["run"]
    long_ago = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=31)
    with store.engine.begin() as connection:
        aged = sa.update(runs).where(runs.c.id.in_([old, own])).values(updated=long_ago)
        connection.execute(aged)
    forget_old(store)
    assert {run.id for run in store.runs()} == {new, own}


def test_a_store_whose_file_was_deleted_is_made_anew(shelf, tmp_path):
    held(shelf)
    for file in (tmp_path / "new folder").iterdir():
        file.unlink()
    assert list_runs(shelf) == []
    assert run_of(opened(shelf), shelf, held(shelf)["run"]).n_fits == 24


def test_the_list_tells_what_is_ahead_and_how_far_each_run_is(shelf):
    number = held(shelf)["run"]
    (told,) = list_runs(shelf)
    assert told["run"] == number
    assert told["best"]["en"] == comparison(shelf, number).best
    assert told["compared"] == {"en": "activation (2)", "zh": "激活函数（2）"}
    assert (told["fits"], told["planned"], told["state"]) == (24, 24, "finished")


def test_a_result_has_the_verdict_and_the_table_of_the_report_in_both_languages(shelf):
    number = held(shelf)["run"]
    result, known = show_run(shelf, number)["result"], comparison(shelf, number)
    assert result["verdict"] == known.verdict._asdict()
    assert result["cautions"] == [caution._asdict() for caution in known.cautions]
    assert result["title"]["zh"] == "激活函数比较：iris"
    names = [row["cells"][0]["text"] for row in result["table"]["en"]["rows"]]
    assert names == [row.label for row in known.rows()]
    titles = [column["title"] for column in result["table"]["zh"]["columns"]]
    assert titles == [column.title.zh for column in known.columns()]


def test_figures_and_files_are_those_of_the_library(shelf):
    number = held(shelf)["run"]
    known = comparison(shelf, number)
    figures = {figure["name"]: figure for figure in figures_of(shelf, number, "zh")}
    assert figures.keys() >= {"scores", "densities", "learning_curves", "gradients"}
    assert figures["scores"]["title"] == "测试折上的得分"
    assert "layer" in figures["scores"]["spec"] or "vconcat" in figures["scores"]["spec"]
    assert export_run(shelf, number, "csv").decode() == known.to_csv()
    assert export_run(shelf, number, "json").decode() == known.to_json()


def test_old_runs_are_looked_for_once_in_a_process(two, monkeypatch):
    asked = []
    monkeypatch.setattr(module, "forget_old", asked.append)
    held(two[0])
    held(two[1])
    assert len(asked) == 1
