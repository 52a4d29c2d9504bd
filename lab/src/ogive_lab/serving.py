"""Serves the lab: one process, slow and half-open connections cut off."""

from __future__ import annotations

import asyncio
import errno
import json
import socket
import sys

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from ogive.text import InputError
from ogive_lab.app import create_app
from ogive_lab.errors import STATUS_TEXTS
from ogive_lab.settings import Settings

__all__ = ["bound_socket", "make_server", "serve"]

HEADER_SECONDS = 10.0
STALLED_SECONDS = 60.0
MOST_CONNECTIONS = 1500
MOST_HEADER_BYTES = 32 * 1024
MOST_MESSAGE_BYTES = 64 * 1024
GRACEFUL_SECONDS = 3


class Connection(H11Protocol):
    """A connection that ends when its request does not come or its answer is not taken.

    uvicorn alone waits for ever: for the first request, for the rest of a half-sent one, and for
    a browser that stops reading.
    """

    header_seconds = HEADER_SECONDS
    stalled_seconds = STALLED_SECONDS
    _header_timer: asyncio.TimerHandle | None = None
    _stalled_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            self._answer(503)
            return
        self._await_header()

    def data_received(self, data: bytes) -> None:
        """Read what came; the time for a request runs from its first byte."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            if self._header_timer is None:
                self._await_header()
        else:
            self._stop("_header_timer")

    def on_response_complete(self) -> None:
        """Go on to the next request, of which a part may have come already."""
        super().on_response_complete()
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            self._await_header()

    def pause_writing(self) -> None:
        """Begin to wait until the browser reads on."""
        super().pause_writing()
        self._stalled_timer = self.loop.call_later(self.stalled_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on sending."""
        self._stop("_stalled_timer")
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Put everything away."""
        self._stop("_header_timer")
        self._stop("_stalled_timer")
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Hand the connection over."""
        self._stop("_header_timer")
        super().handle_websocket_upgrade(event)

    def send_400_response(self, msg: str) -> None:
        """Tell that what came is no HTTP."""
        self._answer(400)

    def _await_header(self) -> None:
        self._stop("_header_timer")
        self._header_timer = self.loop.call_later(self.header_seconds, self._too_slow)

    def _too_slow(self) -> None:
        if self.conn.trailing_data[0]:
            self._answer(408)
        else:
            self.transport.close()

    def _answer(self, status: int) -> None:
        """Send an answer without asking the application, and hang up."""
        text = STATUS_TEXTS[status]
        body = json.dumps({"error": {"en": text.en, "zh": text.zh}}, ensure_ascii=False).encode()
        head = (
            f"HTTP/1.1 {status} \r\nContent-Type: application/json\r\nConnection: close\r\n"
            "X-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'\r\n"
            f"Cache-Control: no-store\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(head.encode() + body)
        self.transport.close()

    def _stop(self, name: str) -> None:
        timer = getattr(self, name)
        if timer is not None:
            timer.cancel()
            setattr(self, name, None)


def bound_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address.

    Raises
    ------
    InputError
        If the port is taken or the address is none of this machine's.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError, OverflowError):
        raise InputError(
            f"--host {host!r} is no address of this machine; leave it out, or give 0.0.0.0 for "
            "all addresses.",
            f"--host “{host}”不是本机的地址；请去掉它，或用 0.0.0.0 表示所有地址。",
        ) from None
    family, kind, protocol, _, address = found[0]
    made = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there it would let two programs share the port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(2048)
    except OSError as error:
        made.close()
        raise _refused(error, host, port) from None
    return made


def _refused(error: OSError, host: str, port: int) -> InputError:
    if error.errno == errno.EADDRINUSE:
        return InputError(
            f"Port {port} is taken, perhaps by a lab that runs already; give another one with "
            f"--port, such as --port {port + 1}, or --port 0 for any free one.",
            f"端口 {port} 已被占用，可能已有一个实验室在运行；请用 --port 换一个，"
            f"例如 --port {port + 1}，或用 --port 0 任选一个空闲端口。",
        )
    if error.errno == errno.EACCES:
        return InputError(
            f"Port {port} needs the rights of an administrator; give one above 1023 with --port.",
            f"端口 {port} 需要管理员权限；请用 --port 给出大于 1023 的端口。",
        )
    return InputError(
        f"The lab cannot listen on {host}, port {port}: {error.strerror}.",
        f"实验室无法监听 {host} 的端口 {port}：{error.strerror}。",
    )


def make_server(settings: Settings) -> uvicorn.Server:
    """Return the server of a lab; ``run(sockets=[…])`` serves until ``should_exit`` is set."""
    config = uvicorn.Config(
        create_app(settings),
        http=Connection,
        ws="websockets-sansio",
        ws_max_size=MOST_MESSAGE_BYTES,
        ws_ping_interval=20.0,
        ws_ping_timeout=20.0,
        h11_max_incomplete_event_size=MOST_HEADER_BYTES,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        log_level="error",
        timeout_keep_alive=15,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )
    return uvicorn.Server(config)


def serve(settings: Settings, listening: socket.socket) -> None:
    """Serve the lab on a socket until the process is interrupted or terminated.

    Parameters
    ----------
    settings : Settings
        Its port is that of the socket.
    listening : socket
        From `bound_socket`.
    """
    _raise_file_limit()
    make_server(settings).run(sockets=[listening])


def _raise_file_limit() -> None:
    """Have room for a class: each browser keeps several connections open."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
