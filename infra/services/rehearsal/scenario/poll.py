"""One poll: a contest in one reporting unit, with its electors and its voters."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from aggregates.counting.turnout import BySex, TurnoutFigures, VotersByMethod
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.geography import PREFECTURES
from aggregates.rule_package.japan import JAPAN
from infra.services.rehearsal.scenario.country import Centre, Country, block_id
from infra.services.rehearsal.scenario.special_cases import JUSTICES_AS_ONE, LISTS_AS_ONE

REVIEW = "justices/national"

_MEN_PER_MILLE = 483
_OVERSEAS_PER_100000 = 95
_OVERSEAS_RATE_PER_MILLE = 210
_EARLY_PER_MILLE = 365
_ABSENTEE_PER_MILLE = 14
# Some take part in the first ballot only.
_ALL_STAY = 100_000
_STAY_PER_100000 = {"house-block": 99_960, "justices": 99_720, "upper-list": 99_960}
_WITH_OVERSEAS = frozenset(
    {
        "house-district",
        "house-block",
        "justices",
        "upper-district",
        "upper-list",
        "national-referendum",
    }
)
"""Those abroad vote in elections and referendums of the nation only."""

_WITH_OPTIONS = frozenset(row.kind for row in JAPAN.kinds if row.ballot == "options")


@dataclass(frozen=True, slots=True)
class RehearsalPoll:
    """A contest in one unit.

    Attributes:
        serial: Place among the polls of the night.
        contest: Contest id.
        kind: Contest kind.
        unit: Unit code.
        prefecture: Where it is.
        figures: The final turnout, as it was.
        whole_prefecture: The prefecture posts it as one unit.
    """

    serial: int
    contest: str
    kind: str
    unit: str
    prefecture: str
    figures: TurnoutFigures
    whole_prefecture: bool = False

    @property
    def voters(self) -> int:
        """Final voters (I)."""
        return self.figures.voters.total

    @property
    def electors(self) -> int:
        """Electors of the day."""
        return self.figures.electors.total

    @property
    def has_options(self) -> bool:
        """Whether it asks a question, and nobody stands."""
        return self.kind in _WITH_OPTIONS

    @property
    def prefecture_name(self) -> str:
        """Name of its prefecture."""
        return PREFECTURES[self.prefecture]


def polls(land: Country) -> tuple[RehearsalPoll, ...]:
    """Every poll of the night: districts, then lists, then the review, from north to south."""
    rows = (*_districts(land), *_lists(land), *_review(land))
    return tuple(
        RehearsalPoll(
            serial, contest, kind, unit, code, figures, whole_prefecture=unit.startswith("p")
        )
        for serial, (contest, kind, unit, code, figures) in enumerate(rows)
    )


def polls_in(
    facts: Iterable[ContestFacts], centres: Mapping[str, Centre]
) -> tuple[RehearsalPoll, ...]:
    """Every poll of contests that are given with their units.

    Args:
        facts: The contests.
        centres: Counting districts by the code of their unit.
    """
    rows = (_row(each.id, each.kind, centres[unit]) for each in facts for unit in each.units)
    return tuple(
        RehearsalPoll(serial, contest, kind, unit, code, figures)
        for serial, (contest, kind, unit, code, figures) in enumerate(rows)
    )


_Row = tuple[str, str, str, str, TurnoutFigures]


def _districts(land: Country) -> Iterator[_Row]:
    for district in land.districts:
        for centre in district.centres:
            yield _row(district.contest, "house-district", centre)


def _lists(land: Country) -> Iterator[_Row]:
    for code in land.prefectures():
        contest = f"house-block/{block_id(code)}"
        rows = [_row(contest, "house-block", centre) for centre in land.centres(code)]
        yield from _as_one(rows) if code == LISTS_AS_ONE else rows


def _review(land: Country) -> Iterator[_Row]:
    for code in land.prefectures():
        rows = [_row(REVIEW, "justices", centre) for centre in land.centres(code)]
        yield from _as_one(rows) if code == JUSTICES_AS_ONE else rows


def _row(contest: str, kind: str, centre: Centre) -> _Row:
    return contest, kind, centre.code, centre.prefecture, _final(centre, kind)


def _as_one(rows: list[_Row]) -> Iterator[_Row]:
    contest, kind, _, code, _ = rows[0]
    yield contest, kind, f"p{code}", code, _together(row[4] for row in rows)


def _final(centre: Centre, kind: str) -> TurnoutFigures:
    electors = _by_sex(centre.electors)
    stay = _STAY_PER_100000.get(kind, _ALL_STAY)
    voters = _by_sex(centre.electors * centre.rate_per_mille * stay // 100_000_000)
    per_100000 = _OVERSEAS_PER_100000 if kind in _WITH_OVERSEAS else 0
    overseas = _by_sex(centre.electors * per_100000 // 100_000)
    return _figures(
        electors,
        voters,
        overseas,
        BySex(
            overseas.male * _OVERSEAS_RATE_PER_MILLE // 1000,
            overseas.female * _OVERSEAS_RATE_PER_MILLE // 1000,
        ),
    )


def _figures(
    electors: BySex, voters: BySex, overseas_electors: BySex, overseas_voters: BySex
) -> TurnoutFigures:
    early = voters.total * _EARLY_PER_MILLE // 1000
    absentee = voters.total * _ABSENTEE_PER_MILLE // 1000
    return TurnoutFigures(
        electors=electors,
        voters=voters,
        overseas_electors=overseas_electors,
        overseas_voters=overseas_voters,
        by_method=VotersByMethod(
            on_the_day=voters.total - early - absentee, early=early, absentee=absentee
        ),
    )


def _by_sex(people: int) -> BySex:
    men = people * _MEN_PER_MILLE // 1000
    return BySex(men, people - men)


def _together(figures: Iterable[TurnoutFigures]) -> TurnoutFigures:
    every = tuple(figures)
    return _figures(
        _sum(each.electors for each in every),
        _sum(each.voters for each in every),
        _sum(each.overseas_electors for each in every),
        _sum(each.overseas_voters for each in every),
    )


def _sum(people: Iterable[BySex]) -> BySex:
    every = tuple(people)
    return BySex(sum(each.male for each in every), sum(each.female for each in every))


def so_far(final: TurnoutFigures, per_mille: int) -> TurnoutFigures:
    """Turnout during the day: on-the-day voters only, as the law has it reported.

    Args:
        final: The final figures.
        per_mille: How many of a thousand on-the-day voters have come.
    """
    on_the_day = final.voters.total
    if final.by_method is not None:
        on_the_day = final.by_method.on_the_day
    came = on_the_day * per_mille // 1000
    men = came * final.voters.male // max(1, final.voters.total)
    return TurnoutFigures(
        electors=final.electors,
        voters=BySex(men, came - men),
        overseas_electors=final.overseas_electors,
    )


def without_overseas(final: TurnoutFigures) -> TurnoutFigures:
    """A final report in which the overseas voters were forgotten."""
    voters, overseas = final.voters, final.overseas_voters
    return _figures(
        final.electors,
        BySex(voters.male - overseas.male, voters.female - overseas.female),
        final.overseas_electors,
        BySex(0, 0),
    )
