"""Who stood in an Upper House election: parties, districts with candidates, the national list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from aggregates.election.ballot import Candidate, Member, Party, PartyList
from projections.official.register.party_register import number_parties
from projections.official.tables.official_rows import party_key
from projections.official.tables.official_tables import FolderUnusable
from projections.official.upper.upper_tables import (
    ALL,
    UpperCandidate,
    UpperDistrictRow,
    UpperFolder,
    UpperMemberRow,
)

NATIONAL_LIST: Final = "upper-list/national"


@dataclass(frozen=True, slots=True)
class UpperStanding:
    """A candidate of a district: the official row and what is registered of it."""

    row: UpperCandidate
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class UpperDistrict:
    """A district of one prefecture, or of two (合区), with who stood there."""

    id: str
    row: UpperDistrictRow
    standing: tuple[UpperStanding, ...]

    @property
    def slug(self) -> str:
        """`13`, or `31-32` of a joint district."""
        return self.id.partition("/")[2]

    @property
    def seats(self) -> int:
        """Seats filled by the ballot, those of the other half among them."""
        return self.row.seats + self.row.seats_by


@dataclass(frozen=True, slots=True)
class UpperListStanding:
    """A party's list: its members' rows, and what is registered of it."""

    party: str
    party_list: PartyList
    members: tuple[tuple[UpperMemberRow, Member], ...]


@dataclass(frozen=True, slots=True)
class UpperRegister:
    """Everything that is fixed before the polls close.

    Attributes:
        parties: By the name under which tables are compared.
        districts: By prefecture.
        lists: In the order of the publication.
        list_seats: Seats of the national list.
    """

    parties: dict[str, Party]
    districts: tuple[UpperDistrict, ...]
    lists: tuple[UpperListStanding, ...]
    list_seats: int


def build_upper_register(folder: UpperFolder) -> UpperRegister:
    """Build the register.

    Raises:
        FolderUnusable: A candidate of no district, a member of no list, or a list without any.
    """
    parties = number_parties(_party_names(folder))
    return UpperRegister(
        parties=parties,
        districts=tuple(_districts(folder, parties)),
        lists=tuple(_lists(folder, parties)),
        list_seats=sum(row.whole("seats") for row in folder.tables["lists"]),
    )


def _party_names(folder: UpperFolder) -> dict[str, str]:
    """Name as compared -> as written: in the order of the list votes, then of the candidates."""
    current = (r for r in folder.tables["party_votes_list_total"] if r.text("period") == "current")
    rows = (*current, *folder.tables["lists"], *folder.tables["district_candidates"])
    names: dict[str, str] = {}
    for row in rows:
        written = row.required_text("party")
        if written not in ALL and party_key(written):
            names.setdefault(party_key(written), written)
    return names


def _districts(folder: UpperFolder, parties: dict[str, Party]) -> Iterator[UpperDistrict]:
    found: dict[str, list[UpperCandidate]] = {row.name: [] for row in folder.districts}
    for person in folder.candidates:
        if person.district not in found:
            raise person.row.refuse("district", "districts.csv にない選挙区です")
        found[person.district].append(person)
    for row in sorted(folder.districts, key=lambda each: each.prefectures):
        slug = "-".join(row.prefectures)
        people = sorted(found[row.name], key=lambda each: each.order)
        if len({each.order for each in people}) < len(people):
            raise people[0].row.refuse("order", "同じ選挙区に同じ番号の候補者がいます")
        standing = tuple(UpperStanding(p, _candidate(p, slug, parties)) for p in people)
        yield UpperDistrict(f"upper-district/{slug}", row, standing)


def _candidate(person: UpperCandidate, slug: str, parties: dict[str, Party]) -> Candidate:
    return Candidate(
        id=f"{slug}-{person.order}",
        name=person.name,
        kana=person.row.text("name_kana"),
        party=parties[person.party].id if person.party else "",
        sex=person.sex,
        age=person.age,
        standing=person.standing,
    )


def _lists(folder: UpperFolder, parties: dict[str, Party]) -> Iterator[UpperListStanding]:
    members: dict[str, list[UpperMemberRow]] = {party: [] for party in folder.list_votes}
    for row in folder.members:
        if row.party not in members:
            raise row.row.refuse("party", "lists.csv にない名簿の登載者です")
        members[row.party].append(row)
    for party, rows in members.items():
        if not rows:
            raise FolderUnusable(f"lists.csv {party}: list_members.csv に登載者がいません")
        yield _list(party, parties[party], rows)


def _list(key: str, party: Party, rows: list[UpperMemberRow]) -> UpperListStanding:
    list_id = f"list-{party.id}"
    members = tuple((row, _member(row, f"{list_id}-{row.order:02d}", party)) for row in rows)
    people = tuple(member for _, member in members)
    return UpperListStanding(
        key, PartyList(id=list_id, name=party.name, party=party.id, members=people), members
    )


def _member(row: UpperMemberRow, member_id: str, party: Party) -> Member:
    return Member(
        id=member_id,
        name=row.name,
        kana=row.row.text("name_kana"),
        party=party.id,
        age=row.age,
        standing=row.standing,
        priority=row.priority,
    )
