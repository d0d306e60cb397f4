"""`kaihyo import previous`: what the last election was, out of its own log."""

from collections.abc import Iterable
from typing import Annotated

import typer

from aggregates.commands import election_commands as c
from aggregates.election.particulars import PreviousLog, Relation
from api.cli.common.console import ERRORS, fail
from api.cli.common.named_log import read_named_log
from api.cli.common.posting_command import Sending, sends
from api.cli.common.posting_options import SenderOption, send_submission
from infra.services.importing.definition.command_plan import submission
from infra.services.importing.previous_records import previous_records
from infra.services.importing.server_documents import ServedDocuments
from infra.services.outbox.server_connection import NoAnswer
from infra.services.reporting.issued_report import Issue
from projections.documents.nation_tables import CandidatesDocument
from projections.statistics.carried_figures import CarriedFigures, PresentRegister, carry_figures

_SHOWN = 5


@sends
def previous(
    from_log: Annotated[
        str, typer.Option("--from-log", help="前回の「記録のフォルダ=選挙のコード」。")
    ],
    sender: SenderOption,
    sending: Sending,
    redrawn: Annotated[
        list[str] | None,
        typer.Option("--redrawn", help="区割りが変わった選挙区のコード。何度でも。"),
    ] = None,
    new: Annotated[
        list[str] | None, typer.Option("--new", help="前回のない選挙区のコード。何度でも。")
    ] = None,
) -> None:
    """前回の選挙の記録から、当選人・得票・投票率を、いまの選挙の「前回」として記録する。"""
    issue = read_named_log(from_log, "--from-log")
    present = _read_present(sending, issue)
    relations: dict[str, Relation] = {
        **dict.fromkeys(redrawn or (), "redrawn"),
        **dict.fromkeys(new or (), "new"),
    }
    if unknown := [each for each in relations if each not in present.contests]:
        raise fail(f"いまの選挙にない選挙区です：{'、'.join(unknown)}。コードを確かめてください。")
    stamp = issue.stamp
    log = PreviousLog(election=stamp.election, size=stamp.position, root=stamp.root)
    carried = carry_figures(issue.state, present, log, relations)
    if not carried.previous.contests:
        raise fail("いまの選挙と同じ選挙区が、前回の記録にありません。フォルダを確かめてください。")
    _print_carried(carried, stamp.name)
    for record in previous_records(carried.previous):
        # Its id follows from its content: the same one is never recorded twice.
        whole = submission(
            sender, sending.election, sending.environment, c.RecordPrevious(previous=record)
        )
        send_submission(whole, sending.outbox, sending.server, sending.keys)


def _read_present(sending: Sending, issue: Issue) -> PresentRegister:
    """Parties and contests of the election that is prepared now, as its server has them."""
    if not sending.election:
        raise fail("--election で、いまの選挙のコードを指定してください。")
    try:
        ballots = ServedDocuments(sending.server, sending.election).find(
            "candidates", CandidatesDocument
        )
    except NoAnswer as error:
        raise fail(f"{sending.server} につながりません（{error}）。") from error
    if ballots is None:
        raise fail(f"{sending.server} に選挙「{sending.election}」がありません。")
    former = issue.state.register().facts
    if former.id == ballots.head.election:
        raise fail("前回の記録といまの選挙が同じです。前回の選挙のコードを書いてください。")
    if ballots.head.environment == "live" and former.environment != "live":
        raise fail("訓練の記録は、本番の選挙の前回にできません。")
    return PresentRegister(
        parties=tuple(ballots.parties),
        contests={each.contest: each.name for each in ballots.contests},
    )


def _print_carried(carried: CarriedFigures, name: str) -> None:
    found = carried.previous
    typer.echo(f"{name}から　選挙区 {len(found.contests)}　党派の議席 {len(found.won)}")
    for words, contests in (
        ("前回に同じコードと名称の選挙区がなく、記録しません", carried.unmatched),
        ("前回の当選人が決定していません", carried.undecided),
    ):
        if contests:
            ERRORS.print(f"注意 {words}：{_listed(contests)}")


def _listed(contests: Iterable[str]) -> str:
    every = list(contests)
    more = f" ほか {len(every) - _SHOWN}" if len(every) > _SHOWN else ""
    return "、".join(every[:_SHOWN]) + more
