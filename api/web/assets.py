"""Stylesheets and scripts: addresses name their content, so browsers may keep them permanently."""

import gzip
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from api.web.translations import CATALOGUE, script_english

_FOLDER = Path(__file__).parent / "static"
_FOREVER = "public, max-age=31536000, immutable"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}

ENGLISH = "shared/english.js"
"""The module of the English sentences of scripts; it is made from the catalogue, not a file."""

router = APIRouter(include_in_schema=False)


class Asset(NamedTuple):
    """A file as it is sent."""

    body: bytes
    compressed: bytes
    media_type: str


@cache
def assets() -> dict[str, Asset]:
    """Every file of the folder by its path, read once; and the English of scripts."""
    found = {
        file.relative_to(_FOLDER).as_posix(): _asset(file.read_bytes(), file.suffix)
        for file in sorted(_FOLDER.rglob("*"))
        if file.suffix in _TYPES
    }
    sentences = json.dumps(script_english(), ensure_ascii=False)
    return {**found, ENGLISH: _asset(f"export default {sentences};\n".encode(), ".js")}


def _asset(body: bytes, suffix: str) -> Asset:
    return Asset(body, gzip.compress(body, mtime=0), _TYPES[suffix])


@cache
def edition() -> str:
    """A short digest over every file: part of their address, and of every page's entity tag."""
    whole = hashlib.sha256(CATALOGUE.read_bytes())
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
