"""Votes per unit in tables, of Upper House lists with a row for each member (POEA 95-3).

`votes` stands on the row of the list alone, with the votes for its members in it: a reader who
adds the column up counts no vote twice. What the sheet says of the name of the list and of a member
stands in columns of its own.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from projections.documents.contest_document import ContestDocument, ContestUnitsDocument
from projections.documents.district_document import UnitContest
from projections.documents.models import OptionRow, decimal

LIST_VOTES: Final = (
    "list_votes", "list_votes_thousandths", "member_votes", "member_votes_thousandths",
)  # fmt: skip
"""Columns: votes for the name of a list, and votes for the person of a member."""


class _ListLine(NamedTuple):
    """A list or a member of one; figures in thousandths, None where they are not known.

    Attributes:
        option: Id of the list or member.
        name: Its name.
        party: Party id of the list.
        special_place: Place in the 特定枠.
        votes: Of a list, with its members.
        list_votes: Of a list, for its name.
        member_votes: Of a member.
    """

    option: str
    name: str
    party: str
    special_place: int | None = None
    votes: int | None = None
    list_votes: int | None = None
    member_votes: int | None = None

    def parts(self) -> tuple[str | None, int | None, str | None, int | None]:
        """The cells of `LIST_VOTES`."""
        return *_two_forms(self.list_votes), *_two_forms(self.member_votes)


def _two_forms(thousandths: int | None) -> tuple[str | None, int | None]:
    """Votes as a decimal and in thousandths; None of what nobody reported."""
    return (None, None) if thousandths is None else (decimal(thousandths), thousandths)


def _list_lines(
    option: OptionRow, sheet: Mapping[str, int], *, list_totals: bool
) -> Iterator[_ListLine]:
    """A list of one sheet, then its members in order of the list.

    Args:
        option: The list with its members.
        sheet: Votes by id in thousandths; empty before the first report.
        list_totals: The sheet has votes of whole lists only.
    """
    named = sheet.get(option.id)
    standing = (member.id for member in option.members if not member.withdrawn)
    whole = None if named is None else named + sum(sheet.get(each, 0) for each in standing)
    alone = None if list_totals else named
    yield _ListLine(option.id, option.name, option.party, votes=whole, list_votes=alone)
    for member in option.members:
        own = sheet.get(member.id)
        yield _ListLine(member.id, member.name, option.party, member.priority, member_votes=own)


def unit_rows(document: ContestDocument) -> Iterator[list[object]]:
    """Every unit of a contest with its options: the rows of its table."""
    has_members = any(option.members for option in document.options)
    for unit in document.units:
        where = unit.unit, unit.name, unit.prefecture, unit.status, unit.confirmed, unit.as_of
        ballots = unit.valid, unit.invalid, " ".join(unit.estimated)
        for option in document.options:
            if has_members:
                for line in _list_lines(option, unit.thousandths, list_totals=unit.list_totals):
                    yield [
                        document.id, *where, line.option, line.name, line.party,
                        *_two_forms(line.votes), *ballots,
                        option.id, line.special_place, *line.parts(),
                    ]  # fmt: skip
                continue
            votes = _two_forms(unit.thousandths.get(option.id))
            yield [
                document.id, *where, option.id, option.name, option.party, *votes, *ballots,
                *("" for _ in range(2 + len(LIST_VOTES))),
            ]  # fmt: skip


REPORT_COLUMNS: Final = (
    "contest", "unit", "unit_name", "prefecture", "status", "confirmed", "as_of", "option",
    "sheet_votes", "sheet_votes_thousandths", "valid", "invalid", "estimated",
)  # fmt: skip
"""`sheet_votes` are those of the sheet: of an Upper House list those for its name alone."""


def report_rows(document: ContestUnitsDocument) -> Iterator[list[object]]:
    """The latest sheet of every unit line by line; a unit without a report has one row too."""
    for unit in document.units:
        where = unit.unit, unit.name, unit.prefecture, unit.status, unit.confirmed, unit.as_of
        ballots = unit.valid, unit.invalid, " ".join(unit.estimated)
        for option, votes in unit.thousandths.items():
            yield [document.contest, *where, option, *_two_forms(votes), *ballots]
        if not unit.thousandths:
            yield [document.contest, *where, "", None, None, *ballots]


def sheet_lines(found: UnitContest) -> Iterator[tuple[list[object], list[object]]]:
    """Votes of an option with the ballots of its sheet; list votes apart from personal ones."""
    unknown: list[object] = [None] * len(LIST_VOTES)
    tally, sums = found.tally, found.list_sums
    if tally is None:
        yield ["", "", None, None, None], unknown
        return
    for option, own in tally.votes.items():
        votes: int | None = own
        parts = unknown
        if option in sums:
            votes = sums[option]
            parts = [*_two_forms(None if tally.list_totals else own), None, None]
        elif sums:
            votes, parts = None, [None, None, *_two_forms(own)]
        yield [option, *_two_forms(votes), tally.valid, tally.invalid], parts
