"""Who visits, and what each one has here: by a random cookie, apart from all others, in bounds."""

from __future__ import annotations

import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ogive.text import Text
from ogive_lab.errors import Refusal
from ogive_lab.limits import Limits

__all__ = ["Kept", "Visitor", "VisitorCookie", "Visitors"]

MOST_VISITORS = 5000
_ID = re.compile(r"[A-Za-z0-9_-]{32}")
_NOT_HERE = Text(
    "There is no {what} {id} of yours here; it may have been forgotten meanwhile.",
    "这里没有您的{what_zh} {id}；可能已被清除。",
)
TABLE = Text("table", "表格")
_NO_ROOM = Text(
    "This table takes {size} MB in memory, more than the {most} MB that the lab has for tables.",
    "该表格占用 {size} MB 内存，超过实验室用于表格的 {most} MB。",
)


@dataclass
class Kept:
    """A table of a visitor in memory.

    Attributes
    ----------
    id : str
    name : str
        What the visitor calls it, such as the name of its file.
    value : object
        The table.
    size : int
        Bytes that it takes in memory.
    """

    id: str
    name: str
    value: Any
    size: int


@dataclass(eq=False)
class Visitor:
    """One visitor, known by a random id.

    Attributes
    ----------
    id : str
        What the cookie holds. Nobody else may see it.
    tables : dict
        Uploaded tables by their ids, the oldest first; `Visitors.keep` adds.
    own : dict
        For other modules, by a name of theirs: what belongs to this visitor and is forgotten with
        them.
    seen : float
        When there was last a sign of them (`time.monotonic`).
    sockets : int
        Open WebSockets; while there is one, the visitor is here.
    """

    id: str
    tables: OrderedDict[str, Kept] = field(default_factory=OrderedDict)
    own: dict[str, Any] = field(default_factory=dict)
    seen: float = field(default_factory=time.monotonic)
    sockets: int = 0

    def idle(self, now: float) -> float:
        """Return for how many seconds there has been no sign of them."""
        return 0.0 if self.sockets else now - self.seen

    def table(self, id: str) -> Kept:
        """Return a table of this visitor.

        Raises
        ------
        Refusal
            With status 404 if it is not theirs, or not there.
        """
        try:
            return self.tables[id]
        except KeyError:
            raise not_here(TABLE, id) from None


def not_here(what: Text, id: str) -> Refusal:
    """Return the refusal for an id that a visitor has nothing under, of others or of nobody."""
    shown = id[:40].encode("utf-8", "backslashreplace").decode()
    en = _NOT_HERE.en.format(what=what.en, id=shown)
    return Refusal(404, en, _NOT_HERE.zh.format(what_zh=what.zh, id=shown))


class Visitors:
    """All visitors; only those who have something here take memory for long.

    Parameters
    ----------
    limits : Limits
    forget : callable, optional
        Called with a visitor who is being forgotten.
    """

    def __init__(self, limits: Limits, forget: Callable[[Visitor], None] | None = None) -> None:
        self.limits = limits
        self._forget = forget or (lambda visitor: None)
        self._known: OrderedDict[str, Visitor] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def __iter__(self) -> Iterator[Visitor]:
        return iter(list(self._known.values()))

    def of(self, id: str) -> Visitor:
        """Return the visitor with an id, a new one if it is new, and note that they were seen."""
        visitor = self._known.get(id)
        if visitor is None:
            visitor = self._known[id] = Visitor(id)
            if len(self._known) > MOST_VISITORS:
                self._drop_oldest(visitor)
        visitor.seen = time.monotonic()
        self._known.move_to_end(id)
        return visitor

    def keep(self, visitor: Visitor, name: str, value: Any, size: int) -> Kept:
        """Keep a table for a visitor.

        The visitor's oldest one gives way where they have too many; where all tables together
        would take too much memory, those of the visitor who has been idle longest do.

        Raises
        ------
        Refusal
            With status 413 if the table alone is larger than the memory for tables.
        """
        most = self.limits.memory_bytes
        if size > most:
            told = {"size": f"{size / 2**20:.0f}", "most": f"{self.limits.memory:g}"}
            raise Refusal(413, _NO_ROOM.en.format(**told), _NO_ROOM.zh.format(**told))
        while len(visitor.tables) >= self.limits.tables:
            visitor.tables.popitem(last=False)
        while self.memory() + size > most:
            self._make_room(visitor)
        kept = Kept(secrets.token_urlsafe(12), name, value, size)
        visitor.tables[kept.id] = kept
        return kept

    def memory(self) -> int:
        """Return the bytes that all kept tables take."""
        return sum(kept.size for visitor in self for kept in visitor.tables.values())

    def sweep(self, now: float | None = None) -> list[Visitor]:
        """Forget who has been idle for too long; return who has lost patience with their jobs."""
        now = time.monotonic() if now is None else now
        gone = []
        for visitor in self:
            if visitor.idle(now) > self.limits.idle:
                self._drop(visitor)
            if visitor.idle(now) > self.limits.patience:
                gone.append(visitor)
        return gone

    def _make_room(self, asking: Visitor) -> None:
        """Forget all tables of who has been idle longest, of who asks only if nobody else has."""
        now = time.monotonic()
        holders = [visitor for visitor in self if visitor.tables and visitor is not asking]
        if not holders:
            asking.tables.popitem(last=False)
            return
        max(holders, key=lambda visitor: (visitor.idle(now), now - visitor.seen)).tables.clear()

    def _drop_oldest(self, new: Visitor) -> None:
        for visitor in self:
            if not visitor.sockets and visitor is not new:
                self._drop(visitor)
                return

    def _drop(self, visitor: Visitor) -> None:
        self._known.pop(visitor.id, None)
        self._forget(visitor)


class VisitorCookie:
    """Gives every browser an id of its own, and tells the application which one came.

    The id is in ``scope["state"]["visitor"]``. One that the server does not know is taken as it
    is: it was given before the server was started anew.

    Parameters
    ----------
    app : ASGI application
    port : int
        Names the cookie: browsers do not keep cookies of different ports apart.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app = app
        self.cookie = f"ogive_visitor_{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        given = cookie_parser(Headers(scope=scope).get("cookie", "")).get(self.cookie, "")
        known = bool(_ID.fullmatch(given))
        id = given if known else secrets.token_urlsafe(24)
        scope.setdefault("state", {})["visitor"] = id
        if known:
            await self.app(scope, receive, send)
            return

        async def with_cookie(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept"):
                cookie = f"{self.cookie}={id}; HttpOnly; SameSite=strict; Path=/"
                message.setdefault("headers", [])
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        await self.app(scope, receive, with_cookie)
