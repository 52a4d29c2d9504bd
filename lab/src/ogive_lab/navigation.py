"""Has a browser that comes from another site ask for the page once more, as its own visitor.

A browser keeps strict cookies back when a link on another site leads here, so the visitor would
seem to be a new one without the token. A page of ours that at once loads the address again brings
them, and is where a token leaves the address. An address that differs in nothing would not be
loaded, so ``again`` is put into its query; a redirection takes it out, and keeps the fragment.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ogive_lab.paths import is_api

__all__ = ["FromElsewhere", "once_more"]

SCRIPT = (
    "const here = new URL(location.href); here.searchParams.delete('token'); "
    "here.searchParams.set('again', ''); location.replace(here.href);"
)
PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Ogive Lab</title>
<noscript><meta http-equiv="refresh" content="0; url=/"></noscript>
<script>{SCRIPT}</script>
</head>
<body><p><a href="/">Ogive Lab</a></p></body>
</html>
"""
HASH = b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; script-src 'sha256-{HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def once_more() -> HTMLResponse:
    """Return a page that loads its own address again, without a token, keeping the fragment."""
    return HTMLResponse(
        PAGE, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    )


class FromElsewhere:
    """Answers a visit from another site with `once_more`, and takes the next one home."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["method"] == "GET":
            headers = Headers(scope=scope)
            query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            keys = {key for key, _ in query}
            elsewhere = headers.get("sec-fetch-site") == "cross-site"
            followed = elsewhere and headers.get("sec-fetch-mode") == "navigate"
            answer: Response | None = None
            if followed and "token" not in keys:
                answer = once_more()
            elif "again" in keys and not is_api(scope["path"]):
                answer = _home(scope["path"], [pair for pair in query if pair[0] != "again"])
            if answer is not None:
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _home(path: str, query: list[tuple[str, str]]) -> RedirectResponse:
    """Return the way to an address of this host; a path such as //elsewhere is none of another."""
    place = "/" + quote(path.lstrip("/"))
    address = f"{place}?{urlencode(query)}" if query else place
    return RedirectResponse(address, 303, {"Cache-Control": "no-store"})
