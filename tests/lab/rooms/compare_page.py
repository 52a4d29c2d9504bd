"""What the tests of the room of comparisons share: a lab of their own, and what its page shows."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

PATIENCE = 120_000  # milliseconds: the first worker has much to import, on a busy machine


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Served:
    """A lab in a process of its own, to be ended and begun again on the same port."""

    def __init__(self, store):
        settings = pytest.importorskip("ogive_lab.settings")
        if not (settings.Settings().page / "index.html").exists():
            pytest.skip("the page of the lab is not built: make lab-page")
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.command = [sys.executable, "-m", "ogive", "lab", "--no-browser"]
        self.command += ["--port", str(self.port), "--store", str(store), "--limit-workers", "1"]
        self.token = None
        self.process = None

    def begin(self):
        token = [] if self.token is None else ["--token", self.token]
        self.process = subprocess.Popen(
            self.command + token,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(os.environ),
        )
        end = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < end:
            assert self.process.poll() is None, "the lab ended by itself"
            try:
                urllib.request.urlopen(self.address, timeout=5).close()
            except urllib.error.HTTPError:  # it asks for its token
                return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            else:
                return
            time.sleep(0.1)
        raise AssertionError("the lab did not start")

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


@contextlib.contextmanager
def served(store, token=None):
    """Give a lab whose runs are kept in a store of the tests."""
    lab = Served(store)
    lab.token = token
    lab.begin()
    try:
        yield lab
    finally:
        if lab.process.poll() is None:
            lab.end()


@contextlib.contextmanager
def opened(browser, address, language, link, **options):
    """Give a page of a visitor of its own."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}} | options)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/?lang={language}{link}")
    try:
        yield page
    finally:
        context.close()


def shown(page, test):
    """Return the text of what bears a mark for tests."""
    return page.locator(f"[data-test={test}]").inner_text().strip()


def ready(page):
    """Wait until what is chosen can be compared."""
    page.wait_for_selector("[data-test=start]:not([disabled])")


def start(page):
    """Begin the comparison that is chosen."""
    ready(page)
    page.click("[data-test=start]")


def verdict(page):
    """Wait for a result and return its verdict."""
    page.wait_for_selector("[data-test=verdict]")
    return shown(page, "verdict")
