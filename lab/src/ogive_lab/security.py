"""The outermost layer: who may speak to the lab, and what a browser may do with its answers."""

from __future__ import annotations

import ipaddress
import logging
import re
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ogive.text import Text
from ogive_lab.errors import error_response

__all__ = ["PAGE_POLICY", "REPORT_POLICY", "Guard", "host_name", "report_response"]

log = logging.getLogger("ogive_lab")

PAGE_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the page may load and do: its own files, WebAssembly, reports in a frame; no other host."""

REPORT_POLICY = (
    "sandbox allow-scripts allow-downloads allow-popups allow-modals; default-src 'none'; "
    "script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
"""For reports, one file with everything inside: in an origin of their own, without the network.

Our page alone may show them in a frame."""

HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # With these two a page on localhost has clocks fine enough to time a function.
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SAFE = ("GET", "HEAD", "OPTIONS")

FOREIGN_HOST = Text(
    "The lab is not known under the name {name}; start it with --name {name} if it should be.",
    "实验室没有 {name} 这个名称；如需使用，请用 --name {name} 启动。",
)
FOREIGN_ORIGIN = Text(
    "Another page tried to use the lab; only the lab's own page may.",
    "其他页面试图使用实验室；只有实验室自己的页面可以。",
)
_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?")


def report_response(html: str | bytes, *, file_name: str | None = None) -> HTMLResponse:
    """Return a report as an answer: shut off from the lab's page and from the network.

    Parameters
    ----------
    html : str or bytes
        The report, with everything it needs inside.
    file_name : str, optional
        Have it downloaded under this name, of ASCII letters, digits, ``.``, ``-`` and ``_``.
    """
    headers = {"Content-Security-Policy": REPORT_POLICY, "Cache-Control": "private, no-cache"}
    if file_name is not None:
        plain = re.sub(r"[^A-Za-z0-9._-]", "_", file_name)
        headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    return HTMLResponse(html, headers=headers)


def host_name(header: str) -> str | None:
    """Return the name in a Host header, in lower case and without its port; None if it is none."""
    found = _HOST.fullmatch(header.strip())
    return found["name"].lower().rstrip(".") if found else None


class Guard:
    """Checks Host and Origin of everything that comes in, and marks everything that goes out.

    A page of another site can make a browser send requests here. By a name of its own that it
    lets point here (DNS rebinding) it could even read the answers: so only known names are
    served. By our name it can only send: so what changes anything, and every WebSocket, must come
    from our own page.

    Parameters
    ----------
    app : ASGI application
    names : iterable of str
        Names, besides addresses and those of this machine, under which the lab is known.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str] = ()) -> None:
        self.app = app
        own = socket.gethostname().lower()
        self.names = {"localhost", own, own.split(".")[0], f"{own.split('.')[0]}.local"}
        self.names |= {name.lower().rstrip(".") for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def marked(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out.setdefault(name, value)
            await send(message)

        refused = self._refusal(scope, headers)
        if refused is None:
            await self.app(scope, receive, marked)
        elif scope["type"] == "websocket":
            await marked({"type": "websocket.close", "code": 1008, "reason": refused.en[:100]})
        else:
            await error_response(403, refused, headers={"Connection": "close"})(
                scope, receive, marked
            )

    def _refusal(self, scope: Scope, headers: Headers) -> Text | None:
        given = headers.getlist("host")
        name = host_name(given[0]) if len(given) == 1 else None
        if name is None or not self.knows(name):
            shown = name or "?"
            return Text(*(part.format(name=shown) for part in FOREIGN_HOST))
        if scope["type"] == "http" and scope["method"] in SAFE:
            return None
        origins = headers.getlist("origin")
        if not origins:  # no browser leaves it out here
            site = headers.get("sec-fetch-site", "same-origin")
            return None if site == "same-origin" else FOREIGN_ORIGIN
        origin = urlsplit(origins[0])
        own = len(origins) == 1 and origin.scheme in ("http", "https")
        return None if own and origin.netloc.lower() == given[0].strip().lower() else FOREIGN_ORIGIN

    def knows(self, name: str) -> bool:
        """Return whether the lab is known under a name; under any address it is."""
        if name in self.names:
            return True
        try:
            ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return False
        return True
