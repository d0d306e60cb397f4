"""Invented sheets of counting centres as papers: what people type in where a night is left open."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from aggregates.counting.pool_division import votes_without_pools
from aggregates.election.ballot import Member, Option, PartyList
from aggregates.election.identifiers import VOTE
from aggregates.election.tally import Tally
from infra.services.rehearsal.final_totals import ballot_options
from infra.services.rehearsal.scenario.poll import RehearsalPoll
from infra.services.rehearsal.scenario.scenario import Setting
from projections.documents.models import decimal
from projections.feeds.csv_cells import csv_text, text_cell
from projections.office_tables.figure_names import REASONS, THOUSANDTHS

_HEAD: Final = ("候補者等", "得票数")
_HEAD_OF_REVIEW: Final = ("裁判官", "×の数", "記載のない数")
_TOTALS: Final = {
    "cut": "按分の際切り捨てた票数",
    "nobody": "いずれの候補者にも属さない票数",
    "valid": "有効投票数",
    "invalid": "無効投票数",
    "ballots": "投票総数",
    "taken_away": "持ち帰りと思われる票数",
    "rejected": "不受理と決定した票数",
    "voters": "投票者数",
}

Row = tuple[str, ...]


def write_papers(made: Setting, prefecture: str, folder: Path) -> int:
    """Write the final sheet of every count in a prefecture, one CSV file each; gives how many.

    A sheet of the counting centre's page reads such a file: every row by the name in front.

    Args:
        made: The truth of a night.
        prefecture: Its code.
        folder: Where to; it is made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    polls = [each for each in made.polls if each.prefecture == prefecture]
    written = [poll for poll in polls if poll.serial in made.sheets]
    held = Counter((poll.unit, poll.kind) for poll in written)
    for poll in written:
        # A referendum may put several proposals to the vote in one unit.
        several = held[poll.unit, poll.kind] > 1
        sheet = poll.contest.replace("/", "-") if several else poll.kind
        path = folder / f"{poll.unit}-{sheet}.csv"
        # Spreadsheets know by the mark at the beginning that it is UTF-8.
        path.write_text(csv_text(_rows(made, poll)), encoding="utf-8-sig", newline="")
    return len(written)


def _rows(made: Setting, poll: RehearsalPoll) -> Iterator[Row]:
    sheet = made.sheets[poll.serial]
    options = [each for each in _lines(made, poll.contest) if each.id in sheet.votes]
    names = {each.id: each.name for each in options}
    yield _HEAD if sheet.no is None else _HEAD_OF_REVIEW
    for option in options:
        yield (text_cell(option.name), *_votes(sheet, option.id))
    for pool in sheet.pools:
        between = "・".join(names[each.option] for each in pool.sharers)
        yield text_cell(between), f"按分票：{pool.name}", str(pool.ballots)
    for field, name in _TOTALS.items():
        # B and C follow from the pools; an answer is divided between nobody.
        if field in THOUSANDTHS and (sheet.pools or poll.has_options):
            continue
        if field not in THOUSANDTHS:
            yield name, str(getattr(sheet, field))
        elif sheet.no is None:
            yield name, decimal(getattr(sheet, field))
    for reason, ballots in (sheet.invalid_by_reason or {}).items():
        yield REASONS[reason], str(ballots)


def _lines(made: Setting, contest: str) -> Iterator[Option | Member]:
    """Who has a line on a sheet, in its order: after an Upper House list its members."""
    for option in ballot_options(made, contest).values():
        yield option
        if isinstance(option, PartyList):
            yield from option.members


def _votes(sheet: Tally, option: str) -> Row:
    if sheet.no is None:
        # A paper has what was counted: votes without the shared ballots.
        return (decimal(votes_without_pools(sheet, option)),)
    return str(sheet.votes[option] // VOTE), str(sheet.no[option] // VOTE)
