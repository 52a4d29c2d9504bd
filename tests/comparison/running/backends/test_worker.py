import pickle

from ogive import __version__
from ogive.comparison.running.backends.reference import Shipper
from ogive.comparison.running.backends.worker import Report, run_task
from ogive.comparison.running.engine import Task
from ogive.text import InputError


def report_of(study, fits=4, version=__version__) -> Report:
    shipment = Shipper().ship(study.problem, study.settings)
    return run_task(Task(tuple(study.fits[:fits])), shipment, version)


def test_a_task_gives_the_results_of_its_fits_by_key(study):
    report = report_of(study)
    assert list(report.results) == [fit.key for fit in study.fits[:4]]
    assert report.error is None
    assert report.seconds > 0
    assert report.version == __version__


def test_an_error_travels_as_a_value_in_both_languages_beside_what_was_done(new_study):
    def failing(estimator, X, y):
        raise ValueError("no such score")

    report = report_of(new_study(scoring=failing))
    again = pickle.loads(pickle.dumps(report))
    assert isinstance(again.error, InputError)
    assert "no such score" in str(again.error)
    assert "no such score" in again.error.text.zh


def test_an_error_that_cannot_be_pickled_is_told_in_its_words(new_study):
    class Unsendable(Exception):
        def __reduce__(self):
            raise TypeError

    class Transformer:
        def fit(self, X, y=None):
            raise Unsendable("by no means")

        def transform(self, X):
            return X

        def get_params(self, deep=True):
            return {}

    report = report_of(new_study(prepare=Transformer()))
    assert "by no means" in str(pickle.loads(pickle.dumps(report)).error)


def test_another_version_is_refused(study):
    report = report_of(study, version="0.0.1")
    assert not report.results
    assert f"ogive {__version__}" in str(report.error)
    assert "ogive==0.0.1" in str(report.error)
