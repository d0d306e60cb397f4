"""The tables of an Upper House election: who stood, on which lists, with which votes.

Votes of candidates whose fractions were not published are whole (`votes_exact` false); votes of
list members always are. Nothing of the lists was published below the nation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from aggregates.election.ballot import Sex, Standing
from aggregates.election.geography import PREFECTURE_CODES
from aggregates.reference.name_folding import clean_name
from projections.official.tables.official_rows import BallotTotals, party_key
from projections.official.tables.official_tables import (
    FolderUnusable,
    OfficialRow,
    parse_election_id,
)
from projections.official.tables.place_names import parse_polling_day, parse_prefecture

CANDIDATES_FOLDER: Final = "candidates"

OFFICIAL_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "districts": (
        "election_id", "district", "prefectures", "seats", "seats_by",
        "total_ballots", "valid_votes", "invalid_votes",
    ),
    "ballots_district_by_pref": (
        "scope", "prefecture", "total_ballots", "valid_votes", "invalid_votes",
    ),
    "party_votes_by_pref_district": (
        "scope", "prefecture", "party", "votes_male", "votes_female", "votes_total",
    ),
    "party_votes_district_total": ("period", "party", "votes"),
    "party_votes_list_total": ("period", "party", "votes"),
    "lists": ("party", "votes", "seats"),
    "dhondt_quotients": ("party", "divisor", "quotient", "seat_rank"),
    "winners_by_party": (
        "section", "status", "party", "male", "male_by", "female", "female_by", "total", "total_by",
    ),
    "winners_by_pref_party": (
        "district", "party", "new", "new_by", "incumbent", "incumbent_by", "former", "former_by",
        "total", "total_by",
    ),
}  # fmt: skip
"""Tables of the publication, with the columns that a replay needs."""

PEOPLE_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "district_candidates": (
        "district", "order", "name", "name_kana", "party", "gender", "age", "status", "votes",
        "votes_exact", "elected", "elected_order", "seat",
    ),
    "list_members": (
        "party", "order", "special_rank", "name", "name_kana", "age", "status", "votes",
        "elected", "elected_order",
    ),
}  # fmt: skip
"""Tables of names, which stand beside those of the publication."""

ALL: Final = frozenset({"計", "合計"})
"""What stands in the column of parties on a row of totals."""

SEXES: Final[dict[str, Sex]] = {"男": "male", "女": "female"}
STATUSES: Final[dict[str, Standing]] = {
    "新": "new",
    "現": "incumbent",
    "前": "incumbent",
    "元": "former",
}
SHORT_TERM: Final = "by-election"
"""In the column `seat`: the seat of the other half, which has the shorter term (POEA 115)."""


class UpperCandidate(NamedTuple):
    """A candidate of a district; `party` is the folded name, empty for independents."""

    row: OfficialRow
    district: str
    order: int
    name: str
    party: str
    sex: Sex | None
    age: int | None
    standing: Standing | None
    votes: int
    exact: bool
    elected: bool


class UpperMemberRow(NamedTuple):
    """A member of a list; `votes` is None for the 特定枠, whose names are votes for the list."""

    row: OfficialRow
    party: str
    order: int
    priority: int | None
    name: str
    age: int | None
    standing: Standing | None
    votes: int | None
    elected: bool


class UpperDistrictRow(NamedTuple):
    """A district with its prefectures; `seats_by` of the seats are those of the other half."""

    row: OfficialRow
    name: str
    prefectures: tuple[str, ...]
    seats: int
    seats_by: int


class GroupKey(NamedTuple):
    """A cell of the votes by party: where, which party, men or women."""

    prefecture: str
    party: str
    sex: Sex


@dataclass(frozen=True, slots=True)
class UpperFolder:
    """What a folder holds, read and checked for form.

    Attributes:
        election: Id of the election: the folder's name before the dash.
        polling_day: From the id that every table carries.
        tables: Every table by name.
        districts: In the order of the publication.
        candidates: Of all districts.
        members: Of all lists.
        list_votes: Party -> votes of the list and its members together.
        ballots: Prefecture -> ballots of the districts.
        group_votes: Votes of districts by prefecture, party and sex.
    """

    election: str
    polling_day: date
    tables: Mapping[str, tuple[OfficialRow, ...]]
    districts: tuple[UpperDistrictRow, ...]
    candidates: tuple[UpperCandidate, ...]
    members: tuple[UpperMemberRow, ...]
    list_votes: Mapping[str, int]
    ballots: Mapping[str, BallotTotals]
    group_votes: Mapping[GroupKey, int]


def build_upper_folder(name: str, tables: Mapping[str, tuple[OfficialRow, ...]]) -> UpperFolder:
    """What the tables of a folder say.

    Args:
        name: Of the folder: the id of the election before the first dash.
        tables: Those of `OFFICIAL_COLUMNS` and of `PEOPLE_COLUMNS`, by name.

    Raises:
        FolderUnusable: A table is empty, or a cell is not what it must be; says where.
    """
    for each, table in tables.items():
        if not table:
            raise FolderUnusable(f"{each}.csv: 行がありません")
    by_pref = [row for row in tables["ballots_district_by_pref"] if row.text("scope") == "pref"]
    return UpperFolder(
        election=parse_election_id(name, "upper26-2022"),
        polling_day=parse_polling_day(tables["districts"][0]),
        tables=tables,
        districts=tuple(map(_district, tables["districts"])),
        candidates=tuple(map(_candidate, tables["district_candidates"])),
        members=tuple(map(_member, tables["list_members"])),
        list_votes={
            party_key(r.required_text("party")): r.required_votes("votes") for r in tables["lists"]
        },
        ballots={parse_prefecture(row, "prefecture"): _ballots(row) for row in by_pref},
        group_votes=dict(_group_votes(tables["party_votes_by_pref_district"])),
    )


def _district(row: OfficialRow) -> UpperDistrictRow:
    names = [clean_name(part) for part in row.required_text("prefectures").split("、")]
    if unknown := [name for name in names if name not in PREFECTURE_CODES]:
        raise row.refuse("prefectures", f"{'、'.join(unknown)} という都道府県はありません")
    return UpperDistrictRow(
        row=row,
        name=clean_name(row.required_text("district")),
        prefectures=tuple(sorted(PREFECTURE_CODES[name] for name in names)),
        seats=row.whole("seats"),
        seats_by=row.whole("seats_by"),
    )


def _candidate(row: OfficialRow) -> UpperCandidate:
    return UpperCandidate(
        row=row,
        district=clean_name(row.required_text("district")),
        order=row.whole("order"),
        name=row.required_text("name"),
        party=party_key(row.required_text("party")),
        sex=row.word("gender", SEXES),
        age=row.optional_whole("age"),
        standing=row.word("status", STATUSES),
        votes=row.required_votes("votes"),
        exact=row.flag("votes_exact"),
        elected=row.flag("elected"),
    )


def _member(row: OfficialRow) -> UpperMemberRow:
    priority = row.optional_whole("special_rank")
    return UpperMemberRow(
        row=row,
        party=party_key(row.required_text("party")),
        order=row.whole("order"),
        priority=priority,
        name=row.required_text("name"),
        age=row.optional_whole("age"),
        standing=row.word("status", STATUSES),
        # Of others an empty cell is not 0: the votes would be taken for those of the list alone.
        votes=row.required_votes("votes") if priority is None else row.optional_votes("votes"),
        elected=row.flag("elected"),
    )


def _ballots(row: OfficialRow) -> BallotTotals:
    return BallotTotals(
        row.whole("total_ballots"), row.whole("valid_votes"), row.whole("invalid_votes")
    )


def _group_votes(table: tuple[OfficialRow, ...]) -> list[tuple[GroupKey, int]]:
    return [
        (GroupKey(parse_prefecture(row, "prefecture"), party_key(row.text("party")), sex), votes)
        for row in table
        if row.text("scope") == "pref" and row.text("party") not in ALL
        for sex in SEXES.values()
        if (votes := row.votes(f"votes_{sex}"))
    ]
