"""The routes of the API, one router for each topic."""

from __future__ import annotations

from fastapi import APIRouter

from ogive_lab import socket
from ogive_lab.api import exports, functions, health, jobs, limits, networks

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (
    health.router,
    limits.router,
    jobs.router,
    functions.router,
    exports.router,
    networks.router,
    socket.router,
)
