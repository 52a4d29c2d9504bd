"""``ogive lab``: the lecture in the browser, served by the distribution ogive-lab."""

from __future__ import annotations

import os
import socket
import sys
import threading
import webbrowser
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from ogive.cli.language import both
from ogive.cli.options import Lang, option, typed
from ogive.cli.screen import Screen
from ogive.cli.values import positive_number, separated, whole
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive_lab import Settings

__all__ = ["HELP", "lab"]

HELP = both(
    "Open the lab: the whole lecture alive in the browser, on this machine, offline.\n\n"
    "For a class, --host 0.0.0.0 lets other machines in; they need the link with the token that "
    "is printed. Ctrl-C ends it.",
    "打开实验室：在浏览器中动手体验整个课程，在本机运行，无需联网。\n\n"
    "用于课堂时，--host 0.0.0.0 允许其他机器访问；它们需要使用打印出的带口令的链接。"
    "按 Ctrl-C 结束。",
)
LIMITS = both("Limits for each visitor", "每位访客的限制")
SERVER = both("Server", "服务器")
DEFAULT_PORT = "8642"

NOT_INSTALLED = InputError(
    "The lab is a package of its own; install it with: pip install 'ogive[lab]'",
    "实验室是单独的软件包；请先安装：pip install 'ogive[lab]'",
)
OPEN_AT = Text("The lab is open at {address}", "实验室已打开：{address}")
FOR_OTHERS = Text("For other machines: {address}", "供其他机器使用：{address}")
TO_END = Text("Ctrl-C ends it.", "按 Ctrl-C 结束。")
ENDED = Text("The lab has ended.", "实验室已结束。")
EVERYWHERE = ("0.0.0.0", "::")

Host = Annotated[
    str,
    option(
        "--host",
        "ADDRESS",
        "Address to listen on; 0.0.0.0 for all. Other machines need the token.",
        "监听的地址；0.0.0.0 表示全部。其他机器需要口令。",
        SERVER,
    ),
]
Port = Annotated[
    str, option("--port", "N", "Port; 0 for any free one.", "端口；0 表示任一空闲端口。", SERVER)
]
Token = Annotated[
    str | None,
    option(
        "--token",
        "TEXT",
        "What visitors have to know, at least 8 characters. [at random on an address that other "
        "machines reach]",
        "访客必须知道的口令，至少 8 个字符。 [其他机器可访问时随机生成]",
        SERVER,
    ),
]
Name = Annotated[
    list[str] | None,
    option(
        "--name",
        "NAME",
        "A further name of this machine that visitors use (may be repeated).",
        "访客使用的本机其他名称（可重复给出）。",
        SERVER,
    ),
]
NoBrowser = Annotated[
    bool, option("--no-browser", "", "Do not open the browser.", "不打开浏览器。", SERVER)
]
StorePlace = Annotated[
    str | None,
    option(
        "--store",
        "PATH|URL",
        "Where comparisons are kept. [OGIVE_STORE, or a file in your data folder]",
        "保存比较结果的位置。 [OGIVE_STORE，或用户数据目录中的文件]",
        SERVER,
    ),
]
Rows = Annotated[
    str | None,
    option("--limit-rows", "N", "Rows of a table. [100000]", "表格的行数。 [100000]", LIMITS),
]
Columns = Annotated[
    str | None,
    option("--limit-columns", "N", "Columns of a table. [500]", "表格的列数。 [500]", LIMITS),
]
Megabytes = Annotated[
    str | None,
    option(
        "--limit-megabytes",
        "X",
        "Size of an uploaded file. [20]",
        "上传文件的大小（MB）。 [20]",
        LIMITS,
    ),
]
Epochs = Annotated[
    str | None,
    option("--limit-epochs", "N", "Epochs of a training. [500]", "训练的轮数。 [500]", LIMITS),
]
Seconds = Annotated[
    str | None,
    option(
        "--limit-seconds",
        "X",
        "Time for one comparison. [600]",
        "一次比较的时间（秒）。 [600]",
        LIMITS,
    ),
]
Comparisons = Annotated[
    str | None,
    option(
        "--limit-comparisons",
        "N",
        "Comparisons of one visitor at once. [2]",
        "每位访客同时进行的比较数。 [2]",
        LIMITS,
    ),
]
Workers = Annotated[
    str | None,
    option(
        "--limit-workers",
        "N",
        "Jobs of all visitors that run at once. [cores but one]",
        "所有访客同时运行的任务数。 [核数减一]",
        LIMITS,
    ),
]
Memory = Annotated[
    str | None,
    option(
        "--limit-memory",
        "X",
        "Megabytes for the tables of all visitors. [512]",
        "所有访客的表格可用的内存（MB）。 [512]",
        LIMITS,
    ),
]


def lab(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = DEFAULT_PORT,
    token: Token = None,
    name: Name = None,
    no_browser: NoBrowser = False,
    store: StorePlace = None,
    limit_rows: Rows = None,
    limit_columns: Columns = None,
    limit_megabytes: Megabytes = None,
    limit_epochs: Epochs = None,
    limit_seconds: Seconds = None,
    limit_comparisons: Comparisons = None,
    limit_workers: Workers = None,
    limit_memory: Memory = None,
    lang: Lang = None,
) -> None:
    """Serve the lab until it is interrupted."""
    if find_spec("ogive_lab") is None:
        raise NOT_INSTALLED
    number = _port(port)
    limits = {
        "rows": _whole("--limit-rows", limit_rows),
        "columns": _whole("--limit-columns", limit_columns),
        "megabytes": _positive("--limit-megabytes", limit_megabytes),
        "epochs": _whole("--limit-epochs", limit_epochs),
        "seconds": _positive("--limit-seconds", limit_seconds),
        "comparisons": _whole("--limit-comparisons", limit_comparisons),
        "workers": _whole("--limit-workers", limit_workers),
        "memory": _positive("--limit-memory", limit_memory),
    }
    from ogive_lab.limits import Limits
    from ogive_lab.serving import bound_socket, serve
    from ogive_lab.settings import Settings, is_loopback
    from ogive_lab.tokens import random_token

    given = {name: value for name, value in limits.items() if value is not None}
    screen = Screen(context.obj.language)
    with bound_socket(host, number) as listening:
        number = listening.getsockname()[1]
        if token is None and not is_loopback(host):
            token = random_token(number)
        settings = Settings(
            host=host,
            port=number,
            token=token,
            names=tuple(separated(name, "--name")),
            language=screen.language if typed(context, "lang") else None,
            limits=Limits(**given),  # type: ignore[arg-type]
            store=store,
        )
        here = _tell(settings, screen)
        if not no_browser:
            _open(here)
        with suppress(KeyboardInterrupt):  # what the server makes of Ctrl-C after its end
            serve(settings, listening)
    screen.say(ENDED)


def _port(value: str) -> int:
    number = whole("--port", value, 0)
    if number > 65535:
        raise InputError(
            f"--port must be at most 65535. Got {value!r} instead.",
            f"--port 不能超过 65535，得到的却是“{value}”。",
        )
    return number


def _whole(name: str, value: str | None) -> int | None:
    return None if value is None else whole(name, value, 1)


def _positive(name: str, value: str | None) -> float | None:
    return None if value is None else positive_number(name, value)


def _tell(settings: Settings, screen: Screen) -> str:
    """Print where the lab is, and return the address to open on this machine."""
    query = "" if settings.token is None else f"?token={quote(settings.token)}"
    ending = f":{settings.port}/{query}"
    everywhere = settings.host in EVERYWHERE
    here = f"http://{_written('127.0.0.1' if everywhere else settings.host)}{ending}"
    # Printed as they are: a link that is broken into lines cannot be clicked on.
    print(OPEN_AT.to(screen.language, address=here))
    if everywhere:
        there = f"http://{_written(_own_address())}{ending}"
        print(FOR_OTHERS.to(screen.language, address=there))
    print(TO_END.to(screen.language), flush=True)
    return here


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _own_address() -> str:
    """Return the address under which other machines see this one; its name if there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # reserved for documentation; nothing is sent
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def _open(address: str) -> None:
    """Open the browser, if there is one that does not take over this terminal."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in screens):
        return
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
