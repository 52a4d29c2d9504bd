"""The token: asked for, exchanged for a cookie, compared in constant time, guessed slowly."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import time
from base64 import b64encode
from collections import OrderedDict
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ogive.text import Text
from ogive_lab.errors import error_response
from ogive_lab.navigation import once_more
from ogive_lab.paths import is_api

__all__ = ["Admission", "Attempts"]

FREE_ATTEMPTS = 5
LONGEST_WAIT = 60.0
MOST_ADDRESSES = 10_000
MOST_FORM_BYTES = 4096

WRONG = Text("This token is wrong.", "口令不正确。")
SLOW = Text(
    "Too many wrong tokens; wait {seconds} seconds.", "口令错误次数过多；请等待 {seconds} 秒。"
)
ASK = Text(
    "Enter the token that was shown where the lab was started.",
    "请输入启动实验室时显示的口令。",
)
STYLE = """
:root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { max-width: 24rem; padding: 1rem; }
input, button { font: inherit; padding: .4rem .7rem; box-sizing: border-box; width: 100%;
  margin-top: .5rem; }
p { margin: .4rem 0; }
.problem { border-left: .3rem solid #d55e00; padding-left: .6rem; }
"""
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ogive Lab</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>Ogive Lab</h1>
{problem}
<form method="post" action="">
<label for="token"><p>{ask.en}</p><p lang="zh">{ask.zh}</p></label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
<button type="submit">Enter · <span lang="zh">进入</span></button>
</form>
</main>
</body>
</html>
"""
PROBLEM = '<p class="problem" role="alert">{text.en}<br><span lang="zh">{text.zh}</span></p>'
STYLE_HASH = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
ASK_HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    # Under no-referrer a browser would give this form the origin "null".
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Connection": "close",
}


class Attempts:
    """Counts wrong tokens by address: after five each one doubles the wait before the next."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Return for how many seconds an address may not try again."""
        return max(self._known.get(_network(client), (0, 0.0))[1] - time.monotonic(), 0.0)

    def failed(self, client: str) -> None:
        """Note a wrong token."""
        network = _network(client)
        count = self._known.pop(network, (0, 0.0))[0] + 1
        wait = min(2.0 ** (count - FREE_ATTEMPTS), LONGEST_WAIT) if count >= FREE_ATTEMPTS else 0.0
        self._known[network] = count, time.monotonic() + wait
        if len(self._known) > MOST_ADDRESSES:
            self._known.popitem(last=False)

    def succeeded(self, client: str) -> None:
        """Forget the wrong tokens of an address."""
        self._known.pop(_network(client), None)


def _network(client: str) -> str:
    """Return what one machine can hardly change: of IPv6, where it has many, the first half."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    if address.version == 4:
        return client
    return str(ipaddress.ip_network((address, 64), strict=False))


class Admission:
    """Lets nobody past who has not shown the token.

    ``?token=…`` in an address is exchanged for a cookie and taken out of the address; a visitor
    who comes without it gets a page that asks for it.

    Parameters
    ----------
    app : ASGI application
    token : str
    port : int
        Names the cookie: browsers do not keep cookies of different ports apart.
    """

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self.app = app
        self.token = token
        self.cookie = f"ogive_admission_{port}"
        # The cookie proves that the token was known, and does not give it away.
        self.proof = hmac.new(token.encode(), b"ogive lab", "sha256").hexdigest()
        self.attempts = Attempts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        given = cookie_parser(Headers(scope=scope).get("cookie", "")).get(self.cookie, "")
        admitted = hmac.compare_digest(given.encode(), self.proof.encode())
        if scope["type"] == "websocket":
            if admitted:
                await self.app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008, "reason": "token missing"})
            return
        request = Request(scope, receive)
        if scope["method"] in ("GET", "HEAD") and "token" in request.query_params:
            answer = self._exchanged(request, request.query_params["token"], admitted=admitted)
        elif admitted:
            await self.app(scope, receive, send)
            return
        elif is_api(scope["path"]):
            answer = error_response(401)
        elif scope["method"] == "POST":
            answer = self._exchanged(request, await _typed(request))
        else:
            answer = _asking(401)
        await answer(scope, receive, send)

    def _exchanged(self, request: Request, token: str, *, admitted: bool = False) -> Response:
        """Return what takes an admitted visitor to the page, the token no longer in its address."""
        if admitted:
            return once_more()
        client = request.client.host if request.client else ""
        wait = self.attempts.wait(client)
        if wait:
            seconds = int(wait) + 1
            text = Text(*(part.format(seconds=seconds) for part in SLOW))
            return _asking(429, text, {"Retry-After": str(seconds)})
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            self.attempts.failed(client)
            return _asking(401, WRONG)
        self.attempts.succeeded(client)
        answer = once_more()
        answer.set_cookie(self.cookie, self.proof, httponly=True, samesite="strict", path="/")
        return answer


async def _typed(request: Request) -> str:
    """Return the token in a form that was sent."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_FORM_BYTES:
            return ""
    return dict(parse_qsl(body.decode("utf-8", "replace"))).get("token", "").strip()


def _asking(
    status: int, problem: Text | None = None, headers: dict[str, str] | None = None
) -> HTMLResponse:
    shown = PROBLEM.format(text=problem) if problem else ""
    page = PAGE.format(style=STYLE, ask=ASK, problem=shown)
    return HTMLResponse(page, status, {**ASK_HEADERS, **(headers or {})})
