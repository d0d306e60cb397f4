"""Who stood where: parties, districts with their candidates, blocks with their lists."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from msgspec.structs import replace

from aggregates.election.ballot import Candidate, DualCandidacy, Member, Party, PartyList
from aggregates.election.geography import BLOCKS, PREFECTURES
from aggregates.rule_package.kind_rule import Block
from projections.official.register.party_register import read_parties
from projections.official.tables.name_variants import Alias, HasName, match, readable
from projections.official.tables.official_rows import CandidateRow, EntryRow, ListRow
from projections.official.tables.results_folder import ResultsFolder

_BLOCK_OF = {prefecture: block.id for block in BLOCKS for prefecture in block.prefectures}


@dataclass(frozen=True, slots=True)
class RegisteredCandidate:
    """A candidate of a district: the official row and what is registered of it."""

    row: CandidateRow
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class OfficialDistrict:
    """A single-member district."""

    id: str
    name: str
    prefecture: str
    number: int
    standing: tuple[RegisteredCandidate, ...]

    @property
    def slug(self) -> str:
        """`13-01`: prefecture and number."""
        return self.id.partition("/")[2]

    @property
    def is_polled(self) -> bool:
        """False where no more stand than there are seats (無投票, POEA 100)."""
        return len(self.standing) > 1


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A member of a list, with the district candidate the same person is."""

    row: EntryRow
    member: Member
    dual: RegisteredCandidate | None


@dataclass(frozen=True, slots=True)
class ListStanding:
    """A party's list: the official row and what is registered of it."""

    row: ListRow
    party_list: PartyList
    members: tuple[ListedMember, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A block with its lists; its seats are those that the folder's lists won."""

    id: str
    name: str
    block: Block
    seats: int
    lists: tuple[ListStanding, ...]

    def find_list(self, party: str) -> ListStanding | None:
        """The list of a party, by the party's name as compared between tables."""
        return next((each for each in self.lists if each.row.party == party), None)


@dataclass(frozen=True, slots=True)
class OfficialRegister:
    """Everything that is fixed before the polls close.

    Attributes:
        parties: By the name under which tables are compared.
        districts: By prefecture and number.
        blocks: In the order of the law's table.
        aliases: Members taken for a candidate of another spelling, as nobody else was left.
    """

    parties: dict[str, Party]
    districts: tuple[OfficialDistrict, ...]
    blocks: tuple[ListBlock, ...]
    aliases: tuple[Alias, ...]


def district_contest(prefecture: str, number: int) -> str:
    """Id of a district's contest: `house-district/13-01`."""
    return f"house-district/{prefecture}-{number:02d}"


def build_register(folder: ResultsFolder) -> OfficialRegister:
    """Build the register.

    Raises:
        FolderUnusable: Two rows are one candidate, or a list has no members.
        NamesAmbiguous: A dual candidate cannot be found on the other table.
    """
    parties = read_parties(folder)
    standings = [_standing(row, parties) for row in folder.candidates]
    _refuse_twice(standings)
    duals, aliases = _duals(folder, standings)
    standings = _readable(standings, folder.entries, duals)
    blocks = tuple(_blocks(folder, parties, duals))
    return OfficialRegister(parties, _districts(standings), blocks, aliases)


def _standing(row: CandidateRow, parties: dict[str, Party]) -> RegisteredCandidate:
    contest = district_contest(row.prefecture, row.district)
    block = _BLOCK_OF[row.prefecture]
    text = row.row.text
    return RegisteredCandidate(
        row,
        Candidate(
            id=f"{contest.partition('/')[2]}-{row.order}",
            name=row.name,
            registered_name=text("name_kanji"),
            kana=text("name_kana"),
            party=parties[row.party].id if row.party else "",
            party_label=row.party_label,
            sex=row.sex,
            age=row.age,
            standing=row.standing,
            occupation=text("occupation"),
            dual_list=f"house-block/{block}" if row.dual else None,
        ),
    )


def _refuse_twice(standings: Iterable[RegisteredCandidate]) -> None:
    seen: set[str] = set()
    for each in standings:
        if each.candidate.id in seen:
            raise each.row.row.refuse("order_in_district", "同じ選挙区に同じ番号の候補者がいます")
        seen.add(each.candidate.id)


def _districts(standings: list[RegisteredCandidate]) -> tuple[OfficialDistrict, ...]:
    def place(each: RegisteredCandidate) -> tuple[str, int]:
        return each.row.prefecture, each.row.district

    ordered = sorted(standings, key=lambda each: (place(each), each.row.order))
    return tuple(
        OfficialDistrict(
            id=district_contest(prefecture, number),
            name=f"{PREFECTURES[prefecture]}第{number}区",
            prefecture=prefecture,
            number=number,
            standing=tuple(group),
        )
        for (prefecture, number), group in groupby(ordered, key=place)
    )


def _duals(
    folder: ResultsFolder, standings: list[RegisteredCandidate]
) -> tuple[dict[int, RegisteredCandidate], tuple[Alias, ...]]:
    """Line of a list entry -> the district candidate of the same block, party and name."""
    entries: dict[tuple[str, str], list[EntryRow]] = defaultdict(list)
    people: dict[tuple[str, str], list[RegisteredCandidate]] = defaultdict(list)
    for entry in folder.entries:
        if entry.dual:
            entries[entry.block, entry.party].append(entry)
    for each in standings:
        if each.row.dual:
            people[_BLOCK_OF[each.row.prefecture], each.row.party].append(each)
    found: dict[int, RegisteredCandidate] = {}
    aliases: list[Alias] = []
    for key in {**entries, **people}:
        left = [HasName(entry.name) for entry in entries[key]]
        right = [HasName(p.candidate.name, p.candidate.registered_name) for p in people[key]]
        matches = match(left, right, f"重複立候補（{_block_name(key[0])}・{key[1]}）")
        aliases += matches.aliases
        for index, other in matches.right_of.items():
            found[entries[key][index].row.line] = people[key][other]
    return found, tuple(aliases)


def _readable(
    standings: list[RegisteredCandidate],
    entries: Iterable[EntryRow],
    duals: dict[int, RegisteredCandidate],
) -> list[RegisteredCandidate]:
    """Write a name with glyphs of private use as the list has it, if that has none."""
    listed = {
        duals[entry.row.line].candidate.id: entry.name
        for entry in entries
        if entry.row.line in duals
    }
    return [
        RegisteredCandidate(each.row, replace(each.candidate, name=readable(*names)))
        for each in standings
        for names in [(each.candidate.name, listed.get(each.candidate.id, each.candidate.name))]
    ]


def _block_name(block_id: str) -> str:
    return next(block.name for block in BLOCKS if block.id == block_id)


def _blocks(
    folder: ResultsFolder, parties: dict[str, Party], duals: dict[int, RegisteredCandidate]
) -> Iterable[ListBlock]:
    entries: dict[tuple[str, str], list[EntryRow]] = defaultdict(list)
    for entry in folder.entries:
        entries[entry.block, entry.party].append(entry)
    for block in BLOCKS:
        rows = [row for row in folder.lists if row.block == block.id]
        if rows:
            yield ListBlock(
                id=f"house-block/{block.id}",
                name=f"比例代表 {block.name}ブロック",
                block=block,
                seats=sum(row.seats for row in rows),
                lists=tuple(
                    _list(row, parties[row.party], entries.pop((block.id, row.party), []), duals)
                    for row in rows
                ),
            )
    for left in entries.values():
        raise left[0].row.refuse("party", "pr_party_blocks にない名簿の登載者です")


def _list(
    row: ListRow, party: Party, entries: list[EntryRow], duals: dict[int, RegisteredCandidate]
) -> ListStanding:
    if not entries:
        raise row.row.refuse("party", "pr_list_entries に登載者がいません")
    list_id = f"{row.block}-{party.id}"
    members = tuple(
        _list_member(entry, f"{list_id}-{number:02d}", party, duals.get(entry.row.line))
        for number, entry in enumerate(entries, start=1)
    )
    party_list = PartyList(
        id=list_id, name=party.name, party=party.id, members=tuple(m.member for m in members)
    )
    return ListStanding(row, party_list, members)


def _list_member(
    entry: EntryRow, member_id: str, party: Party, dual: RegisteredCandidate | None
) -> ListedMember:
    if dual is None:
        member = Member(id=member_id, name=entry.name, party=party.id, rank=entry.rank)
        return ListedMember(entry, member, None)
    person = dual.candidate
    contest = district_contest(dual.row.prefecture, dual.row.district)
    member = Member(
        id=member_id,
        name=readable(entry.name, person.name),
        registered_name=person.registered_name,
        kana=person.kana,
        party=party.id,
        sex=person.sex,
        age=person.age,
        standing=person.standing,
        occupation=person.occupation,
        rank=entry.rank,
        dual=DualCandidacy(contest, person.id),
    )
    return ListedMember(entry, member, dual)
