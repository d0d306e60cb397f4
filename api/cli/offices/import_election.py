"""`kaihyo import`: definitions and tallies out of the tables that offices already have."""

from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Annotated, get_args

import msgspec
import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from aggregates.rule_package.japan import JAPAN
from api.cli.common.console import ERRORS, WAITING, WRONG, fail
from api.cli.common.options import JsonOption
from api.cli.common.posting_command import Sending, sends
from api.cli.common.posting_options import FoundingCodeOption, SenderOption
from api.cli.offices.import_layout import layout
from api.cli.offices.import_previous import previous
from api.cli.offices.import_tallies import tallies
from api.cli.offices.watched_import import confirm
from infra.runtime.system_faults import fault_reason
from infra.services.importing.definition.blank_form import write_form
from infra.services.importing.definition.command_plan import submission
from infra.services.importing.definition.definition_check import DefinitionCheck, check
from infra.services.importing.definition.definition_summary import DefinitionSummary
from infra.services.importing.definition.founder_keys import (
    KeyRequests,
    missing_requests,
    read_requests,
)
from infra.services.importing.definition.recorded_diff import (
    Recorded,
    RecordedDiff,
    compare,
    read_recorded,
)
from infra.services.importing.import_faults import ImportFault, TablesUnreadable
from infra.services.importing.package_kinds import read_package
from infra.services.importing.server_documents import ServedDocuments
from infra.services.importing.sheet_layouts import FormKind
from infra.services.importing.submission_delivery import Delivered, Delivery
from infra.services.outbox.forwarding import Forwarder
from infra.services.outbox.outbox_queue import Outbox, OutboxBusy, OutboxDamaged
from infra.services.outbox.server_connection import AddressWrong, HttpConnection, NoAnswer

app = typer.Typer(
    name="import", help="表からの取込み：選挙の定義、開票・投票の報告。", no_args_is_help=True
)

FileArgument = Annotated[Path, typer.Argument(help="xlsx・ods・xls か、CSV を入れたフォルダ。")]
FounderOption = Annotated[
    list[str] | None,
    typer.Option(
        "--founder", help="設立機関の鍵：機関のコード=申請ファイル（key request）。何度でも。"
    ),
]
RulesOption = Annotated[
    Path | None,
    typer.Option(
        "--rules", help="選挙の種類を定める規則の一式（rules.json）。なければ日本の法律。"
    ),
]


@app.command("form")
def form(
    out: Annotated[Path, typer.Option("--out", help="書き出す xlsx。")],
    kind: Annotated[str, typer.Option(help=f"{'・'.join(get_args(FormKind))} のどれか。")] = "",
) -> None:
    """選挙の定義を記入する様式を書き出す。"""
    if out.exists():
        raise fail(f"{out} はすでにあります。記入済みの表は上書きしません。")
    try:
        chosen = msgspec.convert(kind, FormKind) if kind else None
    except msgspec.ValidationError as error:
        raise fail(f"--kind は {'・'.join(get_args(FormKind))} のどれかです：{kind}") from error
    try:
        write_form(out, chosen)
    except OSError as error:
        raise fail(f"{out} に書けません（{fault_reason(error)}）。") from error
    typer.echo(f"{out} を書きました。「記入のしかた」から読んでください。")


@app.command("check")
def check_file(
    file: FileArgument,
    founder: FounderOption = None,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> None:
    """表をすべて確かめる。何も送らず、誤りがあればすべて示して 1 で終わる。"""
    found = _check(file, _requests(founder), "", rules)
    if as_json:
        told = {
            "faults": [
                {**each.place._asdict(), "column": each.column, "sentence": each.sentence}
                for each in found.faults
            ],
            "notes": [
                {**each.place._asdict(), "column": each.column, "sentence": each.sentence}
                for each in found.notes
            ],
            "summary": found.summary,
        }
        typer.echo(msgspec.json.encode(told))
    else:
        _print_notes(found.notes)
        _print_faults(found.faults)
        if found.summary is not None:
            _print_summary(found.summary)
    if found.faults:
        raise typer.Exit(1)


@app.command("election")
@sends
def election(
    file: FileArgument,
    sender: SenderOption,
    sending: Sending,
    founder: FounderOption = None,
    rules: RulesOption = None,
    founding_code: FoundingCodeOption = "",
) -> None:
    """選挙の定義を取り込む。もう一度実行しても二重には記録されない。"""
    requests = _requests(founder)
    found = _check(file, requests, sender, rules)
    _print_notes(found.notes)
    if found.summary is None:
        _print_faults(found.faults)
        raise typer.Exit(1)
    _require_meant(found.summary, sending)
    try:
        recorded = read_recorded(
            ServedDocuments(sending.server, found.summary.election), found.definition
        )
    except NoAnswer as down:
        ERRORS.print(
            f"サーバーにつながらないため、記録と照合せずに送信待ちに置きます（{down}）。",
            style=WAITING,
        )
        recorded = Recorded()
    compared = compare(found.definition, recorded)
    _print_comparison(compared)
    missing = missing_requests(found.definition, requests)
    if missing and recorded.head is None:
        raise fail(
            f"設立機関の鍵がありません：{'、'.join(missing)}。--founder で指定してください。"
        )
    _deliver(found, compared, sender, replace(sending, founding_code=founding_code))


def _check(file: Path, requests: KeyRequests, office: str, rules: Path | None) -> DefinitionCheck:
    try:
        package = read_package(rules) if rules is not None else JAPAN
        return check(file, requests, office, package)
    except TablesUnreadable as error:
        raise fail(str(error)) from error


def _requests(founder: list[str] | None) -> KeyRequests:
    try:
        return read_requests(founder or [])
    except TablesUnreadable as error:
        raise fail(str(error)) from error


def _require_meant(summary: DefinitionSummary, sending: Sending) -> None:
    """The command line and the table must mean the same election in the same environment."""
    if sending.election and sending.election != summary.election:
        raise fail(f"表の選挙は {summary.election} ですが、--election は {sending.election} です。")
    if sending.environment != summary.environment:
        raise fail(
            f"表は {summary.environment} ですが、--environment は {sending.environment} です。"
            "訓練と本番を確かめてください。"
        )


def _deliver(found: DefinitionCheck, compared: RecordedDiff, sender: str, sending: Sending) -> None:
    box = Outbox(sending.outbox)
    try:
        forwarder = Forwarder(
            box, HttpConnection(sending.server, sending.founding_code), sending.keys
        )
        delivery = Delivery(box, forwarder, stop_at_refusal=True)
        with Progress(console=ERRORS.console, transient=True) as bar:
            first = found.submissions[0]
            total = len(found.submissions) + len(compared.amended)
            task = bar.add_task("取込み", total=total)
            made = (
                made
                for whole in found.submissions
                for made in (
                    [whole]
                    if delivery.has(whole.key)
                    else [
                        submission(sender, whole.election, whole.environment, left)
                        for left in compared.remaining_parts(whole.command)
                    ]
                )
            )
            changes = (
                submission(sender, first.election, first.environment, command)
                for _, command in compared.amended
            )
            done = delivery.send(chain(made, changes), lambda: bar.advance(task))
    except (OutboxBusy, OutboxDamaged, AddressWrong) as error:
        raise fail(str(error)) from error
    _print_delivery(done, sending.outbox)


# --- what is printed ---------------------------------------------------------------------------


def _print_notes(notes: tuple[ImportFault, ...]) -> None:
    for each in notes:
        typer.echo(f"注意 {each}", err=True)


def _print_faults(faults: list[ImportFault]) -> None:
    for each in faults:
        typer.echo(str(each), err=True)
    if faults:
        ERRORS.print(f"{len(faults)} か所を直してください。", style=WRONG)


def _print_summary(summary: DefinitionSummary) -> None:
    typer.echo(
        f"{summary.name}（{summary.election}、{summary.environment}、{summary.polling_day}）"
    )
    typer.echo(
        f"党派 {summary.parties}　開票区 {summary.units}（{summary.prefectures}都道府県）　"
        f"機関 {summary.offices}（設立 {'、'.join(summary.founders) or 'なし'}）　"
        f"投稿 {summary.commands} 件"
    )
    table = Table("種類", "選挙区", "定数", "法定", "候補者等", "名簿", "登載者")
    for row in summary.kinds:
        figures = (
            row.contests,
            row.seats,
            row.seats_by_law,
            row.candidates,
            row.lists,
            row.members,
        )
        table.add_row(row.kind, *("" if figure is None else str(figure) for figure in figures))
    Console().print(table)
    for note in summary.notes:
        typer.echo(f"注意 {note}")


def _print_comparison(compared: RecordedDiff) -> None:
    """What is new and what contradicts the record; ends the command when anything does."""
    new = "　".join(f"{sheet} {len(places)}" for sheet, places in compared.new.items())
    typer.echo(f"記録済み {len(compared.same)}　新しい行 {new or 'なし'}")
    if compared.same:
        for places in compared.new.values():
            for place in places:
                typer.echo(f"  新 {place}")
    for place, command in compared.amended:
        typer.echo(f"  変更 {place}（{command.name}）")
    if compared.contradictions:
        _print_faults(compared.contradictions)
        raise typer.Exit(1)


def _print_delivery(done: Delivered, outbox: Path) -> None:
    typer.echo(
        f"受付 {len(done.recorded)}　受付済み {len(done.known)}　送信待ち {len(done.waiting)}"
    )
    if done.waiting:
        ERRORS.print(
            f"接続が戻ったら kaihyo post --flush --outbox {outbox} で順に送ります。",
        )
    for refused, problem in done.refused:
        about = getattr(refused.command, "contest", "")
        typer.echo(f"不受理 {refused.command.name} {about}: {problem.detail}", err=True)
    if done.refused:
        typer.echo(
            "これより後のものは送っていません。直してからもう一度実行してください。", err=True
        )
        raise typer.Exit(1)


app.command("tallies")(tallies)
app.command("layout")(layout)
app.command("confirm")(confirm)
app.command("previous")(previous)
