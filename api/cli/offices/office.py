"""`kaihyo office`: enter offices into the register, and list it."""

from typing import Annotated
from urllib.request import urlopen

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from aggregates.commands import office_commands as o
from aggregates.election.key import short_fingerprint
from aggregates.election.office import ROLES, OfficeFacts
from api.cli.common.console import fail
from api.cli.common.options import JsonOption
from api.cli.common.posting_command import Sending, sends
from api.cli.common.posting_options import (
    DEFAULT_SERVER,
    ElectionOption,
    SenderOption,
    ServerOption,
)
from infra.runtime.system_faults import fault_reason
from projections.documents.offices_document import OfficesDocument

app = typer.Typer(name="office", help="機関の名簿。", no_args_is_help=True)

_TIMEOUT_SECONDS = 15.0


@app.command("register")
@sends
def register(
    office: Annotated[str, typer.Argument(help="登録する機関のコード。")],
    sender: SenderOption,
    sending: Sending,
    name: Annotated[str, typer.Option(help="機関の名称。")],
    role: Annotated[str, typer.Option(help="、".join(f"{r}（{w}）" for r, w in ROLES.items()))],
    prefecture: Annotated[str | None, typer.Option(help="都道府県コード（例 13）。")] = None,
    parent: Annotated[str | None, typer.Option(help="上級の機関。")] = None,
    unit: Annotated[list[str] | None, typer.Option(help="自分の開票区。何度でも。")] = None,
    signatures: Annotated[int, typer.Option(help="投稿に必要な署名の数。", min=1, max=2)] = 1,
) -> None:
    """機関を名簿に登録する。"""
    written = {
        "id": office,
        "name": name,
        "role": role,
        "prefecture": prefecture,
        "parent": parent,
        "units": unit or [],
        "signatures_required": signatures,
    }
    try:
        facts = msgspec.convert(written, OfficeFacts)
    except msgspec.ValidationError as error:
        raise fail(f"登録内容が正しくありません: {error}") from error
    sending.send(sender, o.RegisterOffice(office=facts))


@app.command("list")
def list_offices(
    election: ElectionOption,
    server: ServerOption = DEFAULT_SERVER,
    as_json: JsonOption = False,
) -> None:
    """機関と鍵の名簿を表示する。"""
    address = f"{server.rstrip('/')}/v1/elections/{election}/offices.json"
    if not address.startswith(("http://", "https://")):
        raise fail(f"{server}: http:// か https:// で始まる宛先にしてください。")
    try:
        with urlopen(address, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310 - checked above
            body: bytes = answer.read()
    except OSError as error:
        raise fail(f"{address} を読めません（{fault_reason(error)}）。") from error
    if as_json:
        typer.echo(body)
    else:
        Console().print(_table(msgspec.json.decode(body, type=OfficesDocument)))


def _table(document: OfficesDocument) -> Table:
    table = Table("機関", "名称", "役割", "開票区", "署名", "鍵")
    for office in document.offices:
        keys = "\n".join(
            f"{short_fingerprint(key.keyid)}（{key.keyid[:16]}） "
            f"{_validity(key.approved_at, key.ended_at)}"
            for key in office.keys
        )
        units = "、".join(office.units)
        table.add_row(
            office.id, office.name, ROLES[office.role], units, str(office.signatures_required), keys
        )
    return table


def _validity(approved_at: int | None, ended_at: int | None) -> str:
    """From which position to which a key may sign."""
    if approved_at is None:
        return "承認待ち" if ended_at is None else f"位置 {ended_at} で却下"
    if ended_at is None:
        return f"位置 {approved_at + 1} から有効"
    return f"位置 {approved_at + 1} から {ended_at} まで"
