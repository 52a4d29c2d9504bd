"""A lab on a real socket, in a thread of this process, and visitors who ask it."""

import asyncio
import contextlib
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

pytest.importorskip("ogive_lab", reason="the lab is not installed")

from free_ports import free_port
from websockets.sync.client import connect

from ogive_lab.limits import Limits
from ogive_lab.serving import bound_socket, make_server
from ogive_lab.settings import Settings

INDEX = '<!doctype html>\n<html lang="en">\n<title>Page of the tests</title>\n</html>\n'
SCRIPT = "export const answer = 42;\n" * 100


class Running:
    """A running lab."""

    def __init__(self, settings, server):
        self.settings = settings
        self.server = server
        self.address = f"http://127.0.0.1:{settings.port}"

    @property
    def state(self):
        """Return the lab's own parts."""
        return self.server.config.app.state.lab

    @contextlib.contextmanager
    def visitor(self):
        """Give a client with cookies of its own, which the lab knows by now."""
        with httpx.Client(base_url=self.address, timeout=30, trust_env=False) as client:
            client.get("/api/health")
            yield client

    def cookies(self, client):
        """Return the header that tells the lab which visitor it is."""
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())

    @contextlib.contextmanager
    def socket(self, client, **options):
        """Open a page's WebSocket, its hello received."""
        headers = {"Cookie": self.cookies(client)}
        address = self.address.replace("http", "ws") + "/api/socket"
        options = {"origin": self.address, "additional_headers": headers, "proxy": None} | options
        with connect(address, **options) as page:
            hello = json.loads(page.recv(30))
            assert hello["type"] == "hello"
            page.server = hello["server"]
            yield page


@contextlib.contextmanager
def running(settings, routers=()):
    """Serve a lab in a thread, with routes of a test's own."""
    listening = bound_socket(settings.host, settings.port)
    server = make_server(settings)
    for router in routers:
        server.config.app.include_router(router)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield Running(settings, server)
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def built_page(tmp_path_factory):
    """Return a folder with what a build of the client leaves in it, in small."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text(INDEX, encoding="utf-8")
    (folder / "assets").mkdir()
    script = folder / "assets" / "main-AbC123_-.js"
    script.write_text(SCRIPT, encoding="utf-8")
    (folder / "assets" / "main-AbC123_-.js.br").write_bytes(b"packed by brotli")
    (folder / "assets" / "main-AbC123_-.js.gz").write_bytes(b"packed by gzip")
    (folder / "icon.svg").write_text("<svg/>", encoding="utf-8")
    (folder.parent / "secret.txt").write_text("not of the page", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def start(built_page):
    """Return what starts a lab of given settings for the length of a ``with``."""

    def begin(routers=(), **given):
        limits = Limits(**{"workers": 1, **given.pop("limits", {})})
        settings = {"port": free_port(), "page": built_page, "limits": limits, "warm": False}
        return running(Settings(**settings | given), routers)

    return begin


@pytest.fixture(scope="module")
def lab(start):
    """Return a lab as it is by default, one for all tests of a module."""
    with start() as running_lab:
        yield running_lab


@pytest.fixture
def visitor(lab):
    """Return a visitor who is new to the lab."""
    with lab.visitor() as client:
        yield client


@pytest.fixture
def run():
    """Return what runs a coroutine to its end, in a thread of its own.

    A browser that other tests opened in this process has a running loop in the main thread.
    """

    def to_its_end(coroutine):
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, coroutine).result()

    return to_its_end
