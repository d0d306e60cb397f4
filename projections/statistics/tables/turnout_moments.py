"""2: turnout hour by hour (時間別投票率), and early voting day by day (期日前投票の日別).

Both are the moments that offices reported; a moment that nobody reported has no row. At one moment
only the units that reported it are summed, and the row says how many of how many those are.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, NamedTuple

from aggregates.counting.turnout import (
    TurnoutCorrected,
    TurnoutEvent,
    TurnoutFigures,
    is_early_voting_alone,
)
from aggregates.election.geography import PLACES
from aggregates.reference.japan_time import JAPAN_TIME
from projections.state.records import ContestRecord, CountRecord
from projections.statistics.ledger import Ledger
from projections.statistics.printed_figures import turnout_rate
from projections.statistics.table import Cell, Column, Table, by_sex, columns, keys
from projections.statistics.tiers import ReportTier

_ALL: Final = "計"
_PLACE: Final = (
    *keys(("election_id", "選挙"), ("tier", "選挙の種類")),
    *keys(("prefecture", "都道府県"), ("contest", "選挙区"), ("unit_name", "開票区")),
)
_UNITS: Final = columns("count", ("units", "開票区数"), ("reporting", "報告した開票区数"))
_DAY_ALONE: Final = (
    "確定より前は、報告した開票区の、その時刻までの当日の投票者だけの数です。"
    "期日前投票と不在者投票は確定で加わります。"
)
_ESTIMATED: Final = "推計を含みます（開票区で数えた数ではなく、上の段の数を割り振ったもの）。"


class _Reports(NamedTuple):
    """What one unit reported: the latest figures of each hour and of each day of early voting."""

    hours: dict[datetime, TurnoutFigures]
    days: dict[date, TurnoutFigures]
    final: TurnoutFigures | None


class _Row(NamedTuple):
    """Units that are summed up in one row, and where they are."""

    tier: str
    prefecture: str
    contest: str
    unit: str
    reports: tuple[_Reports, ...]


def tables(ledger: Ledger, tiers: tuple[ReportTier, ...]) -> Iterator[Table]:
    """Those of the two that have something to say.

    Args:
        ledger: The figures.
        tiers: Kinds of contests with turnout of their own.
    """
    rows = [row for tier in tiers for row in _rows(ledger, tier)]
    if any(each.hours for row in rows for each in row.reports):
        yield _by_hour(ledger, rows)
    if any(each.days for row in rows for each in row.reports):
        yield _by_day(ledger, rows)


def _rows(ledger: Ledger, tier: ReportTier) -> Iterator[_Row]:
    """Units and their sum within one prefecture; of several prefectures, each as a whole."""
    contests = ledger.contests(tier)
    places = sorted({code for contest in contests for code in contest.groups})
    if len(places) == 1:
        for contest in contests:
            yield from _contest_rows(ledger, tier, contest, places[0])
        return
    whole: list[_Reports] = []
    for code in places:
        groups = (contest.groups[code] for contest in contests if code in contest.groups)
        found = tuple(_reports(count) for group in groups for count in group.expected_counts())
        whole += found
        yield _Row(tier.code, PLACES.get(code, "全国"), "", "", found)
    yield _Row(tier.code, "合計", "", "", tuple(whole))


def _contest_rows(
    ledger: Ledger, tier: ReportTier, contest: ContestRecord, code: str
) -> Iterator[_Row]:
    counts = list(contest.groups[code].expected_counts())
    found = [_reports(count) for count in counts]
    place = tier.code, PLACES.get(code, "全国"), contest.facts.name
    for count, reports in zip(counts, found, strict=True):
        yield _Row(*place, ledger.register.units[count.unit].name, (reports,))
    if len(found) > 1:
        yield _Row(*place, _ALL, tuple(found))


def _reports(count: CountRecord) -> _Reports:
    hours: dict[datetime, TurnoutFigures] = {}
    days: dict[date, TurnoutFigures] = {}
    for _, event in count.turnout.history:
        if not isinstance(event, TurnoutEvent):
            continue
        is_final = event.final if isinstance(event, TurnoutCorrected) else event.is_final
        if is_final:
            continue
        moment = event.as_of.astimezone(JAPAN_TIME)
        if is_early_voting_alone(event.figures):
            days[moment.date()] = event.figures
        else:
            hours[moment] = event.figures
    return _Reports(hours, days, count.turnout.figures if count.turnout.final else None)


def _by_hour(ledger: Ledger, rows: list[_Row]) -> Table:
    said: list[tuple[Cell, ...]] = []
    for row in rows:
        place = ledger.election_id, row.tier, row.prefecture, row.contest, row.unit
        for moment in sorted({moment for each in row.reports for moment in each.hours}):
            found = [each.hours[moment] for each in row.reports if moment in each.hours]
            said.append((*place, f"{moment:%Y-%m-%d %H:%M}", "途中", *_people(row, found)))
        final = [each.final for each in row.reports if each.final is not None]
        if final:
            word = "確定" if len(final) == len(row.reports) else "途中"
            said.append((*place, "確定", word, *_people(row, final)))
    return Table(
        id="turnout_by_hour",
        number="2",
        title="時間別投票率",
        columns=(
            *_PLACE,
            *keys(("moment", "時刻")),
            Column("status", "区分"),
            *_UNITS,
            *by_sex("count", "electors", "当日有権者数 "),
            *by_sex("count", "voters", "投票者数 "),
            *by_sex("percent", "rate", "投票率 "),
        ),
        rows=tuple(said),
        notes=(
            _DAY_ALONE,
            "報告のない時刻には行がありません。",
            *_estimates(rows),
        ),
    )


def _people(row: _Row, found: list[TurnoutFigures]) -> tuple[Cell, ...]:
    electors = [sum(getattr(each.electors, sex) for each in found) for sex in _SEXES]
    voters = [sum(getattr(each.voters, sex) for each in found) for sex in _SEXES]
    rates = [turnout_rate(some, of) for some, of in zip(voters, electors, strict=True)]
    return (len(row.reports), len(found), *electors, *voters, *rates)


_SEXES: Final = ("male", "female", "total")


def _by_day(ledger: Ledger, rows: list[_Row]) -> Table:
    said: list[tuple[Cell, ...]] = []
    for row in rows:
        place = ledger.election_id, row.tier, row.prefecture, row.contest, row.unit
        said += [(*place, *cells) for cells in _days(row)]
    return Table(
        id="early_voting_by_day",
        number="2",
        title="期日前投票の日別投票者数",
        columns=(
            *_PLACE,
            *keys(("day", "日")),
            *_UNITS,
            *columns(
                "count",
                ("early", "期日前投票者数（累計）"),
                ("increase", "前日からの増"),
                ("absentee", "不在者投票者数（累計）"),
                ("electors", "有権者数"),
            ),
        ),
        rows=tuple(said),
        notes=(
            "報告のあった日だけの累計です。前の日に同じ開票区の報告がないときは、増は空欄です。",
            *_estimates(rows),
        ),
    )


def _days(row: _Row) -> Iterator[tuple[Cell, ...]]:
    before: tuple[date, set[int], int] | None = None
    for day in sorted({day for each in row.reports for day in each.days}):
        found = {at: each.days[day] for at, each in enumerate(row.reports) if day in each.days}
        methods = [each.by_method for each in found.values() if each.by_method is not None]
        early = sum(each.early for each in methods)
        increase = None
        if before is not None and (day - before[0]).days == 1 and set(found) == before[1]:
            increase = early - before[2]
        absentee = sum(each.absentee for each in methods)
        electors = sum(each.electors.total for each in found.values())
        yield (day.isoformat(), len(row.reports), len(found), early, increase, absentee, electors)
        before = day, set(found), early


def _estimates(rows: list[_Row]) -> tuple[str, ...]:
    finals = (each.final for row in rows for each in row.reports)
    return (_ESTIMATED,) if any(each is not None and each.estimated for each in finals) else ()
