"""What a class costs the lab: python -m benchmarks.lab_visitors [--visitors N] [--seconds S].

A lab is served on this machine as for a class, with a token. Visitors are WebSocket clients, each
with cookies of their own.

compare
    All ask for a comparison at the same moment, each with a seed of its own so that nobody's fits
    are another's. Measured from that moment: until the first state of it was told (its place in
    the queue, or that it runs), until the first fit was done, until the result was there; lost
    connections; and the memory of the server with all its processes (proportional set size).
idle
    All keep a page open that trains in the browser: the server hears their heartbeats only.
    Measured: processor time of all processes of the server, in percent of one core.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from ogive_lab.serving import bound_socket

TOKEN = "for-the-benchmark"
WANTED = {
    "table": "iris",
    "target": "target",
    "vary": {"activation": ["relu", "tanh"]},
    "n_splits": 2,
    "n_repeats": 1,
    "max_iter": 20,
}
HEARTBEAT = 25.0
LONGEST = 600.0
LIVE = ("queued", "running")


class Server:
    """A lab in a process of its own, and what it takes."""

    def __init__(self, folder: str) -> None:
        with bound_socket("127.0.0.1", 0) as free:
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "ogive", "lab", "--no-browser", "--port", str(port)]
        command += ["--token", TOKEN, "--store", str(Path(folder) / "class.db")]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def end(self) -> None:
        """Stop it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)

    def processes(self) -> list[int]:
        """Return the numbers of all its processes."""
        found, new = {self.process.pid}, [self.process.pid]
        while new:
            folder = Path(f"/proc/{new.pop()}/task")
            try:
                texts = [(one / "children").read_text("ascii") for one in folder.iterdir()]
            except OSError:
                continue
            children = {int(word) for text in texts for word in text.split()}
            new += children - found
            found |= children
        return sorted(found)

    def memory(self) -> float:
        """Return the megabytes that its processes take together, shared ones counted once."""
        total = 0
        for number in self.processes():
            try:
                text = Path(f"/proc/{number}/smaps_rollup").read_text("ascii")
            except OSError:
                continue
            total += next(int(x.split()[1]) for x in text.splitlines() if x.startswith("Pss:"))
        return total / 1024

    def processor(self) -> float:
        """Return the seconds of processor time of its processes so far."""
        ticks = 0
        for number in self.processes():
            try:
                text = Path(f"/proc/{number}/stat").read_text("utf-8", errors="replace")
            except OSError:
                continue
            ticks += sum(map(int, text.rpartition(")")[2].split()[11:15]))
        return ticks / os.sysconf("SC_CLK_TCK")


@dataclass
class Visitor:
    """One browser with one page open."""

    number: int
    client: httpx.AsyncClient
    socket: ClientConnection | None = None
    lost: int = 0
    told: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def arrive(self, address: str) -> None:
        """Show the token, and open the page's socket."""
        await self.client.get("/", params={"token": TOKEN}, follow_redirects=True)
        await self.client.get("/api/health")
        cookie = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        self.socket = await connect(
            address.replace("http", "ws") + "/api/socket",
            additional_headers={"Cookie": cookie},
            origin=address,  # type: ignore[arg-type]
            proxy=None,
        )

    async def listen(self) -> None:
        """Take what is told, and acknowledge it, as the page does."""
        assert self.socket is not None
        try:
            async for text in self.socket:
                message = json.loads(text)
                if message["type"] == "message":
                    self.told.append((time.perf_counter(), message))
                    self.news.set()
                    await self.send({"type": "ack", "n": message["n"]})
        except ConnectionClosed:
            self.lost += 1

    async def send(self, message: dict[str, Any]) -> None:
        """Send to the server."""
        assert self.socket is not None
        await self.socket.send(json.dumps(message))

    async def compare(self) -> dict[str, float]:
        """Ask for a comparison; return after how many seconds what was told."""
        began = time.perf_counter()
        answer = await self.client.post(
            "/api/comparisons", json=WANTED | {"random_state": self.number}
        )
        answer.raise_for_status()
        topic = f"comparison/{answer.json()['id']}"
        await self.send({"type": "subscribe", "topics": [topic]})
        found: dict[str, float] = {}
        while time.perf_counter() - began < LONGEST:
            await self.news.wait()
            self.news.clear()
            for at, message in self.told:
                if message["topic"] != topic:
                    continue
                state = message["message"]
                found.setdefault("told", at - began)
                if (state["progress"] or {}).get("done", 0) > 0:
                    found.setdefault("fitted", at - began)
                if state["state"] not in LIVE:
                    assert state["state"] == "done", state
                    return {**found, "done": at - began}
            self.told.clear()
        raise TimeoutError(f"visitor {self.number} waited {LONGEST:g} seconds")

    async def beat(self) -> None:
        """Send heartbeats as an open page does."""
        while True:
            await asyncio.sleep(HEARTBEAT * (0.5 + self.number % 100 / 100))
            await self.send({"type": "ping"})


async def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lab_visitors", description=__doc__)
    parser.add_argument("--visitors", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60.0, help="for which idle ones stay")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder)
        try:
            await until_ready(server)
            visitors = [
                Visitor(n, httpx.AsyncClient(base_url=server.address, timeout=LONGEST))
                for n in range(options.visitors)
            ]
            await _measure(server, visitors, options.seconds)
        finally:
            server.end()


async def until_ready(server: Server) -> None:
    """Wait until the server answers and its workers have done something."""
    visitor = Visitor(-1, httpx.AsyncClient(base_url=server.address, timeout=LONGEST))
    for _ in range(600):
        try:
            await visitor.arrive(server.address)
            break
        except (httpx.TransportError, OSError):
            await asyncio.sleep(0.1)
    listening = asyncio.create_task(visitor.listen())
    visitor.number = 10**6
    await visitor.compare()
    for path in ("/api/comparisons/options", "/api/catalogue"):
        await visitor.client.get(path)
    while not (await visitor.client.get("/api/catalogue")).json()["complete"]:
        await asyncio.sleep(0.5)
    assert visitor.socket is not None
    await visitor.socket.close()
    await listening
    await visitor.client.aclose()


async def _measure(server: Server, visitors: list[Visitor], seconds: float) -> None:
    n = len(visitors)
    print(f"Memory before anybody comes: {server.memory():.0f} MB")
    await asyncio.gather(*(one.arrive(server.address) for one in visitors))
    listening = [asyncio.create_task(one.listen()) for one in visitors]

    highest = 0.0

    async def watch() -> None:
        nonlocal highest
        while True:
            highest = max(highest, await asyncio.to_thread(server.memory))
            await asyncio.sleep(0.5)

    watching = asyncio.create_task(watch())
    found = await asyncio.gather(*(one.compare() for one in visitors))
    watching.cancel()
    print(f"{n} ask for a comparison of 12 fits at the same moment; seconds until")
    for name, title in (
        ("told", "the first state is told"),
        ("fitted", "the first fit is done"),
        ("done", "the result is there"),
    ):
        times = [one[name] for one in found if name in one]
        middle, late = np.percentile(times, [50, 95])
        print(f"  {title}: median {middle:.2f}, 95 % {late:.2f}, last {max(times):.2f}")
    print(f"  lost connections: {sum(one.lost for one in visitors)}")
    print(f"  highest memory of all processes: {highest:.0f} MB")

    beating = [asyncio.create_task(one.beat()) for one in visitors]
    await asyncio.sleep(5)  # workers that nobody needs come to rest
    before, began = server.processor(), time.perf_counter()
    await asyncio.sleep(seconds)
    share = (server.processor() - before) / (time.perf_counter() - began)
    print(f"{n} train in their pages for {seconds:g} s:")
    print(f"  processor time of the server: {100 * share:.2f} % of one core")
    print(f"  lost connections: {sum(one.lost for one in visitors)}")
    for task in (*beating, *listening):
        task.cancel()
    await asyncio.gather(*(one.client.aclose() for one in visitors))


if __name__ == "__main__":
    asyncio.run(main())
