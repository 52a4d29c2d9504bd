"""The WebSocket of a page: topics asked for, states sent and acknowledged, floods cut off.

Messages are JSON objects with a ``type``. From the page:

``{"type": "subscribe", "topics": […]}``
    Send the newest state of each, now and whenever it changes.
``{"type": "unsubscribe", "topics": […]}``
``{"type": "ack", "n": 3}``
    All messages up to number 3 have been dealt with.
``{"type": "ping"}``
    Answered by a pong; a page cannot see the pings of the protocol itself.

To the page:

``{"type": "hello", "server": "…"}``
    The first one; another server than before was started anew, and knows nothing of the page.
``{"type": "message", "n": 3, "topic": "…", "message": {…}}``
    A state. No more than `WINDOW` of them are on their way: a slow tab delays only itself.
``{"type": "pong"}``
``{"type": "error", "error": {"en": "…", "zh": "…"}}``
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from ogive.text import Text
from ogive_lab.hub import Hub, Listener
from ogive_lab.state import CurrentVisitor, TheLab
from ogive_lab.visitors import Visitor

__all__ = ["router"]

router = APIRouter()

SERVER = secrets.token_hex(8)
WINDOW = 8
MOST_CHARACTERS = 16_384
MOST_TOPICS = 100
MOST_PAGES = 12
MOST_FAULTS = 5
RATE, BURST = 20.0, 100.0
BREATH = 0.03  # seconds between states: no eye sees more of them

FAULT = Text("The lab did not understand a message of the page.", "实验室无法理解页面发来的消息。")

Topic = Annotated[str, Field(min_length=1, max_length=100)]


class Subscription(BaseModel, extra="forbid"):
    """A wish to be told, or no longer, the states of topics."""

    type: Literal["subscribe", "unsubscribe"]
    topics: Annotated[list[Topic], Field(max_length=MOST_TOPICS)]


class Acknowledgement(BaseModel, extra="forbid"):
    """All messages up to a number have been dealt with."""

    type: Literal["ack"]
    n: Annotated[int, Field(strict=True, ge=0)]


class Ping(BaseModel, extra="forbid"):
    """A question whether the server is still there."""

    type: Literal["ping"]


_MESSAGE: TypeAdapter[Subscription | Acknowledgement | Ping] = TypeAdapter(
    Annotated[Subscription | Acknowledgement | Ping, Field(discriminator="type")]
)


class _Closed(Exception):
    """The page has to go; the code and the reason are told to it."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class _Rate:
    """Lets `BURST` messages through at once, and `RATE` a second for long."""

    def __init__(self) -> None:
        self.left, self.at = BURST, time.monotonic()

    def spend(self) -> None:
        now = time.monotonic()
        self.left = min(BURST, self.left + (now - self.at) * RATE) - 1
        self.at = now
        if self.left < 0:
            raise _Closed(1008, "too many messages")


class _Page:
    """One open page at its socket."""

    def __init__(self, socket: WebSocket, hub: Hub, visitor: Visitor) -> None:
        self.socket, self.hub, self.visitor = socket, hub, visitor
        self.listener = Listener()
        self.rate = _Rate()
        self.sent = self.acknowledged = self.faults = 0
        self.room = asyncio.Event()
        self.room.set()

    async def serve(self) -> None:
        await self.send({"type": "hello", "server": SERVER})
        tasks = [asyncio.create_task(self.listen()), asyncio.create_task(self.tell())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def listen(self) -> None:
        """Do what the page asks for, until it leaves."""
        while True:
            await self.take(await self.socket.receive_text())

    async def send(self, message: dict[str, object]) -> None:
        await self.socket.send_text(json.dumps(message, ensure_ascii=False, allow_nan=False))

    async def tell(self) -> None:
        """Send states, as long as the page keeps up with them."""
        while True:
            await self.listener.news.wait()
            await self.room.wait()
            taken = self.listener.take()
            if taken is None:
                continue
            self.sent += 1
            if self.sent - self.acknowledged >= WINDOW:
                self.room.clear()
            topic, state = taken
            await self.send({"type": "message", "n": self.sent, "topic": topic, "message": state})
            if not self.listener.waiting:
                await asyncio.sleep(BREATH)

    async def take(self, text: str) -> None:
        """Do what the page asks for."""
        self.visitor.seen = time.monotonic()
        if len(text) > MOST_CHARACTERS:
            raise _Closed(1009, "message too long")
        try:
            message = _MESSAGE.validate_json(text)
        except ValidationError:
            self.rate.spend()
            await self.fault()
            return
        if isinstance(message, Acknowledgement):
            await self.acknowledge(message.n)
            return
        self.rate.spend()
        if isinstance(message, Ping):
            await self.send({"type": "pong"})
        elif message.type == "subscribe":
            for topic in message.topics:
                if topic not in self.listener.topics and len(self.listener.topics) >= MOST_TOPICS:
                    raise _Closed(1008, "too many topics")
                self.hub.subscribe(self.visitor, self.listener, topic)
        else:
            self.listener.topics.difference_update(message.topics)
            for topic in message.topics:
                self.listener.waiting.pop(topic, None)

    async def acknowledge(self, number: int) -> None:
        """Note how far the page has come; what acknowledges something costs it nothing."""
        if not self.acknowledged < number <= self.sent:
            self.rate.spend()
            if number > self.sent:
                await self.fault()
            return
        self.acknowledged = number
        if self.sent - self.acknowledged < WINDOW:
            self.room.set()

    async def fault(self) -> None:
        self.faults += 1
        if self.faults > MOST_FAULTS:
            raise _Closed(1008, "messages not understood")
        await self.send({"type": "error", "error": FAULT._asdict()})


@router.websocket("/api/socket")
async def socket(connection: WebSocket, lab: TheLab, visitor: CurrentVisitor) -> None:
    """Keep a page told until it leaves."""
    await connection.accept()
    if visitor.sockets >= MOST_PAGES:
        await connection.close(1008, "too many pages are open")
        return
    page = _Page(connection, lab.hub, visitor)
    visitor.sockets += 1
    lab.hub.join(visitor, page.listener)
    try:
        await page.serve()
    except _Closed as closed:
        await connection.close(closed.code, closed.reason)
    except WebSocketDisconnect:
        pass
    except KeyError:  # bytes where text was expected
        await connection.close(1003, "text only")
    finally:
        lab.hub.leave(visitor, page.listener)
        visitor.sockets -= 1
        visitor.seen = time.monotonic()
