"""`kaihyo post`: sign and send a posting; without a connection it waits on disk."""

import hashlib
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from msgspec.structs import replace

from aggregates.commands import election_commands as c
from aggregates.errors import Refusal
from api.cli.common.console import fail
from api.cli.common.posting_options import (
    DEFAULT_OUTBOX,
    DEFAULT_SERVER,
    FoundingCodeOption,
    KeysOption,
    OutboxOption,
    ServerOption,
    new_id,
    private_keys,
    send_submission,
)
from infra.runtime.system_faults import fault_reason
from infra.services.outbox.outbox_queue import Outbox, OutboxDamaged
from infra.services.signing.submission_auth import decode_submission


def post(
    file: Annotated[Path | None, typer.Argument(help="投稿の JSON（submission）。")] = None,
    key: KeysOption = None,
    scan: Annotated[
        Path | None, typer.Option(help="用紙を読み取った画像。その要約値を投稿に付ける。")
    ] = None,
    server: ServerOption = DEFAULT_SERVER,
    outbox: OutboxOption = DEFAULT_OUTBOX,
    flush: Annotated[bool, typer.Option("--flush", help="送信待ちを順に送る。")] = False,
    founding_code: FoundingCodeOption = "",
    status: Annotated[bool, typer.Option("--status", help="送信待ちを表示する。")] = False,
) -> None:
    """投稿に署名して送る。接続がなければディスクに置き、後で順に送る（二重には記録されない）。"""
    if status:
        _show(outbox)
        return
    if (file is None) != flush:
        raise fail("投稿のファイルか --flush のどちらか一方を指定してください。")
    keys = private_keys(key)
    submission = None if file is None else _read(file, scan)
    send_submission(submission, outbox, server, keys, founding_code)


def _read(file: Path, scan: Path | None) -> c.Submission:
    """The posting of a file; a number is given to one that has none."""
    try:
        written = msgspec.json.decode(file.read_bytes())
        if isinstance(written, dict) and "submission_id" not in written:
            written["submission_id"] = new_id(str(written.get("office", "")))
        submission = decode_submission(msgspec.json.encode(written))
        if scan is not None:
            digest = hashlib.sha256(scan.read_bytes()).hexdigest()
            submission = replace(submission, scan_sha256=digest)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, Refusal) as error:
        raise fail(f"{file}: 送れません（{fault_reason(error)}）。") from error
    # The place in the chain is given when it is sent.
    return replace(submission, sequence=None, previous_sha256=None)


def _show(folder: Path) -> None:
    box = Outbox(folder)
    try:
        waiting = box.waiting()
    except OutboxDamaged as error:
        raise fail(str(error)) from error
    typer.echo(f"送信待ち {len(waiting)} 件")
    for each in waiting:
        submission = each.submission
        stage = "署名済み・返事待ち" if each.envelope else "未送信"
        command = submission.command
        about = getattr(command, "unit", "") or getattr(command, "contest", "")
        typer.echo(f"  {each.number:06d} {submission.office} {command.name} {about} {stage}")
    for number, answer in box.refusals():
        detail = msgspec.json.decode(answer).get("detail", "")
        typer.echo(f"  {number:06d} 不受理: {detail}")
