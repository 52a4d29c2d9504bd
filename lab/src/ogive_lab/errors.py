"""What is told to a page when something cannot be done: always both languages, never a trace."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ogive.text import InputError, Text
from ogive_lab.worker import details_of

__all__ = [
    "ERROR_ANSWERS",
    "Refusal",
    "TwoLanguages",
    "UnexpectedErrors",
    "add_error_handlers",
    "error_response",
]

log = logging.getLogger("ogive_lab")

STATUS_TEXTS = {
    400: Text("The request cannot be understood.", "无法理解该请求。"),
    401: Text(
        "The token is missing; open the link with the token.", "缺少口令；请打开带口令的链接。"
    ),
    403: Text("This is not allowed from another page.", "不允许从其他页面进行此操作。"),
    404: Text("There is nothing at this address.", "此地址没有内容。"),
    405: Text("This address does not take such a request.", "此地址不接受这种请求。"),
    406: Text("There is no such form of this.", "没有所要求的格式。"),
    408: Text("The data came too slowly; try again.", "数据传输太慢；请重试。"),
    409: Text("This was stopped.", "已停止。"),
    413: Text("This is too large.", "内容过大。"),
    415: Text("Data of this kind are not taken here.", "此处不接受这种数据。"),
    422: Text("The request is not as expected.", "请求的内容不符合要求。"),
    429: Text("Too many requests at once; wait a moment.", "请求过于频繁；请稍候。"),
    503: Text("The lab is busy; try again in a moment.", "实验室正忙；请稍后重试。"),
}
UNEXPECTED = Text(
    "The lab failed at this (number {id}); the terminal it was started in tells more.",
    "实验室处理时出错（编号 {id}）；启动它的终端中有详细信息。",
)
THE_REQUEST = Text("The request", "请求")
# What pydantic says, by its kind; the rest is told in general.
PROBLEMS = {
    "missing": Text("is missing.", "缺失。"),
    "json_invalid": Text("is no valid JSON.", "不是有效的 JSON。"),
    "string_type": Text("must be a text.", "必须是文本。"),
    "string_too_long": Text(
        "may have at most {max_length} characters.", "最多 {max_length} 个字符。"
    ),
    "string_too_short": Text(
        "must have at least {min_length} characters.", "至少要有 {min_length} 个字符。"
    ),
    "too_long": Text("may have at most {max_length} entries.", "最多 {max_length} 项。"),
    "too_short": Text("must have at least {min_length} entries.", "至少要有 {min_length} 项。"),
    "extra_forbidden": Text("is not known here.", "此处没有这一项。"),
    "finite_number": Text("must be a finite number.", "必须是有限的数。"),
    "greater_than_equal": Text("must be at least {ge}.", "必须不小于 {ge}。"),
    "greater_than": Text("must be greater than {gt}.", "必须大于 {gt}。"),
    "less_than_equal": Text("must be at most {le}.", "必须不大于 {le}。"),
    "less_than": Text("must be less than {lt}.", "必须小于 {lt}。"),
    "literal_error": Text("must be one of {expected}.", "只能是 {expected} 之一。"),
    "int_type": Text("must be a whole number.", "必须是整数。"),
    "int_parsing": Text("must be a whole number.", "必须是整数。"),
    "int_from_float": Text("must be a whole number.", "必须是整数。"),
    "float_type": Text("must be a number.", "必须是数。"),
    "float_parsing": Text("must be a number.", "必须是数。"),
    "bool_type": Text("must be true or false.", "必须是 true 或 false。"),
    "bool_parsing": Text("must be true or false.", "必须是 true 或 false。"),
    "list_type": Text("must be a list.", "必须是列表。"),
    "dict_type": Text("must be an object with named fields.", "必须是带名称的对象。"),
    "model_attributes_type": Text("must be an object with named fields.", "必须是带名称的对象。"),
}
OTHERWISE = Text("is not as expected.", "不符合要求。")


class TwoLanguages(BaseModel, extra="allow"):
    """A text in both languages, and perhaps more about it."""

    en: str
    zh: str


_TEXT = {"type": "string", "minLength": 1}
_ERROR = {"type": "object", "required": ["en", "zh"], "properties": {"en": _TEXT, "zh": _TEXT}}
_ANSWER = {"type": "object", "required": ["error"], "properties": {"error": _ERROR}}
# The type is named, for otherwise it would be taken to be that of the route, such as a page.
ERROR_ANSWERS: dict[int | str, dict[str, Any]] = {
    status: {"description": text.en, "content": {"application/json": {"schema": _ANSWER}}}
    for status, text in STATUS_TEXTS.items()
}
"""For the description of the API: any route may answer so."""


class Refusal(InputError):
    """Something that cannot be done, with the status that says of what sort it is.

    Parameters
    ----------
    status : int
        Status of the answer.
    en, zh : str, optional
        What is said; by default what `STATUS_TEXTS` says of the status.
    headers : mapping, optional
        Further headers of the answer.
    details : mapping, optional
        Further fields beside the two languages, such as the place in a text.
    """

    def __init__(
        self,
        status: int,
        en: str | None = None,
        zh: str | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        known = STATUS_TEXTS[status]
        super().__init__(en or known.en, zh or known.zh)
        self.status = status
        self.headers = dict(headers or {})
        self.details = dict(details or {})


def error_response(
    status: int,
    text: Text | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    details: Mapping[str, Any] | None = None,
) -> JSONResponse:
    """Return ``{"error": {"en": …, "zh": …, **details}}``."""
    known = text or STATUS_TEXTS.get(status, STATUS_TEXTS[400])
    body = {"error": {**(details or {}), "en": known.en, "zh": known.zh}}
    told = {"Cache-Control": "no-store", **(headers or {})}
    return JSONResponse(body, status_code=status, headers=told)


def add_error_handlers(app: FastAPI) -> None:
    """Let every error leave the application as `error_response` makes it."""

    async def refused(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, InputError)
        if isinstance(error, Refusal):
            return error_response(
                error.status, error.text, headers=error.headers, details=error.details
            )
        return error_response(422, error.text, details=details_of(error))

    async def http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        return error_response(error.status_code, headers=error.headers)

    async def invalid(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return error_response(422, _sentence(error.errors()[0]))

    app.add_exception_handler(InputError, refused)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)


def _sentence(problem: Mapping[str, Any]) -> Text:
    """Return what one of pydantic's problems says, with the field it is about."""
    steps = [str(step) for step in problem["loc"][1:]]
    if problem["type"] == "json_invalid":
        steps = []
    field = ".".join(step[:40] for step in steps[:6]).encode("utf-8", "backslashreplace").decode()
    what = PROBLEMS.get(problem["type"], OTHERWISE)
    given = {key: str(value)[:200] for key, value in problem.get("ctx", {}).items()}
    try:
        told = Text(what.en.format(**given), what.zh.format(**given))
    except KeyError:
        told = OTHERWISE
    named = Text(repr(field), f"“{field}”") if field else THE_REQUEST
    return Text(f"{named.en} {told.en}", f"{named.zh}{told.zh}")


class UnexpectedErrors:
    """Logs what no handler knows, and tells the page its number only."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] in ("http.response.start", "websocket.accept")
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception:
            number = secrets.token_hex(4)
            log.exception("Unexpected error %s at %s", number, scope["path"])
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1011, "reason": f"error {number}"})
            elif started:
                raise  # half an answer cannot be taken back: the connection is cut
            else:
                text = Text(*(part.format(id=number) for part in UNEXPECTED))
                await error_response(500, text)(scope, receive, send)
