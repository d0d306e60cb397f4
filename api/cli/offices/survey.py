"""`kaihyo survey`: questionnaires, forms, answers as postings, and who owes an answer.

What it makes are the bodies of postings; they are sent and signed the way tallies are.
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from aggregates.commands.survey_commands import PublishSurvey, RemindSurvey
from aggregates.reference.japan_time import JAPAN_TIME
from aggregates.surveys.survey import Questionnaire
from api.cli.common.console import fail
from api.cli.common.options import DataOption, settings_with
from infra.adapters.postgres.schemas import LogNotChosen
from infra.bootstrap import open_log
from infra.services.reporting.issued_report import fold_to_position
from infra.services.surveys.answer_form import Asked, form_workbook
from infra.services.surveys.answer_sheets import (
    AnswersUnusable,
    read_answers,
    write_form,
)
from infra.services.surveys.questionnaires import QuestionnaireUnusable, find, standard
from projections.election_projection import ElectionProjection

app = typer.Typer(help="調査：質問票・回答票・回答状況。", no_args_is_help=True)

_Name = Annotated[str, typer.Argument(help="質問票のコードまたはファイル。")]
_Election = Annotated[str, typer.Argument(help="選挙のコード（例 house50）。")]
_Due = Annotated[str, typer.Option("--due", help="期限（例 2024-11-15T17:00）。")]


@app.command("list")
def list_standard() -> None:
    """備え付けの質問票を一覧する。"""
    for each in standard():
        typer.echo(f"{each.id}\t{each.number}\t{each.title}（{len(each.items)}項目）")


@app.command()
def publish(name: _Name, due: _Due) -> None:
    """質問票を配布する投稿（publish-survey）を標準出力に書く。"""
    questionnaire = _find_questionnaire(name)
    try:
        moment = datetime.fromisoformat(due)
    except ValueError as error:
        raise fail(f"期限は 2024-11-15T17:00 の形で指定してください：{due}") from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=JAPAN_TIME)
    _print(PublishSurvey(questionnaire=questionnaire, due=moment))


@app.command()
def form(
    election: _Election,
    name: _Name,
    out: Annotated[Path, typer.Option("--out", help="書き出す CSV または xlsx。")],
    prefecture: Annotated[str, typer.Option(help="この都道府県だけ（2桁）。")] = "",
    data: DataOption = None,
) -> None:
    """市区町村が記入する表（CSV・xlsx）を書き出す。xlsx は見出しが固定され、範囲を確かめる。"""
    register = _load_election(election, data).register()
    asked = register.units.values()
    units = [u for u in asked if not prefecture or u.prefecture == prefecture]
    if out.suffix == ".xlsx":
        empty = [Asked(unit, {}) for unit in units]
        out.write_bytes(form_workbook(_find_questionnaire(name), empty, register.facts.name))
    else:
        write_form(out, _find_questionnaire(name), units)
    typer.echo(f"{out}：{len(units)}行")


@app.command()
def answers(
    name: _Name, filled: Annotated[Path, typer.Argument(help="記入した CSV または xlsx。")]
) -> None:
    """記入した表を、1行に一つの投稿（answer-survey）にして標準出力に書く。"""
    try:
        for each in read_answers(filled, _find_questionnaire(name)):
            _print(each)
    except AnswersUnusable as error:
        raise fail(str(error)) from error


@app.command()
def status(election: _Election, data: DataOption = None) -> None:
    """調査ごとの回答状況と、未回答・差戻し中の市区町村を示す。"""
    state = _load_election(election, data)
    for record in state.surveys.values():
        owing = record.owing()
        done = len(record.answers) - len(owing)
        typer.echo(
            f"{record.questionnaire.id}　{record.questionnaire.title}　"
            f"回答 {done:,}/{len(record.answers):,}　期限 {record.due:%Y-%m-%d %H:%M}"
        )
        for unit in owing:
            said = record.answers[unit].returned
            why = f"差戻し中：{said}" if said else "未回答"
            typer.echo(f"  {unit} {state.register().units[unit].name}　{why}")


@app.command()
def remind(
    election: _Election,
    name: _Name,
    note: Annotated[str, typer.Option(help="添える言葉。")] = "",
    data: DataOption = None,
) -> None:
    """未回答・差戻し中の市区町村への督促（remind-survey）を標準出力に書く。"""
    state = _load_election(election, data)
    record = state.surveys.get(name)
    if record is None:
        raise fail(f"調査{name}は配布されていません。")
    if owing := record.owing():
        _print(RemindSurvey(survey=name, units=owing, note=note))


def _find_questionnaire(name: str) -> Questionnaire:
    try:
        return find(name)
    except QuestionnaireUnusable as error:
        raise fail(str(error)) from error


def _load_election(election: str, data: Path | None) -> ElectionProjection:
    try:
        with open_log(settings_with(data, election=election)) as log:
            return fold_to_position(log.reader, log.reader.last_position())[0]
    except LogNotChosen as error:
        raise fail(str(error)) from error


def _print(command: msgspec.Struct) -> None:
    typer.echo(msgspec.json.encode(command).decode())
