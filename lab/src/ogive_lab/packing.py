"""Answers in JSON: packed where it pays, and not sent again to a browser that has them."""

from __future__ import annotations

import hashlib
import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ogive_lab.paths import is_api

__all__ = ["Packing"]

SMALLEST, LARGEST = 1024, 4 * 2**20


class Packing:
    """Packs whole answers in JSON, and gives those to a GET the tag of their content.

    What is sent in parts, or of another type, passes as it is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not is_api(scope["path"]):
            await self.app(scope, receive, send)
            return
        begun: Message | None = None

        async def packing(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = message
                return
            if begun is not None:
                if not message.get("more_body", False):
                    message = _packed(scope, begun, message)
                await send(begun)
                begun = None
            await send(message)

        await self.app(scope, receive, packing)


def _packed(scope: Scope, start: Message, body: Message) -> Message:
    """Return the body to send, having put into `start` what is to be said of it."""
    headers, asked = MutableHeaders(scope=start), Headers(scope=scope)
    content = body.get("body", b"")
    if headers.get("content-type") != "application/json" or "content-encoding" in headers:
        return body
    if scope["method"] == "GET" and start["status"] == 200:
        headers.setdefault("cache-control", "private, no-cache")
        if "no-store" not in headers["cache-control"]:
            tag = f'"{hashlib.sha256(content).hexdigest()[:24]}"'
            headers["etag"] = tag
            if tag in asked.get("if-none-match", ""):
                start["status"] = 304
                del headers["content-length"]
                del headers["content-type"]
                return {**body, "body": b""}
    headers.setdefault("cache-control", "no-store")
    headers.add_vary_header("accept-encoding")
    if SMALLEST <= len(content) <= LARGEST and "gzip" in asked.get("accept-encoding", ""):
        packer = zlib.compressobj(6, wbits=31)
        content = packer.compress(content) + packer.flush()
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(content))
    return {**body, "body": content}
