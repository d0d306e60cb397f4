"""A folder of official results: which tables it holds, and what their rows say.

Tables are those of 結果調 as compiled by prefecture, block and party, in `official-tables/`; votes
per counting district and list votes per municipality stand beside them where they are known.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from projections.official.tables import official_rows
from projections.official.tables.official_tables import (
    FolderUnusable,
    OfficialRow,
    parse_election_id,
)
from projections.official.tables.place_names import is_total, parse_polling_day
from projections.official.tables.published_sheets import (
    StatedSheet,
)

TABLES = "official-tables"
DISTRICT_VOTES = "district-votes-by-counting-district.csv"
LIST_VOTES = "list-votes-by-municipality.csv"

_SEXES = ("male", "female", "total")
_PEOPLE = tuple(f"{who}_{sex}" for who in ("electors", "voters", "abstainers") for sex in _SEXES)
_BALLOTS = ("prefecture", "total_ballots", "valid_votes", "invalid_votes")

COLUMNS: dict[str, tuple[str, ...]] = {
    "smd_candidates": (
        "election_id", "prefecture", "district_no", "order_in_district", "elected",
        "name_display", "name_kanji", "name_kana", "age", "gender", "party_raw", "party",
        "party_is_certified", "status", "occupation", "votes", "dual_candidacy",
        "sekihai_rate", "sekihai_excluded",
    ),
    "smd_districts": ("prefecture", "district_no", "deposit_forfeit_point"),
    "pr_party_blocks": ("block", "party", "votes", "seats"),
    "pr_list_entries": (
        "block", "party", "list_rank", "name", "elected_order", "elected_pr",
        "sekihai_rate", "sekihai_excluded", "dual_candidacy",
    ),
    "dhondt_quotients": ("block", "party", "divisor", "quotient", "seat_rank"),
    "ballots_smd_by_pref": _BALLOTS,
    "ballots_pr_by_block_pref": ("block", *_BALLOTS),
    "electorate": ("tier", "scope", "block", "prefecture", *_PEOPLE),
    "turnout": (
        "tier", "scope", "block", "prefecture", *(f"rate_{sex}" for sex in _SEXES),
    ),
    "party_votes_smd_total": ("period", "party", "votes"),
    "party_votes_pr_total": ("period", "party", "votes"),
    "party_votes_by_pref_smd": ("prefecture", "party", "votes_total"),
    "party_votes_by_block": ("block", "party", "votes", "is_total_row"),
    "party_votes_by_block_pref": ("block", "prefecture", "party", "votes"),
}  # fmt: skip
"""Tables a replay reads, with the columns it needs."""

_BY_SEX = ("male", "female", "dual_male", "dual_female")

OPTIONAL_COLUMNS: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("candidacy_by_party", "winners_by_party"),
    ("kind", "section", "status", "party", *_BY_SEX),
)
"""Tables read where they are there: what they imply of single people is inferred."""

DISTRICT_COLUMNS = (
    "pref", "district_no", "jis5", "kaihyoku_label", "municipality", "candidate", "party", "votes",
)  # fmt: skip
LIST_COLUMNS = ("block", "pref", "jis5", "municipality", "party", "votes")

TRecord = TypeVar("TRecord")


@dataclass(frozen=True, slots=True)
class ResultsFolder:
    """What a folder holds, read and checked for form.

    Attributes:
        election: Id of the election: the folder's name before the dash.
        polling_day: From the id that every official table carries.
        tables: Official tables by name, rows of totals included.
        candidates: Candidates of all districts.
        lists: Lists of all blocks with their votes and seats.
        entries: Members of all lists.
        list_votes: List votes per prefecture.
        ballots: Ballots per contest tier and prefecture.
        electorate: Electors and voters per contest tier, scope and prefecture.
        district_units: Votes per counting district; empty where not published.
        list_units: List votes per municipality; empty where not published.
        district_sheets: Tally sheets by counting district, a table per prefecture that has one.
        list_sheets: List votes by counting district, likewise.
    """

    election: str
    polling_day: date
    tables: dict[str, tuple[OfficialRow, ...]]
    candidates: tuple[official_rows.CandidateRow, ...]
    lists: tuple[official_rows.ListRow, ...]
    entries: tuple[official_rows.EntryRow, ...]
    list_votes: tuple[official_rows.ListVotesRow, ...]
    ballots: dict[official_rows.ResultArea, official_rows.BallotTotals]
    electorate: dict[official_rows.ResultArea, official_rows.Electorate]
    district_units: tuple[official_rows.UnitVotesRow, ...]
    list_units: tuple[official_rows.UnitListVotesRow, ...]
    district_sheets: tuple[Mapping[str, StatedSheet], ...] = ()
    list_sheets: tuple[Mapping[str, OfficialRow], ...] = ()


@dataclass(frozen=True, slots=True)
class UnitTables:
    """What a publication has by counting district or municipality; empty where it has none.

    Attributes:
        district_votes: Votes per counting district.
        list_votes: List votes per municipality.
        district_sheets: Tally sheets by counting district, a table per prefecture.
        list_sheets: List votes by counting district, likewise.
    """

    district_votes: tuple[OfficialRow, ...] = ()
    list_votes: tuple[OfficialRow, ...] = ()
    district_sheets: tuple[Mapping[str, StatedSheet], ...] = ()
    list_sheets: tuple[Mapping[str, OfficialRow], ...] = ()


def build_folder(
    name: str, tables: Mapping[str, tuple[OfficialRow, ...]], by_unit: UnitTables
) -> ResultsFolder:
    """What the tables of a folder say.

    Args:
        name: Of the folder: the id of the election before the first dash.
        tables: Official tables by name: those of `COLUMNS`, and some of `OPTIONAL_COLUMNS`.
        by_unit: Tables by counting district.

    Raises:
        FolderUnusable: A table is empty, or a cell is not what it must be; says where.
    """
    for each, table in tables.items():
        if not table:
            raise FolderUnusable(f"{TABLES}/{each}.csv: 行がありません")
    candidates = tables["smd_candidates"]
    one_sex = official_rows.sex_left_blank(candidates)
    return ResultsFolder(
        election=parse_election_id(name, "house50-2024"),
        polling_day=_polling_day(tables),
        tables=dict(tables),
        candidates=tuple(official_rows.candidate(row, one_sex) for row in candidates),
        lists=tuple(map(official_rows.list_row, tables["pr_party_blocks"])),
        entries=tuple(map(official_rows.entry, tables["pr_list_entries"])),
        list_votes=_parts(tables["party_votes_by_block_pref"], official_rows.list_votes),
        ballots=_ballots(tables),
        electorate=dict(map(official_rows.electorate, _without_totals(tables["electorate"]))),
        district_units=tuple(map(official_rows.unit_votes, by_unit.district_votes)),
        list_units=tuple(map(official_rows.unit_list_votes, by_unit.list_votes)),
        district_sheets=by_unit.district_sheets,
        list_sheets=by_unit.list_sheets,
    )


def _polling_day(tables: Mapping[str, tuple[OfficialRow, ...]]) -> date:
    first = tables["smd_candidates"][0]
    for table in tables.values():
        for row in table:
            if row.cells.get("election_id", "") != first.cells["election_id"]:
                raise row.refuse("election_id", f"{first.text('election_id')} の選挙ではありません")
    return parse_polling_day(first)


def _without_totals(table: tuple[OfficialRow, ...]) -> tuple[OfficialRow, ...]:
    return tuple(row for row in table if not is_total(row, "prefecture"))


def _parts(
    table: tuple[OfficialRow, ...], read: Callable[[OfficialRow], TRecord]
) -> tuple[TRecord, ...]:
    return tuple(
        read(row)
        for row in _without_totals(table)
        if row.text("party") != official_rows.ALL_PARTIES
    )


def _ballots(
    tables: Mapping[str, tuple[OfficialRow, ...]],
) -> dict[official_rows.ResultArea, official_rows.BallotTotals]:
    return dict(
        official_rows.ballots(row, tier)
        for tier, name in (("smd", "ballots_smd_by_pref"), ("pr", "ballots_pr_by_block_pref"))
        for row in _without_totals(tables[name])
    )
