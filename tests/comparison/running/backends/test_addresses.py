import builtins
import socket

import pytest

from ogive.comparison.running.backends import make_engine
from ogive.text import InputError


@pytest.mark.parametrize(
    ("scheduler", "name"),
    [
        (None, "threads"),
        ("threads", "threads"),
        ("processes", "processes"),
        ("dask://local", "dask"),
        ("dask://local?workers=3&wait=5", "dask"),
        ("tcp://10.0.0.5:8786", "dask"),
        ("tcp://[::1]:8786/?wait=60", "dask"),
        ("tls://cluster:8786", "dask"),
        ("ray", "ray"),
        ("auto", "ray"),
        ("ray://auto", "ray"),
        ("ray://10.0.0.5:10001", "ray"),
        ("spark", "spark"),
        ("spark://10.0.0.5:7077", "spark"),
    ],
)
def test_the_address_says_which_engine(scheduler, name):
    assert make_engine(scheduler, n_jobs=None, progress=None).name == name


@pytest.mark.parametrize(
    "scheduler", ["", "cluster", "dask", "dask://far", "http://host:80", "tcp:/host:1", 8786]
)
def test_what_is_not_known_is_refused_with_what_is(scheduler):
    with pytest.raises(InputError, match="scheduler .* is not known.*'tcp://host:port'"):
        make_engine(scheduler, n_jobs=None, progress=None)


@pytest.mark.parametrize(
    "scheduler", ["tcp://", "tcp://host", "tcp://:8786", "tcp://host:x", "ray://host", "spark://h"]
)
def test_an_address_needs_a_host_and_a_port(scheduler):
    with pytest.raises(InputError, match="needs a host and a port"):
        make_engine(scheduler, n_jobs=None, progress=None)


@pytest.mark.parametrize("value", ["0", "-1", "two", "", "1.5"])
def test_a_number_of_workers_is_a_whole_one_from_1(value):
    with pytest.raises(InputError, match=r"workers must be a whole number of at least 1"):
        make_engine(f"dask://local?workers={value}", n_jobs=None, progress=None)


@pytest.mark.parametrize("scheduler", ["dask://local?worker=2", "tcp://h:1?workers=2", "ray?x=1"])
def test_options_that_an_engine_does_not_have_are_refused(scheduler):
    with pytest.raises(InputError, match="has no option"):
        make_engine(scheduler, n_jobs=None, progress=None)


@pytest.mark.parametrize("n_jobs", [0, True, 1.5, "2"])
def test_a_senseless_number_of_jobs_is_refused(n_jobs):
    with pytest.raises(InputError, match="n_jobs must be"):
        make_engine("processes", n_jobs=n_jobs, progress=None)


@pytest.mark.parametrize(
    ("scheduler", "module", "extra"),
    [
        ("tcp://127.0.0.1:1", "distributed", "dask"),
        ("ray", "ray", "ray"),
        ("spark", "pyspark.sql", "spark"),
    ],
)
def test_a_library_that_is_missing_is_named_with_the_command_that_installs_it(
    monkeypatch, scheduler, module, extra
):
    real = builtins.__import__

    def without(name, *rest, **kwargs):
        if name == module:
            raise ModuleNotFoundError(name)
        return real(name, *rest, **kwargs)

    engine = make_engine(scheduler, n_jobs=None, progress=None)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=rf"pip install 'ogive\[{extra}\]'"):
        engine.connect()


@pytest.mark.parametrize(("scheme", "module"), [("ray", "ray"), ("spark", "pyspark")])
def test_a_port_where_nothing_listens_is_named_at_once(scheme, module):
    pytest.importorskip(module)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    engine = make_engine(f"{scheme}://127.0.0.1:{port}", n_jobs=None, progress=None)
    with pytest.raises(InputError, match=f"'{scheme}://127.0.0.1:{port}'.*does not answer"):
        engine.connect()
