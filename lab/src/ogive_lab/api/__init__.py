"""The routes of the API, one router for each topic."""

from __future__ import annotations

from fastapi import APIRouter

from ogive_lab import socket
from ogive_lab.api import (
    comparisons,
    exports,
    functions,
    health,
    jobs,
    limits,
    linear,
    networks,
    runs,
    tables,
)

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (
    health.router,
    limits.router,
    jobs.router,
    functions.router,
    exports.router,
    linear.router,
    networks.router,
    tables.router,
    comparisons.router,
    runs.router,
    socket.router,
)
