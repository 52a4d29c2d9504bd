"""What a lab is started with."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path

from ogive.text import InputError, Language
from ogive_lab.limits import Limits

__all__ = ["DEFAULT_PORT", "Settings", "is_loopback"]

DEFAULT_PORT = 8642
SHORTEST_TOKEN = 8
BUILT_PAGE = Path(__file__).parent / "page"


def _page() -> Path:
    return Path(os.environ.get("OGIVE_LAB_PAGE") or BUILT_PAGE)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where a lab is served, to whom, and within which limits.

    Attributes
    ----------
    host : str, default="127.0.0.1"
        Address to listen on. On any address but this machine's own a token is required.
    port : int, default=8642
        0 takes any free one.
    token : str, optional
        What visitors have to know; at least 8 printable ASCII characters.
    names : tuple of str
        Further names under which visitors reach this machine; addresses, ``localhost`` and the
        machine's own name are known already.
    language : {"en", "zh"}, optional
        Language of the page until a visitor chooses another; by default the browser's.
    page : Path
        Folder of the built client; by default that of the environment variable
        ``OGIVE_LAB_PAGE``, or the one that comes with the package.
    limits : Limits
        What one visitor may ask for.
    store : str, optional
        The store of comparisons, as `ogive.compare` takes it; by default the user's own, with all
        its runs. Where a token is asked for, each visitor has the runs of their own, by default
        in a store beside the user's; they are there again after a restart, and go after a month.
    warm : bool, default=True
        Begin worker processes, and derive the catalogue, at the start rather than when they are
        first asked for.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    token: str | None = None
    names: tuple[str, ...] = ()
    language: Language | None = None
    page: Path = field(default_factory=_page)
    limits: Limits = field(default_factory=Limits)
    store: str | None = None
    warm: bool = True

    def __post_init__(self) -> None:
        token = self.token
        if token is not None and (
            len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable()
        ):
            raise InputError(
                f"The token must have at least {SHORTEST_TOKEN} printable ASCII characters; "
                "leave it out to have one made at random.",
                f"口令至少要有 {SHORTEST_TOKEN} 个可打印的 ASCII 字符；不给出则随机生成。",
            )
        if token is None and not is_loopback(self.host):
            raise InputError(
                f"A token is required on {self.host}, which other machines can reach.",
                f"{self.host} 可被其他机器访问，必须设置口令。",
            )


def is_loopback(host: str) -> bool:
    """Return whether an address can be reached from this machine only."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
