"""A lab that the tests of the rooms visit with a real browser."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

LONGEST_START = 60.0  # seconds
# The browser's own note of what the page tells its visitor, such as that a formula is none, or of a
# question that another one of the same page has taken the place of.
REFUSAL = tuple(
    f"Failed to load resource: the server responded with a status of {status}"
    for status in (409, 422)
)


@pytest.fixture(scope="session")
def lab():
    """Return the address of a lab on this machine."""
    settings = pytest.importorskip("ogive_lab.settings")
    if not (settings.Settings().page / "index.html").exists():
        pytest.skip("the page of the lab is not built: make lab-page")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ogive", "lab", "--no-browser", "--port", str(port)]
    running = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ)
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, running)
        yield address
    finally:
        running.terminate()
        running.wait(20)


def _wait_for(address, running):
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        assert running.poll() is None, "the lab ended by itself"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("the lab did not start")


@pytest.fixture(scope="module", params=["en", "zh"])
def language(request):
    """Return the language of the page."""
    return request.param


@pytest.fixture(scope="module")
def page(browser, lab, language):
    """Return a page of the lab, for all tests of a module; `visit` makes a fresh start on it.

    In the end: the page has reported no error and asked no other host for anything.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    faults, elsewhere = [], []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda said: (
            faults.append(said.text)
            if said.type == "error" and not said.text.startswith(REFUSAL)
            else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((lab, "data:", "blob:"))
            else elsewhere.append(request.url)
        ),
    )
    page.goto(f"{lab}/?lang={language}#/start")
    yield page
    context.close()
    assert faults == []
    assert elsewhere == []


@pytest.fixture
def visit(page):
    """Open a link such as ``"#/boundary?w=1,2,3"`` on the page, whatever it showed before."""

    def open_(link):
        page.evaluate("location.hash = '#/start'")
        page.wait_for_selector("nav a[aria-current=page]", state="detached")
        page.evaluate("link => { location.hash = link; }", link)
        room = re.match(r"#/(\w+)", link)[1]
        page.wait_for_selector(f"nav a[aria-current=page][href='#/{room}']")
        return page

    return open_
