"""Rehearsals of the other elections: Upper House, prefecture, city, by-elections, polls.

Each is a setting like that of the House: an invented country, ballots, true sheets and errors.
Seats and joint districts of the Upper House are the real ones; whatever is counted is invented.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from aggregates.election.ballot import Candidate, Member, PartyList
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.geography import PREFECTURES
from aggregates.rule_package.japan import JAPAN
from infra.services.rehearsal.scenario.candidate_field import Nominations, Slate, person_facts
from infra.services.rehearsal.scenario.country import Centre, Country, RehearsalDistrict, country
from infra.services.rehearsal.scenario.injected_errors import mishaps
from infra.services.rehearsal.scenario.invented_names import Namer
from infra.services.rehearsal.scenario.invented_parties import PARTIES
from infra.services.rehearsal.scenario.poll import polls_in
from infra.services.rehearsal.scenario.polls_with_options import (
    ordinance_setting,
    referendum_setting,
)
from infra.services.rehearsal.scenario.scenario import Setting, complete_setting
from infra.services.rehearsal.scenario.seeded_random import chance, weight
from infra.services.rehearsal.scenario.special_cases import Specials

_JOINT: Final = ("31", "32", "36", "39")
_LIST: Final = "upper-list/national"
_LIST_SEATS: Final = 50
_SPECIAL_LIST: Final = PARTIES[0].party.id
"""The party that uses the 特定枠, for two."""
_SPECIALS: Final = 2
_PREFECTURE: Final = "31"
_ASSEMBLY: Final = 9
_CITY_ELECTORS: Final = 61_400
_COUNCIL_SEATS: Final = 20
_SPREAD: Final = 0.3
_CANDIDATE_SPREAD: Final = 0.4
_MISHAPS_AT: Final = 0.2


def upper_setting(seed: int, scale: float, polling_day: date) -> Setting:
    """The Upper House: districts, two of them joint, and the national list with its members."""
    land = country(seed, scale, _JOINT)
    seats = JAPAN.rule("upper-district", polling_day).regular_seats
    held = [each for each in seats if set(each.prefectures) <= set(land.prefectures())]
    facts = [
        _facts(
            f"upper-district/{'-'.join(each.prefectures)}",
            "・".join(_short(code) for code in each.prefectures) + "選挙区",
            each.seats,
            [centre for code in each.prefectures for centre in land.centres(code)],
        )
        for each in held
    ]
    everywhere = [centre for code in land.prefectures() for centre in land.centres(code)]
    facts.append(_facts(_LIST, "比例代表", _LIST_SEATS, everywhere))
    rare = _rare(seed, facts[:-1])
    slates = _slates(seed, facts[:-1], rare, by_party=True)
    name = "訓練：参議院議員通常選挙"
    return _assemble(
        seed,
        polling_day,
        name,
        facts,
        land=land,
        slates=slates,
        rare=rare,
        scale=scale,
    )


def prefecture_setting(seed: int, _scale: float, polling_day: date) -> Setting:
    """A prefecture's day: governor, and an assembly by districts, one of them uncontested."""
    whole = country(seed, 1)
    land = Country(tuple(each for each in whole.districts if each.prefecture == _PREFECTURE))
    centres = land.centres(_PREFECTURE)
    facts = [_facts(f"governor/{_PREFECTURE}", f"{PREFECTURES[_PREFECTURE]}知事", 1, centres)]
    parts = [centres[place::_ASSEMBLY] for place in range(_ASSEMBLY)]
    facts += [
        _facts(
            f"prefectural-assembly/{_PREFECTURE}-{number:02d}",
            f"{PREFECTURES[_PREFECTURE]}議会議員 第{number}選挙区",
            1 + number % 4,
            part,
        )
        for number, part in enumerate(parts, start=1)
    ]
    contested = _rare(seed, facts[1:-1])
    rare = Specials(contested.tied, facts[-1].id, "", "", contested.namesakes)
    slates = _slates(seed, facts, rare, by_party=True)
    name = f"訓練：{PREFECTURES[_PREFECTURE]}知事選挙・議会議員選挙"
    return _assemble(
        seed, polling_day, name, facts, land=land, slates=slates, rare=rare, scale=_MISHAPS_AT
    )


def city_setting(seed: int, _scale: float, polling_day: date) -> Setting:
    """A city's day: mayor and council, where two are equal at the last seat."""
    centre = Centre("09-901", "架空市", "09", _CITY_ELECTORS, 512)
    land = Country((RehearsalDistrict("mayor/09-901", "架空市長", "09", (centre,)),))
    mayor = _facts("mayor/09-901", "架空市長", 1, [centre])
    council = _facts("municipal-assembly/09-901", "架空市議会議員", _COUNCIL_SEATS, [centre])
    rare = Specials(council.id, "", "", "", frozenset())
    slates = _slates(seed, [mayor, council], rare, by_party=False)
    name = "訓練：架空市長選挙・架空市議会議員選挙"
    return _assemble(
        seed, polling_day, name, [mayor, council], land=land, slates=slates, rare=rare, scale=0.01
    )


def by_election_setting(seed: int, _scale: float, polling_day: date) -> Setting:
    """By-elections: two districts of the House, and one seat of four in an assembly."""
    whole = country(seed, 1)
    chosen = [whole.districts[place] for place in (40, 120)]
    assembly = RehearsalDistrict("", "", chosen[0].prefecture, chosen[0].centres[:2])
    land = Country(tuple(chosen))
    facts = [_facts(each.contest, f"{each.name}補欠選挙", 1, each.centres) for each in chosen]
    place = assembly.prefecture
    facts.append(
        ContestFacts(
            id=f"prefectural-assembly/{place}-01",
            kind="prefectural-assembly",
            name=f"{PREFECTURES[place]}議会議員補欠選挙 第1選挙区",
            seats=1,
            full_seats=4,
            prefectures=(place,),
            units=tuple(centre.code for centre in assembly.centres),
        )
    )
    rare = Specials("", "", "", "", frozenset({facts[0].id}))
    name = "訓練：補欠選挙"
    slates = _slates(seed, facts, rare, by_party=True)
    return _assemble(
        seed,
        polling_day,
        name,
        facts,
        land=land,
        slates=slates,
        rare=rare,
        scale=_MISHAPS_AT,
    )


SETTINGS: Final[dict[str, Callable[[int, float, date], Setting]]] = {
    "upper": upper_setting,
    "prefecture": prefecture_setting,
    "city": city_setting,
    "by-election": by_election_setting,
    "referendum": referendum_setting,
    "ordinance-poll": ordinance_setting,
}
"""By what `kaihyo demo --election` calls them: a setting from seed, scale and polling day."""


def _short(code: str) -> str:
    name = PREFECTURES[code]
    return name if code == "01" else name[:-1]


def _facts(contest: str, name: str, seats: int, centres: Iterable[Centre]) -> ContestFacts:
    held = tuple(centres)
    return ContestFacts(
        id=contest,
        kind=contest.partition("/")[0],
        name=name,
        seats=seats,
        prefectures=tuple(sorted({centre.prefecture for centre in held})),
        units=tuple(centre.code for centre in held),
    )


def _rare(seed: int, contests: list[ContestFacts]) -> Specials:
    """A lot is drawn in one contest, ballots are divided in another."""
    tied, namesakes = chance(seed, "specials").sample([each.id for each in contests], 2)
    return Specials(tied, "", "", "", frozenset({namesakes}))


def _assemble(
    seed: int,
    polling_day: date,
    name: str,
    facts: list[ContestFacts],
    *,
    land: Country,
    slates: dict[str, Slate],
    rare: Specials,
    scale: float,
) -> Setting:
    leans = {
        code: {e.party.id: weight(chance(seed, "leans", code, e.party.id), _SPREAD, e.weight * 1000)
               for e in PARTIES}
        for code in land.prefectures()
    }  # fmt: skip
    lists = {_LIST: tuple(_lists(seed))} if any(each.id == _LIST for each in facts) else {}
    nominations = Nominations(slates, lists, (), leans)
    centres = {c.code: c for code in land.prefectures() for c in land.centres(code)}
    every = polls_in(facts, centres)
    kinds = frozenset(each.kind for each in facts) - {"upper-list"}
    voted = tuple(poll for poll in every if poll.contest != rare.uncontested)
    wrong = mishaps(seed, voted, rare, scale, kinds=kinds, every=False)
    return complete_setting(
        seed=seed,
        polling_day=polling_day,
        land=land,
        nominations=nominations,
        rare=rare,
        polls=every,
        mishaps=wrong,
        facts={each.id: each for each in facts},
        name=name,
    )


# --- ballots --------------------------------------------------------------------------------


def _slates(
    seed: int, facts: Iterable[ContestFacts], rare: Specials, *, by_party: bool
) -> dict[str, Slate]:
    return {each.id: _slate(seed, each, rare, by_party=by_party) for each in facts}


def _slate(seed: int, facts: ContestFacts, rare: Specials, *, by_party: bool) -> Slate:
    """As many as there are seats and some more; in a city most stand for no party."""
    source = chance(seed, "slate", facts.id)
    number = facts.seats + (2 + facts.seats // 3 if facts.id != rare.uncontested else 0)
    namer, taken = Namer(source), set[str]()
    people = [namer.person(taken) for _ in range(number)]
    if facts.id in rare.namesakes:
        people[1] = namer.person(taken, family=people[0].family)
    slug = facts.id.partition("/")[2]
    candidates = tuple(
        Candidate(
            id=f"{slug}-{place}",
            party=_party(place, facts.kind, by_party=by_party),
            **person_facts(person),
        )
        for place, person in enumerate(people, start=1)
    )
    weights = {each.id: weight(source, _CANDIDATE_SPREAD) for each in candidates}
    if facts.id == rare.tied and facts.seats == 1:
        weights[candidates[1].id] = weights[candidates[0].id] = max(weights.values()) * 3
    district = RehearsalDistrict(facts.id, facts.name, facts.prefectures[0], ())
    sharers = (candidates[0].id, candidates[1].id) if facts.id in rare.namesakes else ()
    return Slate(district, candidates, weights, sharers)


def _party(place: int, kind: str, *, by_party: bool) -> str:
    if by_party and kind != "governor":
        return PARTIES[(place - 1) % len(PARTIES)].party.id if place % 7 else ""
    return PARTIES[place % len(PARTIES)].party.id if place % 4 == 0 else ""


def _lists(seed: int) -> Iterator[PartyList]:
    for strength in PARTIES:
        party = strength.party.id
        namer, taken = Namer(chance(seed, "lists", party)), set[str]()
        number = 3 + _LIST_SEATS * strength.weight // 1000
        first = _SPECIALS if party == _SPECIAL_LIST else 0
        members = tuple(
            Member(
                id=f"{party}.{place}",
                party=party,
                priority=place if place <= first else None,
                **person_facts(namer.person(taken)),
            )
            for place in range(1, number + 1)
        )
        yield PartyList(id=party, name=strength.party.name, party=party, members=members)
