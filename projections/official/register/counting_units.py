"""Where votes were counted.

Counting districts and municipalities; or a whole district or prefecture, posted as one on behalf
of the centres within it, where nothing smaller is published.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from aggregates.election.geography import PREFECTURES, Unit, UnitKind
from aggregates.reference.name_folding import clean_name
from projections.official.register.official_register import (
    ListBlock,
    OfficialDistrict,
    OfficialRegister,
)
from projections.official.tables.name_variants import (
    Alias,
    HasName,
    match,
    readable,
)
from projections.official.tables.official_rows import (
    ListVotesRow,
    UnitListVotesRow,
    UnitVotesRow,
    party_key,
)
from projections.official.tables.official_tables import FolderUnusable, OfficialRow
from projections.official.tables.published_sheets import district_label
from projections.official.tables.results_folder import (
    DISTRICT_VOTES,
    LIST_VOTES,
    ResultsFolder,
)


@dataclass(frozen=True, slots=True)
class CountedUnit:
    """Official votes of one contest in one unit, in thousandths per option."""

    contest: str
    unit: Unit
    votes: dict[str, int]

    @property
    def on_behalf(self) -> bool:
        """Whether somebody posts this for the centres within it."""
        return self.unit.kind in {"district", "prefecture"}


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """All counts of a folder.

    Attributes:
        districts: In the order of districts, then of the table.
        lists: In the order of blocks and prefectures, then of the table.
        aliases: Candidates taken for a name of another spelling, as nobody else was left.
        spellings: Candidate -> name as the votes have it, for a name that has glyphs of private
            use in the official table and none there.
    """

    districts: tuple[CountedUnit, ...]
    lists: tuple[CountedUnit, ...]
    aliases: tuple[Alias, ...]
    spellings: dict[str, str]

    def units(self) -> dict[str, Unit]:
        """Every unit by its code, those of the districts first."""
        return {count.unit.code: count.unit for count in (*self.districts, *self.lists)}


def unit_counts(folder: ResultsFolder, register: OfficialRegister) -> UnitCounts:
    """Sort the published votes into units.

    Raises:
        FolderUnusable: Votes for nobody who stood, twice for one unit, or none for somebody.
        NamesAmbiguous: A candidate of the votes cannot be found in the district.
    """
    votes: dict[tuple[str, int], list[UnitVotesRow]] = defaultdict(list)
    for row in folder.district_units:
        votes[row.prefecture, row.district].append(row)
    codes = _unit_codes(folder.district_units)
    districts: list[CountedUnit] = []
    aliases: list[Alias] = []
    spellings: dict[str, str] = {}
    for district in register.districts:
        rows = votes.pop((district.prefecture, district.number), [])
        if rows:
            ids, guessed = _candidate_ids(district, rows)
            districts += _by_unit(district, rows, codes, ids)
            aliases += guessed
            spellings |= _spellings(district, ids)
        else:
            districts.append(_whole_district(district))
    for left in votes.values():
        raise left[0].row.refuse("district_no", "smd_candidates にない選挙区です")
    lists = tuple(
        _list_counts(folder, register, {count.unit.code: count.unit for count in districts})
    )
    return UnitCounts(tuple(districts), lists, tuple(aliases), spellings)


# --- districts ------------------------------------------------------------------------------


def _unit_codes(rows: Iterable[UnitVotesRow]) -> dict[tuple[str, int, str, str], str]:
    """Code per counting district: the municipality's, with a number where it is one of several."""
    parts: dict[tuple[str, str], list[tuple[str, int, str, str]]] = defaultdict(list)
    for row in rows:
        key = _unit_key(row)
        found = parts[row.jis5, row.prefecture if not row.jis5 else ""]
        if key not in found:
            found.append(key)
    codes: dict[tuple[str, int, str, str], str] = {}
    for (jis5, prefecture), keys in parts.items():
        for number, key in enumerate(sorted(keys) if jis5 else keys, start=1):
            whole = bool(jis5) and len(keys) == 1
            codes[key] = jis5 if whole else f"{jis5 or f'x{prefecture}'}.{number}"
    return codes


def _unit_key(row: UnitVotesRow) -> tuple[str, int, str, str]:
    return row.prefecture, row.district, row.jis5, row.label


def _candidate_ids(
    district: OfficialDistrict, rows: list[UnitVotesRow]
) -> tuple[dict[tuple[str, str], str], tuple[Alias, ...]]:
    """(name, party) of the votes -> id of the candidate."""
    written = list(dict.fromkeys((row.candidate, row.party) for row in rows))
    left = [HasName(name, party=party) for name, party in written]
    right = [
        HasName(each.candidate.name, each.candidate.registered_name, each.row.party)
        for each in district.standing
    ]
    matches = match(left, right, f"{DISTRICT_VOTES}（{district.name}）")
    ids = {
        key: district.standing[matches.right_of[index]].candidate.id
        for index, key in enumerate(written)
    }
    return ids, matches.aliases


def _spellings(district: OfficialDistrict, ids: dict[tuple[str, str], str]) -> dict[str, str]:
    written = {option: clean_name(name) for (name, _), option in ids.items()}
    return {
        each.candidate.id: readable(each.candidate.name, written[each.candidate.id])
        for each in district.standing
        if readable(each.candidate.name, written[each.candidate.id]) != each.candidate.name
    }


def _by_unit(
    district: OfficialDistrict,
    rows: list[UnitVotesRow],
    codes: dict[tuple[str, int, str, str], str],
    ids: dict[tuple[str, str], str],
) -> list[CountedUnit]:
    nobody = dict.fromkeys((each.candidate.id for each in district.standing), 0)
    found: dict[str, CountedUnit] = {}
    seen: set[tuple[str, str]] = set()
    for row in rows:
        code, option = codes[_unit_key(row)], ids[row.candidate, row.party]
        if (code, option) in seen:
            raise row.row.refuse("candidate", "同じ開票区に2度あります")
        seen.add((code, option))
        if code not in found:
            unit = _unit(code, row.label, row.prefecture, "counting-district", (row.jis5,))
            found[code] = CountedUnit(district.id, unit, dict(nobody))
        found[code].votes[option] = row.votes
    return list(found.values())


def _whole_district(district: OfficialDistrict) -> CountedUnit:
    unit = _unit(f"d{district.slug}", district.name, district.prefecture, "district")
    votes = {each.candidate.id: each.row.votes for each in district.standing}
    return CountedUnit(district.id, unit, votes)


# --- lists ----------------------------------------------------------------------------------


def _list_counts(
    folder: ResultsFolder, register: OfficialRegister, known: dict[str, Unit]
) -> Iterable[CountedUnit]:
    wholes: dict[tuple[str, str], list[ListVotesRow]] = defaultdict(list)
    parts: dict[tuple[str, str], list[UnitListVotesRow]] = defaultdict(list)
    for row in folder.list_votes:
        wholes[row.block, row.prefecture].append(row)
    for part in folder.list_units:
        parts[part.block, part.prefecture].append(part)
    for block in register.blocks:
        places = [(block.block.id, prefecture) for prefecture in block.block.prefectures]
        if not any(place in parts or place in wholes for place in places):
            raise FolderUnusable(f"{block.name}: party_votes_by_block_pref.csv に得票がありません")
        for place in places:
            if place in parts:
                yield from _municipalities(block, parts.pop(place), known)
            elif place in wholes:
                units = [unit for unit in known.values() if unit.prefecture == place[1]]
                yield from _prefecture(folder, block, place[1], wholes[place], units)
    for left in parts.values():
        raise left[0].row.refuse("pref", "このブロックの都道府県ではありません")


def _prefecture(
    folder: ResultsFolder,
    block: ListBlock,
    prefecture: str,
    rows: list[ListVotesRow],
    units: list[Unit],
) -> Iterable[CountedUnit]:
    """By counting district where the prefecture published that, else the prefecture as one."""
    whole = _whole_prefecture(block, prefecture, rows)
    by_label = {district_label(unit.name): unit for unit in units}
    for table in folder.list_sheets:
        if table.keys() == by_label.keys():
            counts = [_list_sheet(block, by_label[label], row) for label, row in table.items()]
            _require_sum(whole, counts, next(iter(table.values())))
            return counts
    return [whole]


def _list_sheet(block: ListBlock, unit: Unit, row: OfficialRow) -> CountedUnit:
    columns = {party_key(column): column for column in row.cells}
    votes = {each.party_list.id: row.votes(columns[each.row.party]) for each in block.lists}
    return CountedUnit(block.id, unit, votes)


def _require_sum(whole: CountedUnit, counts: list[CountedUnit], first: OfficialRow) -> None:
    for option, votes in whole.votes.items():
        if sum(count.votes[option] for count in counts) != votes:
            raise first.refuse("total", f"名簿 {option} の開票区の合計が都道府県の得票と違います")


def _whole_prefecture(block: ListBlock, prefecture: str, rows: list[ListVotesRow]) -> CountedUnit:
    unit = _unit(f"p{prefecture}", PREFECTURES[prefecture], prefecture, "prefecture")
    votes = {each.party_list.id: 0 for each in block.lists}
    for row in rows:
        found = block.find_list(row.party)
        if found is not None:
            # A name that an earlier party had as well has a second row, which is empty.
            votes[found.party_list.id] += row.votes
        elif row.votes:
            raise row.row.refuse("party", f"{block.name}に名簿がありません")
    return CountedUnit(block.id, unit, votes)


def _municipalities(
    block: ListBlock, rows: list[UnitListVotesRow], known: dict[str, Unit]
) -> list[CountedUnit]:
    nobody = {each.party_list.id: 0 for each in block.lists}
    code_of = _municipality_codes(rows, known)
    found: dict[str, CountedUnit] = {}
    seen: set[tuple[str, str]] = set()
    for row in rows:
        code, standing = code_of(row), block.find_list(row.party)
        if standing is None:
            raise row.row.refuse("party", f"{block.name}に名簿がありません（{LIST_VOTES}）")
        if (code, row.party) in seen:
            raise row.row.refuse("party", "同じ市区町村に2度あります")
        seen.add((code, row.party))
        if code not in found:
            unit = known.get(code) or _unit(
                code, row.municipality, row.prefecture, "municipality", (row.jis5,)
            )
            found[code] = CountedUnit(block.id, unit, dict(nobody))
        found[code].votes[standing.party_list.id] = row.votes
    return list(found.values())


def _municipality_codes(
    rows: list[UnitListVotesRow], known: dict[str, Unit]
) -> Callable[[UnitListVotesRow], str]:
    """A whole counting district keeps its code; other municipalities get one of their own."""
    unnumbered = list(dict.fromkeys(row.municipality for row in rows if not row.jis5))

    def code(row: UnitListVotesRow) -> str:
        if not row.jis5:
            return f"m{row.prefecture}.{unnumbered.index(row.municipality) + 1}"
        return row.jis5 if row.jis5 in known else f"m{row.jis5}"

    return code


def _unit(
    code: str, name: str, prefecture: str, kind: UnitKind, municipalities: tuple[str, ...] = ()
) -> Unit:
    return Unit(
        code=code,
        name=name,
        prefecture=prefecture,
        kind=kind,
        municipalities=tuple(each for each in municipalities if each),
    )
