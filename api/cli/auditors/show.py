"""`kaihyo show`: any document as it was at any position or time, and what lies between two."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from api.cli.common.console import fail
from api.cli.common.options import JsonOption, settings_with
from infra.adapters.postgres.schemas import LogNotChosen
from infra.bootstrap import open_log
from infra.services.auditing.document_history import (
    LogHistory,
    Moment,
    NoSuchMoment,
    SourceHistory,
    parse_moment,
    render_at,
    state_at,
)
from infra.services.auditing.recorded_changes import RecordedChange, changes
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.bundle_archive import ENDING
from infra.services.auditing.sources.open_source import NothingToVerify, open_source
from infra.services.auditing.sources.web_source import Unreachable
from projections.election_projection import ElectionProjection

_LONGEST = 160
_ESTIMATED = "（推計）"


def show(
    document: Annotated[
        str | None,
        typer.Argument(help="文書（例 national、prefectures/13）。--diff では省略できる。"),
    ] = None,
    data: Annotated[
        str | None,
        typer.Option("--data", help="データの置き場所、監査用の一式、または選挙の URL。"),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="位置（番号）か時刻（ISO 8601）。既定は最後。")
    ] = None,
    diff: Annotated[
        tuple[str, str] | None, typer.Option(help="二つの位置か時刻の間で変わったこと。")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """記録だけから、ある時点の文書をそのまま出す。--diff は二つの時点の違いを示す。"""
    try:
        moments = None if diff is None else _in_order(*diff)
        with _history(data) as history:
            if moments is not None:
                _show_difference(history, moments, document, as_json=as_json)
            elif document is not None:
                state = state_at(history, None if as_of is None else parse_moment(as_of))
                typer.echo(render_at(state, document))
            else:
                raise fail("文書を指定してください（例 kaihyo show national --as-of 1000）。")
    except (NoSuchMoment, NothingToVerify, Unreachable, LogNotChosen, AuditDifference) as error:
        raise fail(f"示せません（{error}）。") from error


@contextmanager
def _history(data: str | None) -> Iterator[LogHistory]:
    if data is not None and _is_published(data):
        with open_source(data) as source:
            yield SourceHistory(source)
    else:
        with open_log(settings_with(None if data is None else Path(data))) as log:
            yield log.reader


def _is_published(data: str) -> bool:
    names = ("manifest.json", "checkpoint", "log/checkpoint")
    is_packed = data.startswith(("http://", "https://")) or data.endswith(ENDING)
    return is_packed or any((Path(data) / name).exists() for name in names)


def _in_order(older: str, newer: str) -> tuple[Moment, Moment]:
    """Two moments; a log is folded forwards only."""
    first, second = parse_moment(older), parse_moment(newer)
    if _is_later(first, second):
        raise NoSuchMoment(f"{older} は {newer} より後です。--diff は古いほうを先に書きます")
    return first, second


def _show_difference(
    history: LogHistory, moments: tuple[Moment, Moment], document: str | None, *, as_json: bool
) -> None:
    state = state_at(history, moments[0])
    begun = state.position
    before = None if document is None else render_at(state, document)
    state = state_at(history, moments[1], state)
    if document is None or before is None:
        _print_documents(state, begun, as_json=as_json)
    else:
        found = changes(before, render_at(state, document))
        _print_changes(found, as_json=as_json)


def _is_later(first: Moment, second: Moment) -> bool:
    """Whether two positions, or two times, are in the wrong order."""
    match first, second:
        case int(), int():
            return first > second
        case datetime(), datetime():
            return first > second
        case _:
            return False


def _print_documents(state: ElectionProjection, begun: int, *, as_json: bool) -> None:
    found = state.changed_since(begun)
    if as_json:
        rows = [{"position": position, "document": name} for position, name in found]
        typer.echo(msgspec.json.encode({"changes": rows}))
        return
    typer.echo(f"位置 {begun} から {state.position} までに {len(found)} 文書が変わりました。")
    for position, name in found:
        typer.echo(f"{position}\t{name}")


def _print_changes(found: list[RecordedChange], *, as_json: bool) -> None:
    if as_json:
        typer.echo(msgspec.json.encode({"changes": [change._asdict() for change in found]}))
        return
    for change in found:
        before, after = (
            _short(text) + _ESTIMATED * (side in change.estimated)
            for side, text in (("before", change.before), ("after", change.after))
        )
        typer.echo(f"{change.path}\t{before} → {after}")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
