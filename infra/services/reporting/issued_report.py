"""A report read off the log at one position, with what every page and file of it must state."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from aggregates.reference.japan_time import JAPAN_TIME
from infra.adapters.event_log.event_codec import decode
from infra.adapters.event_log.event_log import Log
from infra.adapters.event_log.log_reader import PAGE_ROWS, LogReader
from infra.protocols.tlog.merkle import Range, leaf_hashes
from projections.election_projection import ElectionProjection
from projections.feeds.public_entry import entry_bytes
from projections.statistics.figures_mark import figures_mark, figures_warning
from projections.statistics.tables.report_changes import changes
from projections.statistics.tables.table_catalogue import Report, build_report

ISSUED = "issue.json"
"""What the folder of a report remembers of its last issue."""


_KINDS: Final = {
    "": "本番",
    "訓練": "訓練（実際の結果ではありません）",
    "再現": "再現（公表された結果を後から記録したもの）",
}


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """What every page and file of a report states.

    Attributes:
        election: Id of the election.
        name: Its name.
        environment: `live` or `rehearsal`.
        position: Log position the figures were read at.
        recorded_at: When the log recorded that position.
        digest: SHA-256 over all tables, hexadecimal: two copies with one digest say the same.
        root: Root hash of the transparency log of that size, hexadecimal.
        is_replay: A past election, recorded afterwards from what was published of it.
    """

    election: str
    name: str
    environment: str
    position: int
    recorded_at: datetime
    digest: str
    root: str
    is_replay: bool = False

    @property
    def is_rehearsal(self) -> bool:
        """Whether the figures are not real."""
        return self.environment == "rehearsal"

    @property
    def mark(self) -> str:
        """訓練 or 再現; empty for an election as it is held."""
        return figures_mark(is_rehearsal=self.is_rehearsal, is_replay=self.is_replay)

    @property
    def warning(self) -> str:
        """What stands over every page that is not of an election as it is held."""
        return figures_warning(self.mark)

    def lines(self) -> tuple[str, ...]:
        """The statement in words, for people."""
        when = self.recorded_at.astimezone(JAPAN_TIME)
        return (
            f"{self.name}（{self.election}）　{_KINDS.get(self.mark, '本番')}",
            f"記録位置 {self.position:,}（{when:%Y-%m-%d %H:%M:%S} 日本時間）",
            f"記録のルート {self.root}",
            f"集計表の要約値 {self.digest}",
        )


class Issue(NamedTuple):
    """A report to be written.

    Attributes:
        report: Its tables; what changed since the last issue is the first of them.
        stamp: What it states.
        state: The fold it was read off.
        site: Where receipts are published: `https://kaihyo.example`.
    """

    report: Report
    stamp: Stamp
    state: ElectionProjection
    site: str = ""


class NoReportMomentError(Exception):
    """The report is asked for at a position or time that the log does not have."""


class FolderOfAnother(Exception):  # noqa: N818 - says what the folder is
    """The folder holds something that a report must not be written over."""


def read_issue(log: Log, as_of: str = "", before: int | None = None) -> Issue:
    """Read the report off the log.

    Args:
        log: The log.
        as_of: A position, or a moment in ISO 8601 (Japanese time unless it says otherwise); empty
            for the present end.
        before: Position of the last issue, to say what changed since.

    Raises:
        NoSuchMoment: The log is empty there, or `as_of` is neither.
    """
    position = resolve_position(log.reader, as_of)
    state, root = fold_to_position(log.reader, position)
    if state.election is None:
        raise NoReportMomentError(f"記録位置 {position} には選挙がまだありません。")
    report = build_report(state)
    if before is not None and 0 < before < position:
        earlier = build_report(fold_to_position(log.reader, before)[0])
        tables = (changes(earlier, report), *report.tables)
        report = msgspec.structs.replace(report, tables=tables)
    return Issue(report, _stamp(report, state, root), state)


def resolve_position(reader: LogReader, as_of: str) -> int:
    """The position that is meant.

    Raises:
        NoSuchMoment: It is neither a position of the log nor a moment.
    """
    last = reader.last_position()
    if not as_of:
        return last
    if as_of.isdigit():
        if not 1 <= int(as_of) <= last:
            raise NoReportMomentError(f"記録位置は1から{last}までです：{as_of}")
        return int(as_of)
    try:
        moment = datetime.fromisoformat(as_of)
    except ValueError as error:
        raise NoReportMomentError(
            f"記録位置か 2024-10-28T02:00 の形の時刻で指定してください：{as_of}"
        ) from error
    return reader.position_at(moment if moment.tzinfo else moment.replace(tzinfo=JAPAN_TIME))


def fold_to_position(reader: LogReader, position: int) -> tuple[ElectionProjection, str]:
    """The fold up to a position, and the root of the transparency log of that size."""
    state, tree = ElectionProjection(), Range()
    while state.position < position:
        rows = reader.read(state.position, min(PAGE_ROWS, position - state.position))
        tree.append(leaf_hashes(entry_bytes(r.position, r.topic, r.state) for r in rows))
        state.apply_all((row.position, decode(row.topic, row.state)) for row in rows)
    return state, tree.root().hex()


def _stamp(report: Report, state: ElectionProjection, root: str) -> Stamp:
    return Stamp(
        election=report.election,
        name=report.name,
        environment=report.environment,
        position=report.position,
        recorded_at=state.times[report.position - 1],
        digest=report_digest(report),
        root=root,
        is_replay=state.register().facts.is_replay,
    )


def report_digest(report: Report) -> str:
    """SHA-256 over every table as it is printed.

    What changed since an earlier issue is left out: it depends on whether there was one.
    """
    found = hashlib.sha256()
    for table in report.tables:
        if table.number != "0":
            found.update(msgspec.json.encode((table.id, tuple(table.text_rows()))))
    return found.hexdigest()


def last_issue(folder: Path, election: str) -> int | None:
    """Position of the last issue in a folder; None when there is none.

    Args:
        folder: Where reports are written.
        election: The election to be reported.

    Raises:
        FolderOfAnother: It holds a report of another election, or something else of that name.
    """
    path = folder / ISSUED
    try:
        stamp = msgspec.json.decode(path.read_bytes(), type=Stamp)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError as error:
        raise FolderOfAnother(
            f"{path} は報告書の記録ではありません。別のフォルダに書き出してください。"
        ) from error
    if stamp.election != election:
        raise FolderOfAnother(
            f"{folder} には「{stamp.name}」の報告書があります。別のフォルダに書き出してください。"
        )
    return stamp.position


def leave_issue(folder: Path, stamp: Stamp) -> None:
    """Remember what was issued."""
    (folder / ISSUED).write_bytes(msgspec.json.format(msgspec.json.encode(stamp), indent=1))
