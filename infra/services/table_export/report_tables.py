"""Final figures of every unit, as the tidy table that `kaihyo import tallies` reads.

Left out are interim reports, reports that were corrected, and remarks: the last final sheet and the
last final turnout stand for all of them. What was spread over units says so (推計).
"""

from collections.abc import Iterator
from datetime import datetime

from aggregates.counting.turnout import TurnoutFigures
from aggregates.election.tally import Tally, format_votes
from aggregates.reference.japan_time import JAPAN_TIME
from infra.services.importing.tallies.tallies_long import (
    CONTEST,
    ESTIMATED,
    ITEM,
    MOMENT,
    NUMBER,
    STATE,
    TURNOUT_ESTIMATED,
    UNIT,
)
from projections.feeds.csv_cells import id_cell
from projections.office_tables.figure_names import DISMISS, KEEP, METHODS, REASONS, THOUSANDTHS
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord, CountRecord
from projections.state.sums import stated_figure

HEADINGS = (CONTEST, UNIT, MOMENT, STATE, ESTIMATED, ITEM, NUMBER)
_FINAL = "確定"
_SHEET = {
    "cut": "按分切捨",
    "nobody": "いずれにも属さない",
    "valid": "有効",
    "invalid": "無効",
    "ballots": "投票総数",
    "taken_away": "持ち帰り",
    "rejected": "不受理",
    "voters": "投票者数",
}
_PEOPLE = {
    "electors": "有権者数",
    "voters": "投票者数",
    "overseas_electors": "在外有権者数",
    "overseas_voters": "在外投票者数",
}

Figure = tuple[str, str]
"""An item and its number."""


def report_table(state: ElectionState) -> list[list[str]]:
    """Headings, then a row per figure: turnout of all units before the sheets of all."""
    rows = [list(HEADINGS)]
    for contest in state.contests.values():
        for count in contest.counts.values():
            rows += _turnout_rows(contest, count)
    for contest in state.contests.values():
        for count in contest.counts.values():
            rows += _sheet_rows(contest, count)
    return rows


def _turnout_rows(contest: ContestRecord, count: CountRecord) -> Iterator[list[str]]:
    record = count.turnout
    if record.final and record.figures is not None and record.as_of is not None:
        marks = TURNOUT_ESTIMATED if record.figures.estimated else ""
        where = [contest.facts.id, _unit(count), _moment(record.as_of), _FINAL, marks]
        yield from ([*where, item, number] for item, number in _people(record.figures))


def _sheet_rows(contest: ContestRecord, count: CountRecord) -> Iterator[list[str]]:
    if count.final and count.tally is not None and count.as_of is not None:
        marks = " ".join(count.tally.estimated)
        where = [contest.facts.id, _unit(count), _moment(count.as_of), _FINAL, marks]
        yield from ([*where, item, number] for item, number in _figures(contest, count.tally))


def _unit(count: CountRecord) -> str:
    return id_cell("unit", count.unit)


def _moment(as_of: datetime) -> str:
    """In Japanese time, to the second."""
    return f"{as_of.astimezone(JAPAN_TIME):%Y-%m-%d %H:%M:%S}"


def _people(figures: TurnoutFigures) -> Iterator[Figure]:
    for field, word in _PEOPLE.items():
        people = getattr(figures, field)
        yield f"{word}（男）", str(people.male)
        yield f"{word}（女）", str(people.female)
    if figures.by_method is not None:
        for field, word in METHODS.items():
            yield word, str(getattr(figures.by_method, field))


def _figures(contest: ContestRecord, tally: Tally) -> Iterator[Figure]:
    is_review = contest.rule.ballot == "justices"
    for option, own in tally.votes.items():
        item = f"{option}{DISMISS}" if is_review else id_cell("option", option)
        yield item, format_votes(own)
    for option, blank in (tally.no or {}).items():
        yield f"{option}{KEEP}", format_votes(blank)
    for field, word in _SHEET.items():
        value = stated_figure(tally, field)
        if value is not None:
            yield word, format_votes(value) if field in THOUSANDTHS else str(value)
    for reason, number in (tally.invalid_by_reason or {}).items():
        yield f"無効：{REASONS[reason]}", str(number)
    yield from _pools(tally)


def _pools(tally: Tally) -> Iterator[Figure]:
    """The votes are divided already, so every share is stated beside them."""
    for pool in tally.pools:
        sharers = "、".join(each.option for each in pool.sharers)
        yield f"按分票：{pool.name}（{sharers}）", str(pool.ballots)
        for each in pool.sharers:
            if each.share is not None:
                yield f"按分：{pool.name}：{each.option}", format_votes(each.share)
