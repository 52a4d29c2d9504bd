"""``ogive lab``: says where it is, what it refuses and how it ends."""

import contextlib
import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import webbrowser

import httpx
import pytest
from websockets.sync.client import connect

from ogive.cli import lab as command
from ogive.cli import main
from ogive_lab.serving import bound_socket

LONG = 120


@contextlib.contextmanager
def started(*arguments, language="en"):
    """Run the command in a process of its own; give it and its first lines."""
    environment = {**os.environ, "OGIVE_LANG": language, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "ogive", "lab", "--no-browser", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    lines = queue.Queue()
    reader = threading.Thread(target=lambda: [lines.put(line) for line in process.stdout])
    reader.start()
    try:
        yield process, lines
    finally:
        process.kill()
        process.wait(LONG)
        reader.join(LONG)
        process.stdout.close()
        process.stderr.close()


def address_in(line):
    return re.search(r"http://\S+", line)[0]


@pytest.fixture(scope="module")
def ended_by_ctrl_c():
    """Start the lab, ask it something, and press Ctrl-C; return all that was seen."""
    with started("--port", "0") as (process, lines):
        first = lines.get(timeout=LONG)
        health = httpx.get(address_in(first) + "api/health", timeout=LONG, trust_env=False).json()
        second = lines.get(timeout=LONG)
        process.send_signal(signal.SIGINT)
        code = process.wait(LONG)
        last = lines.get(timeout=LONG)
        return first, second, last, health, code, process.stderr.read()


def test_it_says_where_it_is_and_serves_there(ended_by_ctrl_c):
    first, second, _, health, _, _ = ended_by_ctrl_c
    assert re.fullmatch(r"The lab is open at http://127\.0\.0\.1:\d+/\n", first)
    assert second == "Ctrl-C ends it.\n"
    assert health["status"] == "ok"


def test_ctrl_c_ends_it_without_a_trace(ended_by_ctrl_c):
    _, _, last, _, code, errors = ended_by_ctrl_c
    assert (last, code, errors) == ("The lab has ended.\n", 0, "")


def test_pages_that_are_open_do_not_keep_it_from_ending():
    with started("--port", "0", language="zh") as (process, lines):
        address = address_in(lines.get(timeout=LONG)).rstrip("/")
        page_address = address.replace("http", "ws") + "/api/socket"
        with connect(page_address, origin=address, proxy=None, open_timeout=LONG) as page:
            assert json.loads(page.recv(LONG))["type"] == "hello"
            lines.get(timeout=LONG)
            process.send_signal(signal.SIGINT)
            assert process.wait(LONG) == 0
            assert lines.get(timeout=LONG) == "实验室已结束。\n"


def test_started_anew_it_knows_who_was_admitted_before():
    with contextlib.closing(bound_socket("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    arguments = ("--port", str(port), "--host", "0.0.0.0")
    with httpx.Client(timeout=LONG, trust_env=False) as client:
        seen = []
        for _ in range(2):
            with started(*arguments) as (process, lines):
                here, there = (address_in(lines.get(timeout=LONG)) for _ in range(2))
                assert here.split("?")[1] == there.split("?")[1]
                if not seen:
                    assert client.get(here.split("?")[0] + "api/health").status_code == 401
                    client.get(here)
                assert client.get(here.split("?")[0] + "api/jobs").status_code == 200
                seen.append((here, dict(client.cookies)))
                process.terminate()
                process.wait(LONG)
        assert seen[0] == seen[1]


@pytest.fixture
def ogive(capsys, monkeypatch):
    """Run the command in this process, without serving."""
    monkeypatch.setenv("OGIVE_LANG", "en")
    monkeypatch.setenv("OGIVE_DEBUG", "1")
    served = []

    def serve(settings, listening):
        served.append(settings)
        listening.close()

    monkeypatch.setattr("ogive_lab.serving.serve", serve)

    def run(*arguments):
        served.clear()
        code = main(["lab", *arguments])
        out, err = capsys.readouterr()
        return code, out, err, served[0] if served else None

    return run


def test_a_port_that_is_taken_is_told_in_one_sentence(ogive):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err, served = ogive("--no-browser", "--port", str(port))
    assert (code, out, served) == (2, "", None)
    assert err.startswith(f"Port {port} is taken")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "x"], "--port must be a whole number"),
        (["--port", "65536"], "--port must be at most 65535"),
        (["--host", "no.such.host.invalid"], "is no address of this machine"),
        (["--host", "203.0.113.9"], "cannot listen on 203.0.113.9"),
        (["--token", "short"], "at least 8 printable ASCII characters"),
        (["--limit-rows", "0"], "--limit-rows must be a whole number"),
        (["--limit-seconds", "-1"], "--limit-seconds must be positive"),
        (["--limit-megabytes", "inf"], "--limit-megabytes must be positive"),
        (["--lang", "fr"], "--lang must be en or zh"),
        (["--prot", "1"], "did you mean --port?"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(ogive, arguments, said):
    port = [] if "--port" in arguments else ["--port", "0"]
    code, out, err, served = ogive("--no-browser", *port, *arguments)
    assert (code, out, served) == (2, "", None)
    assert said in err
    assert err.count("\n") == 1


def test_without_the_package_it_says_how_to_get_it(ogive, monkeypatch):
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    code, _, err, _ = ogive()
    assert code == 2
    assert "pip install 'ogive[lab]'" in err
    code, _, err, _ = ogive("--lang", "zh")
    assert "请先安装" in err


def test_limits_names_and_store_reach_the_lab(ogive):
    given = {"rows": 5, "columns": 6, "epochs": 7, "comparisons": 8, "workers": 9}
    real = {"megabytes": 1.5, "seconds": 2.5, "memory": 3.5}
    options = [f"--limit-{name}={value}" for name, value in (given | real).items()]
    *_, settings = ogive(
        "--no-browser", "--port", "0", "--name", "a,b", "--store", "s.db", *options
    )
    assert {name: getattr(settings.limits, name) for name in given | real} == given | real
    assert (settings.names, settings.store) == (("a", "b"), "s.db")


def test_only_a_language_that_was_asked_for_is_the_pages(ogive):
    assert ogive("--no-browser", "--port", "0")[3].language is None
    assert ogive("--no-browser", "--port", "0", "--lang", "zh")[3].language == "zh"


def test_for_other_machines_a_token_is_made_and_printed_in_the_links(ogive):
    _, out, _, settings = ogive("--no-browser", "--port", "0", "--host", "0.0.0.0")
    assert len(settings.token) == 22
    links = re.findall(r"http://\S+", out)
    assert len(links) == 2
    assert all(link.endswith(f":{settings.port}/?token={settings.token}") for link in links)
    assert links[0].startswith("http://127.0.0.1:")


def test_for_this_machine_alone_there_is_no_token(ogive):
    _, out, _, settings = ogive("--no-browser", "--port", "0")
    assert settings.token is None
    assert "token" not in out


def test_a_token_is_written_so_that_a_link_can_hold_it(ogive):
    _, out, _, _ = ogive("--no-browser", "--port", "0", "--token", "a b&c=d#e?f")
    assert "?token=a%20b%26c%3Dd%23e%3Ff\n" in out


def test_the_browser_is_opened_where_there_is_one(ogive, monkeypatch):
    opened = queue.Queue()
    monkeypatch.setattr(webbrowser, "open", opened.put)
    monkeypatch.setenv("DISPLAY", ":0")
    _, out, _, settings = ogive("--port", "0")
    assert opened.get(timeout=LONG) == f"http://127.0.0.1:{settings.port}/"


def test_no_browser_takes_over_a_terminal(ogive, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(webbrowser, "open", lambda address: pytest.fail("it was opened"))
    assert ogive("--port", "0")[0] == 0
