"""Rehearsals of polls with options: a national referendum, and polls by ordinance with a quorum.

Each is a setting like that of the House: an invented country, questions, true sheets and errors.
"""

from datetime import date
from typing import Final

from aggregates.election.ballot import PollOption
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.rule_package.japan import JAPAN
from infra.services.rehearsal.scenario.candidate_field import Nominations, Question
from infra.services.rehearsal.scenario.country import Centre, Country, RehearsalDistrict, country
from infra.services.rehearsal.scenario.injected_errors import OF_POLLS, mishaps
from infra.services.rehearsal.scenario.poll import polls_in
from infra.services.rehearsal.scenario.scenario import Setting, complete_setting
from infra.services.rehearsal.scenario.seeded_random import chance, split, weight
from infra.services.rehearsal.scenario.special_cases import Specials

_REFERENDUM: Final = "national-referendum"
_PROPOSALS: Final = (("第1号議案（架空）", 548), ("第2号議案（架空）", 461))
"""What is asked of everybody, and how many of a thousand are in favour."""

_ORDINANCE: Final = "ordinance-poll-half"
_CITY: Final = "09-901"
_TOWN: Final = "09-951"
_CITY_QUESTION: Final = "庁舎の建設場所に関する住民投票（架空市）"
_CITY_OPTIONS: Final = (("1", "現在地で建て替える", 460), ("2", "駅前に移す", 320),
                        ("3", "建て替えない", 220))  # fmt: skip
_TOWN_QUESTION: Final = "運動公園の整備に関する住民投票（仮想町）"
_TOWN_OPTIONS: Final = (("1", "整備する", 1), ("2", "整備しない", 1))
_CITY_ELECTORS: Final = 96_000
_CITY_CENTRES: Final = 9
_TOWN_ELECTORS: Final = 8_200
_CITY_RATES: Final = (552, 618)
_TOWN_RATE: Final = 387
"""Of a thousand electors: below the half that the ordinance asks for."""

_SPREAD: Final = 0.1
_WEIGHT: Final = 1_000
"""Weights are large beside what chance adds in a unit."""

_FEW_MISHAPS: Final = 0.01
_NO_CASES: Final = Specials("", "", "", "", frozenset())


def referendum_setting(seed: int, scale: float, polling_day: date) -> Setting:
    """A national referendum with two proposals, each put to the vote of its own (RF 47)."""
    land = country(seed, scale)
    options = tuple(
        PollOption(id=each.id, name=each.name)
        for each in JAPAN.rule(_REFERENDUM, polling_day).answers
    )
    facts = [
        _facts(f"{_REFERENDUM}/{number}", name, land)
        for number, (name, _) in enumerate(_PROPOSALS, start=1)
    ]
    questions = {
        each.id: Question(options, _for_and_against(options, share))
        for each, (_, share) in zip(facts, _PROPOSALS, strict=True)
    }
    return _complete(
        seed,
        polling_day,
        name="訓練：国民投票",
        facts=facts,
        land=land,
        questions=questions,
        rare=_NO_CASES,
        scale=scale,
    )


def ordinance_setting(seed: int, _scale: float, polling_day: date) -> Setting:
    """Polls by ordinance: one of a city, and one of a town where too few vote (不成立)."""
    city = _district(_CITY, "架空市", _city_centres(seed))
    town = _district(_TOWN, "仮想町", (Centre(_TOWN, "仮想町", "09", _TOWN_ELECTORS, _TOWN_RATE),))
    facts = [
        _facts(city.contest, _CITY_QUESTION, Country((city,))),
        _facts(town.contest, _TOWN_QUESTION, Country((town,))),
    ]
    questions = {
        city.contest: _question(_CITY_OPTIONS),
        town.contest: _question(_TOWN_OPTIONS),
    }
    rare = Specials("", "", "", "", frozenset(), unopened=town.contest)
    return _complete(
        seed,
        polling_day,
        name="訓練：条例による住民投票",
        facts=facts,
        land=Country((city, town)),
        questions=questions,
        rare=rare,
        scale=_FEW_MISHAPS,
    )


def _complete(
    seed: int,
    polling_day: date,
    *,
    name: str,
    facts: list[ContestFacts],
    land: Country,
    questions: dict[str, Question],
    rare: Specials,
    scale: float,
) -> Setting:
    every = polls_in(facts, {c.code: c for code in land.prefectures() for c in land.centres(code)})
    kinds = frozenset(each.kind for each in facts)
    wrong = mishaps(seed, every, rare, scale, kinds=kinds, every=False, cases=OF_POLLS)
    return complete_setting(
        seed=seed,
        polling_day=polling_day,
        land=land,
        nominations=Nominations({}, {}, (), {}, questions=questions),
        rare=rare,
        polls=every,
        mishaps=wrong,
        facts={each.id: each for each in facts},
        name=name,
    )


def _facts(contest: str, name: str, land: Country) -> ContestFacts:
    codes = land.prefectures()
    return ContestFacts(
        id=contest,
        kind=contest.partition("/")[0],
        name=name,
        seats=0,
        prefectures=tuple(sorted(codes)),
        units=tuple(centre.code for code in codes for centre in land.centres(code)),
    )


def _district(code: str, name: str, centres: tuple[Centre, ...]) -> RehearsalDistrict:
    return RehearsalDistrict(f"{_ORDINANCE}/{code}", name, code[:2], centres)


def _city_centres(seed: int) -> tuple[Centre, ...]:
    source = chance(seed, "country", _CITY)
    sizes = split(_CITY_ELECTORS, [weight(source, _SPREAD) for _ in range(_CITY_CENTRES)])
    return tuple(
        Centre(
            code=f"{_CITY}.{number}",
            name=f"架空市 第{number}開票区",
            prefecture="09",
            electors=size,
            rate_per_mille=source.randint(*_CITY_RATES),
        )
        for number, size in enumerate(sizes, start=1)
    )


def _question(asked: tuple[tuple[str, str, int], ...]) -> Question:
    return Question(
        tuple(PollOption(id=option, name=name) for option, name, _ in asked),
        {option: share * _WEIGHT for option, _, share in asked},
        registered=True,
    )


def _for_and_against(options: tuple[PollOption, ...], per_mille: int) -> dict[str, int]:
    yes, no = options
    return {yes.id: per_mille * _WEIGHT, no.id: (1000 - per_mille) * _WEIGHT}
