"""Serves the built client: packed ahead, cached for ever where a name holds a digest."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from pathlib import Path
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ogive.text import Language, Text
from ogive_lab.errors import error_response

__all__ = ["Client"]

FOR_EVER = "public, max-age=31536000, immutable"
EACH_TIME = "no-cache"
_WITH_DIGEST = re.compile(r"assets/(?:.*/)?[^/]+-[A-Za-z0-9_-]{8}\.[a-z0-9.]+")
_PACKABLE = re.compile(r"text/.*|.*(javascript|json|svg\+xml|wasm)")
_WORTH_PACKING = 1024
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm"}
_TYPES |= {".woff2": "font/woff2", ".svg": "image/svg+xml", ".json": "application/json"}

NOT_BUILT = Text(
    "The pages of the lab are not built yet. In the checkout, run: make lab-page",
    "实验室的页面尚未构建。请在源码目录中运行：make lab-page",
)
NOT_BUILT_PAGE = f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ogive Lab</title></head>
<body><h1>Ogive Lab</h1><p>{NOT_BUILT.en}</p><p lang="zh">{NOT_BUILT.zh}</p></body>
</html>
"""


class _File(NamedTuple):
    """A file as it is sent: bytes by encoding, and the tag of its content."""

    stamp: tuple[int, int]
    type: str
    tag: str
    bodies: dict[str, bytes]


class Client:
    """The built client in a folder.

    Parameters
    ----------
    folder : Path
        Beside a file may lie packed forms of it with ``.br`` and ``.gz`` after its name.
    language : {"en", "zh"}, optional
        Told to the page by ``<html data-lang=…>``.
    """

    def __init__(self, folder: Path, language: Language | None = None) -> None:
        self.folder = folder.resolve()
        self.language = language
        self._files: dict[Path, _File] = {}

    def answer(self, request: Request) -> Response:
        """Return what lies at the path of a request."""
        path = request.url.path.lstrip("/")
        if path in ("", "index.html"):
            return self._index(request)
        file = self._found(path)
        if file is not None:
            return self._sent(
                request, file, FOR_EVER if _WITH_DIGEST.fullmatch(path) else EACH_TIME
            )
        if path.startswith("assets/") or Path(path).suffix:
            return error_response(404)
        # The page's own files are named from its folder, so it is sent from there alone.
        return RedirectResponse("/", 307, {"Cache-Control": "no-store"})

    def _index(self, request: Request) -> Response:
        file = self._found("index.html")
        if file is None:
            return HTMLResponse(NOT_BUILT_PAGE, 503, {"Cache-Control": "no-store"})
        return self._sent(request, file, EACH_TIME)

    def _sent(self, request: Request, file: _File, caching: str) -> Response:
        headers = {"Cache-Control": caching, "Vary": "Accept-Encoding", "ETag": file.tag}
        given = request.headers.get("if-none-match", "")
        if file.tag in (tag.strip().removeprefix("W/") for tag in given.split(",")):
            return Response(status_code=304, headers=headers)
        coding = _wanted(request.headers, file.bodies)
        if coding:
            headers["Content-Encoding"] = coding
        return Response(file.bodies[coding], headers=headers, media_type=file.type)

    def _found(self, path: str) -> _File | None:
        """Return the file at a path below the folder, read again where it has changed."""
        if "\0" in path or "\\" in path or path.endswith((".br", ".gz")):
            return None
        try:
            place = (self.folder / path).resolve()
            if not place.is_relative_to(self.folder) or not place.is_file():
                return None
            about = place.stat()
            stamp = about.st_mtime_ns, about.st_size
            known = self._files.get(place)
            if known is None or known.stamp != stamp:
                known = self._files[place] = self._read(place, stamp)
            return known
        except OSError:  # such as a name that is too long, or a build that replaces the file now
            return None

    def _read(self, place: Path, stamp: tuple[int, int]) -> _File:
        plain = place.read_bytes()
        kind = _TYPES.get(place.suffix) or mimetypes.guess_type(place.name)[0]
        kind = kind or "application/octet-stream"
        bodies = {"": plain}
        if place.name == "index.html" and self.language is not None:
            marked = f'<html lang="{self.language}" data-lang="{self.language}"'
            bodies[""] = plain.replace(b'<html lang="en"', marked.encode(), 1)
        else:
            for coding, ending in (("br", ".br"), ("gzip", ".gz")):
                packed = place.with_name(place.name + ending)
                if packed.is_file() and packed.stat().st_mtime_ns >= stamp[0]:
                    bodies[coding] = packed.read_bytes()
        if len(bodies) == 1 and len(plain) >= _WORTH_PACKING and _PACKABLE.fullmatch(kind):
            bodies["gzip"] = gzip.compress(bodies[""], 6, mtime=0)
        return _File(stamp, kind, f'"{hashlib.sha256(bodies[""]).hexdigest()[:24]}"', bodies)


def _wanted(headers: Headers, bodies: dict[str, bytes]) -> str:
    """Return the best coding that the browser takes; it may refuse one with q=0."""
    taken = {}
    for part in headers.get("accept-encoding", "").lower().split(","):
        name, _, quality = part.partition(";")
        taken[name.strip()] = quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((coding for coding in ("br", "gzip") if taken.get(coding) and coding in bodies), "")
