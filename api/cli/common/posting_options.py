"""What commands that post have in common: keys, outbox, server, and what is printed afterwards."""

import secrets
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from aggregates.commands import election_commands as c
from aggregates.errors import Refusal
from api.cli.common.console import ERRORS, WAITING, WRONG, fail
from infra.adapters.event_log.event_codec import canonical
from infra.adapters.event_log.submission_receipt import Receipt
from infra.adapters.filesystem.key_file import KeyFileUnsafe, read_private_key
from infra.protocols.protocol_errors import KeyMalformed
from infra.protocols.signed_note.keys import PrivateKey
from infra.services.outbox.forwarding import Forwarded, Forwarder
from infra.services.outbox.outbox_queue import Outbox, OutboxBusy, OutboxDamaged
from infra.services.outbox.server_connection import AddressWrong, HttpConnection
from infra.services.signing.submission_auth import decode_submission

ServerOption = Annotated[
    str, typer.Option("--server", envvar="KAIHYO_SERVER", help="送り先（例 https://host/）。")
]
OutboxOption = Annotated[
    Path, typer.Option("--outbox", envvar="KAIHYO_OUTBOX", help="送信待ちの置き場所。")
]
KeysOption = Annotated[
    list[Path] | None,
    typer.Option("--key", help="署名する鍵のファイル。二人で署名するときは二回指定する。"),
]
SenderOption = Annotated[str, typer.Option("--as", help="送る機関のコード。")]
ElectionOption = Annotated[
    str, typer.Option("--election", envvar="KAIHYO_ELECTION", help="選挙のコード（例 house50）。")
]
EnvironmentOption = Annotated[
    str, typer.Option("--environment", envvar="KAIHYO_ENVIRONMENT", help="live か rehearsal。")
]

FoundingCodeOption = Annotated[
    str,
    typer.Option(
        "--founding-code",
        envvar="KAIHYO_FOUNDING_CODE",
        help="本番の選挙を設立するときの、サーバーが起動時に表示したコード。記録には残らない。",
    ),
]

DEFAULT_SERVER = "http://127.0.0.1:8000/"
DEFAULT_OUTBOX = Path("outbox")
_ID_BYTES = 12


class _Facts(msgspec.Struct, frozen=True):
    position: int | None = None


class _Problem(msgspec.Struct, frozen=True):
    detail: str = ""
    type: str = ""
    facts: _Facts = _Facts()


def private_keys(paths: list[Path] | None) -> list[PrivateKey]:
    """The keys that sign, from their files; ends the command when one cannot be used."""
    try:
        return [read_private_key(path) for path in paths or ()]
    except FileNotFoundError as error:
        raise fail(f"{error.filename}: 鍵のファイルがありません。") from error
    except (KeyFileUnsafe, KeyMalformed) as error:
        raise fail(str(error)) from error


def build_submission(
    sender: str, election: str, environment: str, command: c.Command
) -> c.Submission:
    """A submission with a number of its own."""
    chosen = election or _election_of_settings()
    if not chosen:
        raise fail("--election で選挙のコードを指定してください。")
    written = c.Submission(
        election=chosen,
        environment=environment,
        office=sender,
        submission_id=new_id(sender),
        command=command,
    )
    try:
        return decode_submission(canonical(written))
    except Refusal as refusal:
        raise fail(str(refusal)) from refusal


def _election_of_settings() -> str:
    """The election that the environment names; empty where it names none."""
    # Only who leaves the option out reads settings, whose library takes as long as all the rest.
    from infra.runtime.settings import Settings  # noqa: PLC0415

    return Settings().election


def new_id(office: str) -> str:
    """A submission id that nobody has used."""
    return f"{office}-{secrets.token_hex(_ID_BYTES)}"


def send_submission(
    submission: c.Submission | None,
    outbox: Path,
    server: str,
    keys: list[PrivateKey],
    founding_code: str = "",
) -> None:
    """Put a submission into the outbox, send what waits, and tell what became of it.

    Ends the command with 1 when something was refused; what waits is no failure.
    """
    box = Outbox(outbox)
    if submission is not None:
        box.add(submission)
    told: list[Forwarded] = []
    try:
        Forwarder(box, HttpConnection(server, founding_code), keys).forward(told.append)
    except (OutboxBusy, OutboxDamaged, AddressWrong) as error:
        raise fail(str(error)) from error
    for each in told:
        _print_outcome(each)
    left = len(box.waiting())
    if left:
        ERRORS.print(
            f"送信待ち {left} 件（{outbox}）。接続が戻ったら kaihyo post --flush で順に送ります。",
            style=WAITING,
        )
    if any(each.state == "refused" for each in told):
        raise typer.Exit(1)


def _print_outcome(each: Forwarded) -> None:
    name = f"{each.waiting.submission.submission_id}（{each.waiting.submission.command.name}）"
    match each.state:
        case "recorded":
            receipt = msgspec.json.decode(each.answer, type=Receipt)
            again = "受付済み" if receipt.repeated else "受付"
            typer.echo(f"{again} 位置 {receipt.position} {name}")
            for notice in receipt.notices:
                # Units have no figures; what is said of one names it.
                figures = f"{notice.before} → {notice.now}"
                is_of_figures = notice.before or notice.now
                typer.echo(f"  警告 {notice.code}: {figures if is_of_figures else notice.option}")
        case "known":
            problem = msgspec.json.decode(each.answer, type=_Problem)
            typer.echo(f"受付済み 位置 {problem.facts.position} {name}")
        case "refused":
            problem = msgspec.json.decode(each.answer, type=_Problem)
            ERRORS.print(f"不受理 {name}: {problem.detail}", style=WRONG)
        case "waiting":
            ERRORS.print(f"未送信 {name}", style=WAITING)
