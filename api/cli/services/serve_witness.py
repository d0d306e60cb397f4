"""`kaihyo witness`: cosigns what extends what it has seen, and nothing else."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from api.cli.common.console import ERRORS, fail
from api.cli.common.options import HostOption, PortOption, settings_with
from api.cli.common.server import check_address
from infra.protocols.protocol_errors import KeyMalformed
from infra.protocols.signed_note.note import Signer, Verifier
from infra.runtime.clock import SystemClock
from infra.runtime.system_faults import describe_fault
from infra.services.sequencing.log_key import LogKeyUnusable, load_key, make_key
from infra.services.sequencing.witness import (
    REQUEST_BYTES_MAX,
    FolderWitnessStore,
    Witness,
)

_BODY_SECONDS_MAX = 30.0


def witness(
    state: Annotated[Path, typer.Option(help="最後に連署したチェックポイントを残すフォルダ。")],
    key: Annotated[Path, typer.Option(help="証人の秘密鍵のファイル。なければ作る。")],
    name: Annotated[str, typer.Option(help="証人の名前（例 witness.example/press）。")],
    log: Annotated[list[str], typer.Option(help="見張る記録の検証鍵（文字列かファイル）。")],
    host: HostOption = None,
    port: PortOption = None,
) -> None:
    """記録のチェックポイントに連署する証人。後戻りや枝分かれには決して連署しない。"""
    settings = settings_with(None, host=host, port=port)
    try:
        signer = _signer(key, name)
        logs = tuple(_log_key(text) for text in log)
    except (LogKeyUnusable, KeyMalformed, OSError) as error:
        raise fail(f"鍵が使えません（{describe_fault(error)}）。") from error
    check_address(settings)
    address = f"http://{settings.host}:{settings.port}"
    ERRORS.print(
        f"証人 {signer.verifier}\n方針ファイルの行: witness NAME {signer.verifier} {address}",
    )
    app = witness_app(Witness(signer, logs, FolderWitnessStore(state), SystemClock()))
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning", access_log=False)


def witness_app(core: Witness) -> Starlette:
    """The HTTP door of a witness (c2sp.org/tlog-witness)."""

    async def answer(request: Request) -> Response:
        body = bytearray()
        try:
            async with asyncio.timeout(_BODY_SECONDS_MAX):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > REQUEST_BYTES_MAX:
                        break
        except (TimeoutError, ClientDisconnect):
            # What has not come whole is not cosigned.
            return Response("the request was cut off\n", 400, media_type="text/plain")
        found = await run_in_threadpool(core.handle, request.method, request.url.path, bytes(body))
        return Response(found.body, found.status, media_type=found.content_type)

    everything = ["GET", "POST", "PUT", "DELETE", "PATCH"]
    return Starlette(routes=[Route("/{path:path}", answer, methods=everything)])


def _signer(path: Path, name: str) -> Signer:
    if path.exists():
        return load_key(path, name)
    return make_key(path, name, witness=True)


def _log_key(text: str) -> Verifier:
    if Path(text).is_file():
        text = Path(text).read_text(encoding="utf-8").strip()
    try:
        return Verifier.parse(text)
    except KeyMalformed as error:
        raise fail(
            f"鍵が使えません。--log の「{text}」というファイルはなく、"
            "検証鍵（名前+番号+公開鍵）でもありません。"
            "kaihyo sequence が表示した一行を、そのまま指定してください。"
        ) from error
