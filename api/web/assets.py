"""Stylesheets and scripts: addresses name their content, so browsers may keep them permanently."""

import gzip
import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

_FOLDER = Path(__file__).parent / "static"
_FOREVER = "public, max-age=31536000, immutable"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}

router = APIRouter(include_in_schema=False)


class Asset(NamedTuple):
    """A file as it is sent."""

    body: bytes
    compressed: bytes
    media_type: str


@cache
def assets() -> dict[str, Asset]:
    """Every file of the folder by its path, read once."""
    return {
        file.relative_to(_FOLDER).as_posix(): _read(file)
        for file in sorted(_FOLDER.rglob("*"))
        if file.suffix in _TYPES
    }


def _read(file: Path) -> Asset:
    body = file.read_bytes()
    return Asset(body, gzip.compress(body, mtime=0), _TYPES[file.suffix])


@cache
def edition() -> str:
    """A short digest over every file: part of their address, and of every page's entity tag."""
    whole = hashlib.sha256()
    for folder in (_FOLDER, _FOLDER.parent / "templates"):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                whole.update(file.relative_to(folder.parent).as_posix().encode())
                whole.update(file.read_bytes())
    return whole.hexdigest()[:12]


def address(name: str) -> str:
    """Where a file is served; modules import each other relative to it."""
    return f"/static/{edition()}/{name}"


@router.get("/static/{made}/{name:path}")
def static(made: str, name: str, request: Request) -> Response:
    """A file; an address of an earlier edition answers with today's file for a moment only."""
    asset = assets().get(name)
    if asset is None:
        return Response("Not found.", 404, media_type="text/plain")
    headers = {
        "Cache-Control": _FOREVER if made == edition() else "no-cache",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.compressed, headers=headers, media_type=asset.media_type)
    return Response(asset.body, headers=headers, media_type=asset.media_type)
