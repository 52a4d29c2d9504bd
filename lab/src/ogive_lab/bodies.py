"""What is sent to the lab: limited in size while it comes in, and in time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ogive.text import Text
from ogive_lab.errors import error_response

__all__ = ["BodyLimit"]

USUAL_BYTES = 2**20
GRACE = 15.0
SLOWEST = 8192.0  # bytes a second, beyond the grace
DRAINED, DRAIN_SECONDS = 4, 2.0

TOO_LARGE = Text(
    "This is larger than {size}, the limit of this lab; send less.",
    "内容超过 {size}，即本实验室的上限；请减小后再发送。",
)


class BodyLimit:
    """Refuses a body that is too large (413) or that comes too slowly (408).

    Parameters
    ----------
    app : ASGI application
    larger : mapping of str to int
        Beginnings of paths under which a body may have so many bytes; elsewhere one megabyte.
    grace : float, default=15
        Seconds in which anything may come; beyond them it has to come at 8 kB a second.
    """

    def __init__(self, app: ASGIApp, larger: Mapping[str, int], grace: float = GRACE) -> None:
        self.app = app
        self.larger = dict(larger)
        self.grace = grace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await _Limited(self, scope, receive, send).serve()

    def most(self, path: str) -> int:
        """Return how many bytes may be sent to a path."""
        found = (size for start, size in self.larger.items() if path.startswith(start))
        return max(found, default=USUAL_BYTES)


class _Refused(Exception):
    """Ends the application's reading of a body that is refused."""


class _Limited:
    """One request whose body is watched."""

    def __init__(self, limit: BodyLimit, scope: Scope, receive: Receive, send: Send) -> None:
        self.limit, self.scope, self._receive, self._send = limit, scope, receive, send
        self.most = limit.most(scope["path"])
        self.began = time.monotonic()
        self.size = 0
        self.whole = False
        self.refused = 0
        self.started = False

    async def serve(self) -> None:
        announced = Headers(scope=self.scope).get("content-length", "0")
        if announced.isdigit() and int(announced) > self.most:
            self.refused = 413
        else:
            try:
                await self.limit.app(self.scope, self.receive, self.send)
            except Exception:
                if not self.refused:
                    raise
        if self.refused and not self.started:
            await self._refuse()

    async def receive(self) -> Message:
        if self.refused:
            raise _Refused
        if self.whole:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), self._time_left())
        except TimeoutError:
            self.refused = 408
            raise _Refused from None
        if message["type"] == "http.request":
            self.size += len(message.get("body", b""))
            self.whole = not message.get("more_body", False)
            if self.size > self.most:
                self.refused = 413
                raise _Refused
        return message

    async def send(self, message: Message) -> None:
        if self.refused and not self.started:
            return  # whatever the application makes of the broken body
        self.started = True
        await self._send(message)

    def _time_left(self) -> float:
        allowed = self.limit.grace + self.size / SLOWEST
        return max(allowed - (time.monotonic() - self.began), 0.001)

    async def _refuse(self) -> None:
        if self.refused == 413:
            await self._drain()
        text = None
        if self.refused == 413:
            size = f"{self.most / 2**20:g} MB"
            text = Text(*(part.format(size=size) for part in TOO_LARGE))
        answer = error_response(self.refused, text, headers={"Connection": "close"})
        await answer(self.scope, self._receive, self._send)

    async def _drain(self) -> None:
        """Read on for a moment: a browser that is cut off while it sends sees no answer."""
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                while not self.whole and self.size < DRAINED * self.most:
                    message = await self._receive()
                    if message["type"] != "http.request":
                        return
                    self.size += len(message.get("body", b""))
                    self.whole = not message.get("more_body", False)
        except TimeoutError:
            return
