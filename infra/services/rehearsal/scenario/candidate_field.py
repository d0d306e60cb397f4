"""Who stands: candidates with their weights, lists with their members, six justices."""

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import TypedDict

from aggregates.election.ballot import (
    BallotPerson,
    Candidate,
    DualCandidacy,
    Justice,
    Member,
    PartyList,
    PollOption,
    Sex,
    Standing,
)
from aggregates.election.geography import PREFECTURES
from aggregates.rule_package.japan import JAPAN
from infra.services.rehearsal.scenario.country import Country, RehearsalDistrict, block_id
from infra.services.rehearsal.scenario.invented_names import Identity, Namer
from infra.services.rehearsal.scenario.invented_parties import PARTIES, Strength, lists_in
from infra.services.rehearsal.scenario.seeded_random import chance, weight
from infra.services.rehearsal.scenario.special_cases import Specials

JUSTICES = 6

_CANDIDATES = (3, 3, 4, 4, 4, 5, 5, 6)
_CANDIDATES_WHERE_NOBODY = 9
_INDEPENDENT_PERCENT = 14
_INDEPENDENT_SPREAD = 0.8
_DUAL_PERCENT = 82
_INCUMBENT_PERCENT = 125
_PREFECTURE_SPREAD = 0.28
_DISTRICT_SPREAD = 0.22
_RESERVE = 2
"""Members on a list beyond the seats it hopes for."""


@dataclass(frozen=True, slots=True)
class Slate:
    """The ballot of one district, with how strong each candidate is there."""

    district: RehearsalDistrict
    candidates: tuple[Candidate, ...]
    weights: dict[str, int]
    sharers: tuple[str, ...] = ()
    died: str = ""

    def votable(self) -> tuple[str, ...]:
        """Candidates with a line on the tally sheet."""
        return tuple(each.id for each in self.candidates if each.id != self.died)


@dataclass(frozen=True, slots=True)
class Question:
    """What a poll asks.

    Attributes:
        options: What one can answer.
        weights: How many choose each, in proportion.
        registered: The contest has its own options; else its kind states them.
    """

    options: tuple[PollOption, ...]
    weights: dict[str, int]
    registered: bool = False


@dataclass(frozen=True, slots=True)
class Nominations:
    """Everything one can vote for.

    Attributes:
        slates: Per district contest.
        lists: Per block contest.
        justices: Of the review.
        leans: Per prefecture: party -> weight among the lists.
        withdrawn: Contest and option of anyone who no longer stands.
        questions: Per poll with options.
    """

    slates: dict[str, Slate]
    lists: dict[str, tuple[PartyList, ...]]
    justices: tuple[Justice, ...]
    leans: dict[str, dict[str, int]]
    withdrawn: tuple[tuple[str, str], ...] = field(default=())
    questions: dict[str, Question] = field(default_factory=dict)


class PersonFacts(TypedDict):
    """What a nomination says of a person, the party left out."""

    name: str
    registered_name: str
    kana: str
    sex: Sex | None
    age: int | None
    standing: Standing | None
    occupation: str


def person_facts(person: Identity | BallotPerson) -> PersonFacts:
    """Facts of a person for a nomination, which adds id and party."""
    return PersonFacts(
        name=person.name,
        registered_name=person.registered_name,
        kana=person.kana,
        sex=person.sex,
        age=person.age,
        standing=person.standing,
        occupation=person.occupation,
    )


def nominate(seed: int, land: Country, rare: Specials, polling_day: date) -> Nominations:
    """Make the ballots up."""
    leans = {code: _leans(chance(seed, "leans", code)) for code in land.prefectures()}
    slates = {
        district.contest: _slate(
            chance(seed, "slate", district.contest), district, rare, leans[district.prefecture]
        )
        for district in land.districts
    }
    seats = JAPAN.rule("house-block", polling_day).block_seats()
    lists: dict[str, tuple[PartyList, ...]] = {}
    for block in dict.fromkeys(block_id(code) for code in land.prefectures()):
        contest = f"house-block/{block}"
        namer = Namer(chance(seed, "lists", block))
        lists[contest] = tuple(
            _list(namer, contest, strength, seats[block], slates) for strength in lists_in(block)
        )
    people = Namer(chance(seed, "justices"))
    taken: set[str] = set()
    justices = tuple(_justice(people.person(taken), n) for n in range(1, JUSTICES + 1))
    return Nominations(slates, lists, justices, leans, _withdrawn(slates[rare.bereaved], lists))


def _leans(source: Random) -> dict[str, int]:
    return {
        each.party.id: weight(source, _PREFECTURE_SPREAD, each.weight * 1000) for each in PARTIES
    }


# --- districts ------------------------------------------------------------------------------


def _slate(
    source: Random, district: RehearsalDistrict, rare: Specials, leans: dict[str, int]
) -> Slate:
    parties = _standing_parties(source, district, rare)
    namer, taken = Namer(source), set[str]()
    people = [namer.person(taken) for _ in parties]
    namesakes = district.contest in rare.namesakes
    if namesakes:
        people[1] = namer.person(taken, family=people[0].family)
    slug = district.contest.partition("/")[2]
    candidates = tuple(
        _candidate(source, person, f"{slug}-{number}", party, district)
        for number, (person, party) in enumerate(zip(people, parties, strict=True), start=1)
    )
    weights = {each.id: _weight(source, each, leans) for each in candidates}
    if district.contest == rare.tied:
        weights[candidates[1].id] = weights[candidates[0].id] = max(weights.values()) * 3
    if district.contest == rare.nobody:
        weights = dict.fromkeys(weights, 1_000_000)
    return Slate(
        district=district,
        candidates=candidates,
        weights=weights,
        sharers=(candidates[0].id, candidates[1].id) if namesakes else (),
        died=candidates[-1].id if district.contest == rare.bereaved else "",
    )


def _standing_parties(source: Random, district: RehearsalDistrict, rare: Specials) -> list[str]:
    if district.contest == rare.uncontested:
        return [PARTIES[0].party.id]
    wanted = source.choice(_CANDIDATES)
    if district.contest == rare.nobody:
        wanted = _CANDIDATES_WHERE_NOBODY
    if district.contest == rare.bereaved:
        wanted = 5
    block = block_id(district.prefecture)
    free = [each for each in PARTIES if each.in_block(block)]
    # By how readily each nominates: the drawn root keeps small parties rare, not absent.
    free.sort(key=lambda each: source.random() ** (100 / each.stands), reverse=True)
    chosen = free[:wanted]
    parties = [each.party.id for each in PARTIES if each in chosen]
    return [
        "" if place > 1 and source.randrange(100) < _INDEPENDENT_PERCENT else party
        for place, party in enumerate(parties + [""] * (wanted - len(parties)))
    ]


def _candidate(
    source: Random, person: Identity, option: str, party: str, district: RehearsalDistrict
) -> Candidate:
    dual = bool(party) and source.randrange(100) < _DUAL_PERCENT
    return Candidate(
        id=option,
        party=party,
        **person_facts(person),
        dual_list=f"house-block/{block_id(district.prefecture)}" if dual else None,
    )


def _weight(source: Random, candidate: Candidate, leans: dict[str, int]) -> int:
    if not candidate.party:
        return weight(source, _INDEPENDENT_SPREAD, leans[PARTIES[-4].party.id])
    own = weight(source, _DISTRICT_SPREAD, leans[candidate.party])
    return own * _INCUMBENT_PERCENT // 100 if candidate.standing == "incumbent" else own


# --- lists and justices ---------------------------------------------------------------------


def _list(
    namer: Namer, contest: str, strength: Strength, seats: int, slates: dict[str, Slate]
) -> PartyList:
    party = strength.party
    slug = f"{contest.partition('/')[2]}.{party.id}"
    dual = [
        (slate.district.contest, candidate)
        for slate in slates.values()
        for candidate in slate.candidates
        if candidate.dual_list == contest and candidate.party == party.id
    ]
    alone = seats * strength.weight // 1000 + _RESERVE
    members: list[Member] = []
    # One stands first, the dual candidates share the next rank, the others follow in order.
    members.append(_member(namer.person(set()), f"{slug}.1", party.id, 1))
    members += [
        _dual_member(candidate, f"{slug}.{number}", district)
        for number, (district, candidate) in enumerate(dual, start=2)
    ]
    taken: set[str] = set()
    members += [
        _member(namer.person(taken), f"{slug}.{number}", party.id, number)
        for number in range(2 + len(dual), 2 + len(dual) + alone)
    ]
    return PartyList(id=slug, name=party.name, party=party.id, members=tuple(members))


def _member(person: Identity, option: str, party: str, rank: int) -> Member:
    return Member(
        id=option,
        party=party,
        **person_facts(person),
        rank=rank,
    )


def _dual_member(candidate: Candidate, option: str, district: str) -> Member:
    return Member(
        id=option,
        party=candidate.party,
        **person_facts(candidate),
        rank=2,
        dual=DualCandidacy(district, candidate.id),
    )


def _justice(person: Identity, number: int) -> Justice:
    return Justice(id=f"justice-{number}", name=person.name, kana=person.kana)


def _withdrawn(
    slate: Slate, lists: dict[str, tuple[PartyList, ...]]
) -> tuple[tuple[str, str], ...]:
    """The dead candidate leaves the district's ballot and, if a dual one, the list as well."""
    block = f"house-block/{block_id(slate.district.prefecture)}"
    members = (member for group in lists[block] for member in group.members)
    dual = tuple(
        (block, member.id)
        for member in members
        if member.dual is not None and member.dual.candidate == slate.died
    )
    return ((slate.district.contest, slate.died), *dual)


def party_list_name(block: str) -> str:
    """What a block contest is called."""
    return f"比例代表 {block}ブロック"


def review_name(prefectures: int) -> str:
    """What the review of justices is called; a small night says that it is one."""
    whole = prefectures == len(PREFECTURES)
    return "最高裁判所裁判官国民審査" if whole else "最高裁判所裁判官国民審査（縮小版）"
