"""The application, put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from starlette.types import Receive, Scope, Send

from ogive import __version__
from ogive_lab.admission import Admission
from ogive_lab.api import ROUTERS
from ogive_lab.bodies import BodyLimit
from ogive_lab.comparing.contests import Contests
from ogive_lab.errors import ERROR_ANSWERS, UnexpectedErrors, add_error_handlers, error_response
from ogive_lab.functions.catalogue import Catalogue
from ogive_lab.hub import Hub
from ogive_lab.jobs import Jobs
from ogive_lab.navigation import FromElsewhere
from ogive_lab.packing import Packing
from ogive_lab.paths import UPLOADS, is_api
from ogive_lab.security import Guard
from ogive_lab.settings import Settings
from ogive_lab.state import Lab
from ogive_lab.static import Client
from ogive_lab.visitors import VisitorCookie, Visitors

__all__ = ["create_app"]

SWEEP_SECONDS = 5.0


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the lab as an ASGI application.

    Parameters
    ----------
    settings : Settings, optional
        By default those of a lab for this machine alone.
    """
    settings = settings or Settings()
    hub = Hub()
    jobs = Jobs(hub, settings.limits.workers)
    visitors = Visitors(settings.limits, forget=jobs.stop_all)
    contests = Contests(jobs, hub, settings.limits)
    lab = Lab(settings, visitors, hub, jobs, Catalogue(jobs), contests)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(_sweep(lab))]
        if settings.warm:
            jobs.warm_up()
            tasks.append(lab.catalogue.prepare())
        yield
        for task in tasks:
            task.cancel()
        jobs.close()

    app = FastAPI(
        title="Ogive Lab",
        version=__version__,
        # The pages of FastAPI's own documentation load from another host.
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        responses=ERROR_ANSWERS,
        lifespan=lifespan,
    )
    app.state.lab = lab
    add_error_handlers(app)
    for router in ROUTERS:
        app.include_router(router)
    _add_page(app, Client(settings.page, settings.language))

    # The last one added is the first to see a request.
    app.add_middleware(Packing)
    app.add_middleware(VisitorCookie, port=settings.port)
    if settings.token is not None:
        app.add_middleware(Admission, token=settings.token, port=settings.port)
    app.add_middleware(FromElsewhere)
    app.add_middleware(BodyLimit, larger={UPLOADS: settings.limits.upload_bytes})
    app.add_middleware(UnexpectedErrors)
    app.add_middleware(Guard, names=settings.names)
    return app


async def _sweep(lab: Lab) -> None:
    """Forget visitors who have gone, and end what runs for them."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        for visitor in lab.visitors.sweep():
            lab.jobs.stop_all(visitor)


def _add_page(app: FastAPI, client: Client) -> None:
    """Let whatever is no route of the API be a file of the page."""

    async def otherwise(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "no such socket"})
            return
        page = scope["method"] in ("GET", "HEAD") and not is_api(scope["path"])
        answer = client.answer(Request(scope)) if page else error_response(404)
        await answer(scope, receive, send)

    app.router.default = otherwise
