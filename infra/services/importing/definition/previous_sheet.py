"""The two tables of the last election: what it was as a whole, and contest by contest."""

from typing import Any, Final

import msgspec

from aggregates.election.particulars import (
    Area,
    HeldSeats,
    PreviousContest,
    PreviousElection,
    PreviousHolder,
    PreviousLog,
    PreviousRate,
    PreviousShare,
    PreviousTurnout,
    PreviousVotes,
    Relation,
    Scope,
)
from aggregates.reference.name_folding import fold_width
from infra.services.importing import sheet_layouts as at
from infra.services.importing.definition.contests_sheet import PlacedContest
from infra.services.importing.definition.definition import Definition
from infra.services.importing.name_matching import Names
from infra.services.importing.package_kinds import kind_words
from infra.services.importing.table_rows import SheetRow
from projections.office_tables.number_parsing import NotExact, day, thousandths, whole

_HUNDREDTH: Final = 10
"""Thousandths in a hundredth of a percent."""
_PERCENT_MAX: Final = 10_000
_LOG_PARTS: Final = 3
_LOG_RULE: Final = "「選挙のコード 記録の件数 ルート」を空白で区切って書いてください。"
_HOUR_RULE: Final = "18:00 の形で書いてください。空欄は確定です。"

Facts = dict[str, list[Any]]


def read_previous(
    whole_rows: list[SheetRow],
    contest_rows: list[SheetRow],
    contests: Names[PlacedContest],
    parties: Names[str],
    into: Definition,
) -> None:
    """What both tables say; nothing is recorded where neither has a row."""
    facts: dict[str, Any] = {}
    lists: Facts = {}
    for row in whole_rows:
        _read_whole(row, parties, into, facts, lists)
    facts["contests"] = _read_contests(contest_rows, contests, parties)
    facts |= {field: tuple(found) for field, found in lists.items()}
    previous = PreviousElection(**facts)
    if previous == PreviousElection():
        return
    into.previous = previous
    if fault := previous.fault():
        (contest_rows or whole_rows)[0].fault("", fault)


def _read_whole(
    row: SheetRow, parties: Names[str], into: Definition, facts: dict[str, Any], lists: Facts
) -> None:
    row.required("項目")
    item = row.choice("項目", at.LAST_ITEMS)
    if item is None:
        return
    if item in {"won", "before", "continuing"}:
        held = _held(row, parties)
        if held is not None:
            lists.setdefault(item, []).append(held)
    elif item in {"rates", "votes"}:
        found = _rate(row, into) if item == "rates" else _votes(row, parties, into)
        if found is not None:
            lists.setdefault(item, []).append(found)
    elif item in facts:
        row.fault("項目", "同じ項目の行が二つあります。一つにしてください。")
    else:
        facts[item] = _fact(row, item)


def _fact(row: SheetRow, item: str) -> object:
    """Name, polling day or log, each on a row of its own."""
    text = row.required("内容")
    if item == "polling_day":
        return row.read("内容", day)
    if item == "name":
        return text
    parts = text.split()
    try:
        election, size, root = parts if len(parts) == _LOG_PARTS else ("", "0", "")
        found = {"election": election, "size": int(size), "root": root}
        return msgspec.convert(found, PreviousLog)
    except (ValueError, msgspec.ValidationError):
        row.fault("内容", _LOG_RULE)
        return None


def _party(row: SheetRow, parties: Names[str], name: str) -> tuple[str, str]:
    """(party of this election, name of one that is not): one of both, or neither."""
    party = row.found("党派", parties) or ""
    gone = row.text(name)
    if party and gone:
        row.fault(name, "党派があるときは空欄にしてください。")
    return party, gone


def _held(row: SheetRow, parties: Names[str]) -> HeldSeats | None:
    party, name = _party(row, parties, "名称")
    seats = _seats(row, "議席", needed=True)
    if seats is None or not row.sound:
        return None
    return HeldSeats(party=party, name=name, seats=seats)


def _seats(row: SheetRow, column: str, *, needed: bool = False) -> int | None:
    if needed:
        row.required(column)
    if fold_width(row.text(column)) == at.YES:
        return 1
    seats = row.read(column, whole)
    if seats is not None and seats < 1:
        row.fault(column, "1 以上の数を書いてください。なければ行を消してください。")
        return None
    return seats


def _percent(text: str) -> int:
    """Hundredths of a percent: `56.15` is 5615. Raises NotExact."""
    value = thousandths(text.removesuffix("%").removesuffix("％"))
    if value % _HUNDREDTH or not 0 <= value // _HUNDREDTH <= _PERCENT_MAX:
        raise NotExact(f"「{text}」は率として読めません。56.15 の形で書いてください。")
    return value // _HUNDREDTH


def _rate(row: SheetRow, into: Definition) -> PreviousRate | None:
    kind = row.choice("選挙の種類", kind_words(into.package))
    scope: Scope = row.choice("範囲", at.LAST_SCOPES) or "all"
    area = row.typed("地域", Area, "都道府県の2桁か、ブロックのコードです。空欄は全国です。")
    for column in ("選挙の種類", "男", "女", "計"):
        row.required(column)
    male, female, total = (row.read(column, _percent) for column in ("男", "女", "計"))
    if kind is None or male is None or female is None or total is None or not row.sound:
        return None
    return PreviousRate(kind=kind, scope=scope, area=area, male=male, female=female, total=total)


def _votes(row: SheetRow, parties: Names[str], into: Definition) -> PreviousVotes | None:
    kind = row.choice("選挙の種類", kind_words(into.package))
    party = row.found("党派", parties) or ""
    for column in ("選挙の種類", "名称", "得票"):
        row.required(column)
    votes = row.read("得票", thousandths)
    if kind is None or votes is None or not row.sound:
        return None
    return PreviousVotes(kind=kind, name=row.text("名称"), party=party, votes=votes)


# --- contest by contest -----------------------------------------------------------------------


class _Draft:
    """A contest of the last election while its rows are being read."""

    def __init__(self, contest: str) -> None:
        self.contest = contest
        self.relation: Relation = "same"
        self.name = ""
        self.holders: list[PreviousHolder] = []
        self.votes: list[PreviousShare] = []
        self.turnout: list[PreviousTurnout] = []

    def finish(self) -> PreviousContest:
        return PreviousContest(
            contest=self.contest,
            relation=self.relation,
            name=self.name,
            holders=tuple(self.holders),
            votes=tuple(self.votes),
            turnout=tuple(self.turnout),
        )


def _read_contests(
    rows: list[SheetRow], contests: Names[PlacedContest], parties: Names[str]
) -> tuple[PreviousContest, ...]:
    drafts: dict[str, _Draft] = {}
    for row in rows:
        for column in ("選挙区", "項目"):
            row.required(column)
        contest = row.found("選挙区", contests)
        item = row.choice("項目", at.LAST_LINES)
        if contest is None or item is None:
            continue
        _read_line(row, item, drafts.setdefault(contest.code, _Draft(contest.code)), parties)
    return tuple(draft.finish() for draft in drafts.values())


def _read_line(row: SheetRow, item: str, draft: _Draft, parties: Names[str]) -> None:
    if item == "relation":
        draft.relation = row.choice("関係", at.RELATIONS) or "same"
        draft.name = row.text("名称")
        return
    if item == "turnout":
        rate = row.read("投票率", _percent)
        row.required("投票率")
        hour = fold_width(row.text("時刻"))
        try:
            if rate is not None:
                found = {"at": hour, "rate": rate}
                draft.turnout.append(msgspec.convert(found, PreviousTurnout))
        except msgspec.ValidationError:
            row.fault("時刻", f"「{hour}」は時刻として読めません。{_HOUR_RULE}")
        return
    name = row.text("氏名")
    party, gone = _party(row, parties, "党派の名称")
    if item == "holder":
        seats = _seats(row, "議席") or 1
        holder = PreviousHolder(name=name, party=party, party_name=gone, seats=seats)
        draft.holders.append(holder)
        return
    row.required("得票")
    votes = row.read("得票", thousandths)
    if votes is not None and votes >= 0:
        draft.votes.append(PreviousShare(name=name, party=party, party_name=gone, votes=votes))
    elif votes is not None:
        row.fault("得票", "0 以上の数を書いてください。")
