"""`kaihyo key`: make keys, ask for them, approve them, replace and revoke them."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from aggregates.commands import office_commands as o
from aggregates.election.key import NewKey, short_fingerprint
from aggregates.election.office import ROLES, OfficeFacts
from api.cli.common.console import ERRORS, fail
from api.cli.common.posting_command import Sending, sends
from api.cli.common.posting_options import (
    ElectionOption,
    EnvironmentOption,
    SenderOption,
    private_keys,
)
from infra.adapters.filesystem.key_file import new_private_key, write_private_key
from infra.protocols.signed_note.keys import fingerprint
from infra.runtime.settings import Settings
from infra.runtime.system_faults import fault_reason
from infra.services.importing.server_documents import ServedDocuments
from infra.services.outbox.server_connection import NoAnswer
from infra.services.signing.proof_of_possession import prove
from projections.documents.offices_document import OfficesDocument

app = typer.Typer(name="key", help="機関の鍵。", no_args_is_help=True)

OfficeArgument = Annotated[str, typer.Argument(help="鍵を持つ機関のコード。")]
KeyIdArgument = Annotated[str, typer.Argument(help="鍵の番号（公開鍵の SHA-256）。")]


@app.command("new")
def new(
    file: Annotated[Path, typer.Argument(help="秘密鍵を書き込む新しいファイル。")],
) -> None:
    """新しい鍵を作る。秘密鍵は本人だけが読めるファイルに置く。"""
    key = new_private_key()
    try:
        write_private_key(file, key)
    except FileExistsError as error:
        raise fail(f"{file} はすでにあります。鍵は上書きしません。") from error
    except OSError as error:
        raise fail(
            f"{file} に書き込めません（{fault_reason(error)}）。"
            "フォルダがあるか、書き込めるかを確かめてください。"
        ) from error
    ERRORS.print(f"{file} に秘密鍵を置きました。複製も共有もしないでください。")
    ERRORS.print(f"電話で読み合わせる番号　{short_fingerprint(fingerprint(key.public))}")
    typer.echo(fingerprint(key.public))


@app.command("request")
def request(
    office: OfficeArgument,
    file: Annotated[Path, typer.Argument(help="新しい鍵のファイル。")],
    election: ElectionOption,
    environment: EnvironmentOption = "live",
) -> None:
    """鍵の登録申請（公開鍵と所持の証明）を作る。上級の機関に渡し、key enrol で送ってもらう。"""
    (key,) = private_keys([file])
    made = prove(key, election=election, environment=environment, office=office)
    typer.echo(msgspec.json.encode(made).decode())


@app.command("enrol")
@sends
def enrol(
    office: OfficeArgument,
    sender: SenderOption,
    request_file: Annotated[Path, typer.Option("--request", help="key request の出力。")],
    sending: Sending,
) -> None:
    """鍵の登録を申請する。機関自身（別の鍵があるとき）か上級の機関が送る。"""
    sending.send(sender, o.EnrolKey(office=office, key=_request_key(request_file)))


@app.command("approve")
@sends
def approve(
    office: OfficeArgument,
    keyid: KeyIdArgument,
    sender: SenderOption,
    sending: Sending,
) -> None:
    """別の機関として鍵を承認する。次の記録から署名できるようになる。"""
    record = _registered_office(sending, office)
    role = ROLES[record.role]
    units = "、".join(record.units) or "なし"
    typer.echo(f"承認する登録 {record.id}　{record.name}　役割 {role}　開票区 {units}　鍵 {keyid}")
    typer.echo(f"電話で読み合わせる番号　{short_fingerprint(keyid)}")
    sending.send(sender, o.ApproveKey(office=office, keyid=keyid, record=record))


def _registered_office(sending: Sending, office: str) -> OfficeFacts:
    """The register's entry of an office, which the approval states; ends the command without."""
    election = sending.election or Settings().election
    if not election:
        raise fail("--election で選挙のコードを指定してください。")
    try:
        found = ServedDocuments(sending.server, election).find("offices", OfficesDocument)
    except NoAnswer as down:
        raise fail(
            f"サーバーにつながらないため、承認する登録内容を確かめられません（{down}）。"
        ) from down
    rows = found.offices if found is not None else []
    row = next((each for each in rows if each.id == office), None)
    if row is None:
        raise fail(f"機関「{office}」は登録されていません。")
    return OfficeFacts(
        id=row.id,
        name=row.name,
        role=row.role,
        prefecture=row.prefecture,
        units=tuple(row.units),
        parent=row.parent,
        signatures_required=row.signatures_required,
    )


@app.command("rotate")
@sends
def rotate(
    office: OfficeArgument,
    request_file: Annotated[Path, typer.Option("--request", help="新しい鍵の key request。")],
    sending: Sending,
) -> None:
    """鍵を新しい鍵に替える。最初の --key が古い鍵で、その署名と新しい鍵の証明が要る。"""
    if not sending.keys:
        raise fail("--key で古い鍵を指定してください。")
    old = fingerprint(sending.keys[0].public)
    sending.send(office, o.RotateKey(office=office, keyid=old, key=_request_key(request_file)))


@app.command("revoke")
@sends
def revoke(
    office: OfficeArgument,
    keyid: KeyIdArgument,
    sender: SenderOption,
    reason: Annotated[str, typer.Option(help="理由。公開される。")],
    sending: Sending,
) -> None:
    """鍵を失効させる。それまでの投稿は残る。"""
    sending.send(sender, o.RevokeKey(office=office, keyid=keyid, reason=reason))


def _request_key(file: Path) -> NewKey:
    try:
        return msgspec.json.decode(file.read_bytes(), type=NewKey)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise fail(f"{file}: 鍵の登録申請として読めません（{fault_reason(error)}）。") from error
