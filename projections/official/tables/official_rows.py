"""Rows of the official tables as typed records; votes in thousandths."""

from collections.abc import Iterable
from typing import NamedTuple

from aggregates.counting.turnout import BySex
from aggregates.election.ballot import Sex, Standing
from aggregates.reference.name_folding import clean_name
from projections.official.tables.official_tables import OfficialRow
from projections.official.tables.place_names import parse_block, parse_prefecture

ALL_PARTIES = "__TOTAL__"
"""What stands in the column of parties on a row of totals."""

OTHERS = "諸派"
INDEPENDENT = "無所属"

_SEXES: dict[str, Sex] = {"男": "male", "女": "female"}
_STANDINGS: dict[str, Standing] = {"新": "new", "前": "incumbent", "元": "former"}
_AGE_MIN = 18
_AGE_MAX = 130


class ResultArea(NamedTuple):
    """Where a figure per prefecture belongs.

    Attributes:
        tier: `smd` districts or `pr` lists.
        prefecture: Its code.
        scope: `all`, or `overseas` for the overseas roll alone.
    """

    tier: str
    prefecture: str
    scope: str = "all"


class CandidateRow(NamedTuple):
    """A candidate of a district; `party` is the folded name, empty for independents."""

    row: OfficialRow
    prefecture: str
    district: int
    order: int
    name: str
    party: str
    party_label: str
    certified: bool
    sex: Sex | None
    age: int | None
    standing: Standing | None
    votes: int
    elected: bool
    dual: bool


class ListRow(NamedTuple):
    """A party's list in a block, with its official votes and seats."""

    row: OfficialRow
    block: str
    party: str
    votes: int
    seats: int


class EntryRow(NamedTuple):
    """A member of a list; `elected_order` is the place among the list's winners."""

    row: OfficialRow
    block: str
    party: str
    rank: int
    name: str
    elected_order: int | None
    elected: bool
    dual: bool


class ListVotesRow(NamedTuple):
    """Votes of a list in a prefecture."""

    row: OfficialRow
    block: str
    prefecture: str
    party: str
    votes: int


class UnitVotesRow(NamedTuple):
    """Votes of a candidate in a counting district."""

    row: OfficialRow
    prefecture: str
    district: int
    jis5: str
    label: str
    candidate: str
    party: str
    votes: int


class UnitListVotesRow(NamedTuple):
    """Votes of a list in a municipality."""

    row: OfficialRow
    block: str
    prefecture: str
    jis5: str
    municipality: str
    party: str
    votes: int


class BallotTotals(NamedTuple):
    """Ballots of a prefecture, whole."""

    ballots: int
    valid: int
    invalid: int


class Electorate(NamedTuple):
    """Electors and voters of a prefecture."""

    electors: BySex
    voters: BySex


def party_key(written: str) -> str:
    """A party's name for comparing tables; empty for independents, without outer brackets."""
    name = clean_name(written)
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]
    return "" if _is_independent(name) else name


def _is_independent(name: str) -> bool:
    """無所属, also with a remark after it; a group whose name goes on after the word is a group."""
    rest = name.removeprefix(INDEPENDENT)
    return rest != name and not rest[:1].isalnum()


def sex_left_blank(table: Iterable[OfficialRow]) -> Sex | None:
    """Whom an empty cell means: men where only women are marked, nobody where nothing is."""
    marks = {row.text("gender") for row in table}
    return "male" if "女" in marks and "男" not in marks else None


def candidate(row: OfficialRow, blank_sex: Sex | None) -> CandidateRow:
    """Read a row of `smd_candidates`."""
    party = party_key(row.required_text("party"))
    label = row.text("party_raw")
    age = row.optional_whole("age")
    if age is not None and not _AGE_MIN <= age <= _AGE_MAX:
        raise row.refuse("age", f"{_AGE_MIN}歳から{_AGE_MAX}歳までです")
    return CandidateRow(
        row=row,
        prefecture=parse_prefecture(row, "prefecture"),
        district=_number(row, "district_no"),
        order=_number(row, "order_in_district"),
        name=row.required_text("name_display"),
        party=party,
        party_label=label if party and label != row.text("party") else "",
        certified=row.flag("party_is_certified"),
        sex=row.word("gender", _SEXES) or blank_sex,
        age=age,
        standing=row.word("status", _STANDINGS),
        votes=row.required_votes("votes"),
        elected=row.flag("elected"),
        dual=row.flag("dual_candidacy"),
    )


def list_row(row: OfficialRow) -> ListRow:
    """Read a row of `pr_party_blocks`."""
    return ListRow(
        row,
        parse_block(row, "block"),
        party_key(row.required_text("party")),
        row.required_votes("votes"),
        row.whole("seats"),
    )


def entry(row: OfficialRow) -> EntryRow:
    """Read a row of `pr_list_entries`."""
    return EntryRow(
        row=row,
        block=parse_block(row, "block"),
        party=party_key(row.required_text("party")),
        rank=_number(row, "list_rank"),
        name=row.required_text("name"),
        elected_order=row.optional_whole("elected_order"),
        elected=row.flag("elected_pr"),
        dual=row.flag("dual_candidacy"),
    )


def list_votes(row: OfficialRow) -> ListVotesRow:
    """Read a row of `party_votes_by_block_pref`."""
    return ListVotesRow(
        row,
        parse_block(row, "block"),
        parse_prefecture(row, "prefecture"),
        party_key(row.required_text("party")),
        row.votes("votes"),
    )


def unit_votes(row: OfficialRow) -> UnitVotesRow:
    """Read a row of the votes per counting district."""
    return UnitVotesRow(
        row=row,
        prefecture=parse_prefecture(row, "pref"),
        district=_number(row, "district_no"),
        jis5=_jis5(row),
        label=row.text("kaihyoku_label") or row.required_text("municipality"),
        candidate=row.required_text("candidate"),
        party=party_key(row.text("party")),
        votes=row.votes("votes"),
    )


def unit_list_votes(row: OfficialRow) -> UnitListVotesRow:
    """Read a row of the list votes per municipality."""
    return UnitListVotesRow(
        row=row,
        block=parse_block(row, "block"),
        prefecture=parse_prefecture(row, "pref"),
        jis5=_jis5(row),
        municipality=row.required_text("municipality"),
        party=party_key(row.required_text("party")),
        votes=row.votes("votes"),
    )


def ballots(row: OfficialRow, tier: str) -> tuple[ResultArea, BallotTotals]:
    """Read a row of the ballots per prefecture."""
    figures = BallotTotals(
        row.whole("total_ballots"), row.whole("valid_votes"), row.whole("invalid_votes")
    )
    return ResultArea(tier, parse_prefecture(row, "prefecture")), figures


def electorate(row: OfficialRow) -> tuple[ResultArea, Electorate]:
    """Read a row of `electorate`."""
    place = ResultArea(
        row.required_text("tier"), parse_prefecture(row, "prefecture"), row.required_text("scope")
    )
    return place, Electorate(_by_sex(row, "electors"), _by_sex(row, "voters"))


def _by_sex(row: OfficialRow, who: str) -> BySex:
    return BySex(row.whole(f"{who}_male"), row.whole(f"{who}_female"))


def _number(row: OfficialRow, column: str) -> int:
    if (number := row.whole(column)) < 1:
        raise row.refuse(column, "1以上の番号が必要です")
    return number


def _jis5(row: OfficialRow) -> str:
    """Five digits, a leading zero put back; or nothing where the code is not known."""
    code = row.text("jis5")
    if code and not (code.isascii() and code.isdigit() and len(code) in {4, 5}):
        raise row.refuse("jis5", "5桁の市区町村コードが必要です")
    return code.zfill(5) if code else ""
