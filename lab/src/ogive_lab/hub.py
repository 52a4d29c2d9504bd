"""What goes on, told to the pages that asked: the newest state of each topic, to its visitor only.

A message says the whole state of its topic, so that a newer one can take the place of an older one
that was not sent yet, and a page that comes back needs the newest only.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from ogive_lab.visitors import Visitor

__all__ = ["Hub", "Listener"]

MOST_TOPICS = 200
_TOPICS, _LISTENERS = "topics", "listeners"

Message = Mapping[str, Any]
Source = Callable[[Visitor, str], Message | None]


class Listener:
    """One open page: the topics it asked for, and what of them is still to be sent."""

    def __init__(self) -> None:
        self.topics: set[str] = set()
        self.waiting: OrderedDict[str, Message] = OrderedDict()
        self.news = asyncio.Event()

    def put(self, topic: str, message: Message) -> None:
        """Have a state sent; an older one of the topic that waits keeps its place in the row."""
        self.waiting[topic] = message
        self.news.set()

    def take(self) -> tuple[str, Message] | None:
        """Return what to send next."""
        if not self.waiting:
            self.news.clear()
            return None
        return self.waiting.popitem(last=False)


class Hub:
    """Carries states from who publishes them to the pages of one visitor.

    Everything here is to be called in the thread of the event loop.
    """

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}

    def add_source(self, prefix: str, source: Source) -> None:
        """Let a function give the state of topics that begin so and were not published here.

        Parameters
        ----------
        prefix : str
            Such as ``"job/"``.
        source : callable
            Called with (visitor, topic); returns the state, or None if it knows nothing of it.
        """
        self._sources[prefix] = source

    def publish(self, visitor: Visitor, topic: str, message: Message) -> None:
        """Tell the pages of a visitor the state of a topic, and keep it for those to come.

        Parameters
        ----------
        visitor : Visitor
        topic : str
        message : mapping
            The whole state, ready for JSON.
        """
        states = self._states(visitor)
        states[topic] = message
        states.move_to_end(topic)
        if len(states) > MOST_TOPICS:
            states.popitem(last=False)
        for listener in self._listeners(visitor):
            if topic in listener.topics:
                listener.put(topic, message)

    def forget(self, visitor: Visitor, topic: str) -> None:
        """Keep the state of a topic no longer."""
        self._states(visitor).pop(topic, None)

    def join(self, visitor: Visitor, listener: Listener) -> None:
        """Begin to tell a page what it asked for."""
        self._listeners(visitor).append(listener)

    def leave(self, visitor: Visitor, listener: Listener) -> None:
        """End telling a page."""
        self._listeners(visitor).remove(listener)

    def subscribe(self, visitor: Visitor, listener: Listener, topic: str) -> None:
        """Tell a page the newest state of a topic, and every later one."""
        listener.topics.add(topic)
        state = self._states(visitor).get(topic)
        for prefix, source in self._sources.items():
            if state is None and topic.startswith(prefix):
                state = source(visitor, topic)
        if state is not None:
            listener.put(topic, state)

    def _states(self, visitor: Visitor) -> OrderedDict[str, Message]:
        states: OrderedDict[str, Message] = visitor.own.setdefault(_TOPICS, OrderedDict())
        return states

    def _listeners(self, visitor: Visitor) -> list[Listener]:
        listeners: list[Listener] = visitor.own.setdefault(_LISTENERS, [])
        return listeners
