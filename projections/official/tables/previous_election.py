"""What the publication compares the election with: rates and party votes of the last one."""

from collections.abc import Iterator, Mapping

from aggregates.election.ballot import Party
from aggregates.election.identifiers import ContestKind
from aggregates.election.particulars import PreviousElection, PreviousRate, PreviousVotes, Scope
from projections.official.tables.official_rows import ALL_PARTIES, party_key
from projections.official.tables.official_tables import OfficialRow
from projections.official.tables.place_names import (
    is_total,
    parse_block,
    parse_prefecture,
)
from projections.official.tables.results_folder import ResultsFolder

KINDS: dict[str, ContestKind] = {"smd": "house-district", "pr": "house-block"}
"""The publication's tiers."""

_SCOPES: dict[str, Scope] = {"all": "all", "overseas": "overseas"}
_HUNDREDTH = 10
"""Thousandths in a hundredth, as rates are printed."""


def read_previous(folder: ResultsFolder, parties: Mapping[str, Party]) -> PreviousElection:
    """Read what the folder says of the last election."""
    return PreviousElection(
        rates=tuple(_rates(folder.tables["turnout"])),
        votes=(
            *_votes(folder.tables["party_votes_smd_total"], "house-district", parties),
            *_votes(folder.tables["party_votes_pr_total"], "house-block", parties),
        ),
    )


def _rates(table: tuple[OfficialRow, ...]) -> Iterator[PreviousRate]:
    for row in table:
        if row.cells.get("prev_rate_total", "").strip():
            yield PreviousRate(
                kind=KINDS[row.required_text("tier")],
                scope=_SCOPES[row.required_text("scope")],
                area=_area(row),
                male=row.votes("prev_rate_male") // _HUNDREDTH,
                female=row.votes("prev_rate_female") // _HUNDREDTH,
                total=row.votes("prev_rate_total") // _HUNDREDTH,
            )


def _area(row: OfficialRow) -> str:
    if not is_total(row, "prefecture"):
        return parse_prefecture(row, "prefecture")
    return parse_block(row, "block") if row.text("block") else ""


def _votes(
    table: tuple[OfficialRow, ...], kind: ContestKind, parties: Mapping[str, Party]
) -> Iterator[PreviousVotes]:
    """Every party with votes last time; compared with one of now where both stand in one column.

    A name may head two columns, where a party took over another's: the one with votes now is the
    party of this election, the other is gone.
    """
    now = [row for row in table if row.text("period") == "current"]
    last = [row for row in table if row.text("period") == "previous"]
    for row in last:
        name = row.text("party")
        if name == ALL_PARTIES or not row.text("votes"):
            continue
        place = _column(last, row)
        goes_on = any(
            each.text("votes") and each.text("party") == name and _column(now, each) == place
            for each in now
        )
        party = parties.get(party_key(name))
        yield PreviousVotes(
            kind=kind,
            name=name,
            party=party.id if party is not None and goes_on else "",
            votes=row.votes("votes"),
        )


def _column(rows: list[OfficialRow], row: OfficialRow) -> int:
    """Which of the columns of the same name the row is."""
    same = [each for each in rows if each.text("party") == row.text("party")]
    return same.index(row)
