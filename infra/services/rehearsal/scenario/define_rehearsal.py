"""Everything that is on record before the polls open, as commands."""

from collections.abc import Iterator
from datetime import date

from aggregates.commands import election_commands as c
from aggregates.commands import reception_commands as r
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.election_facts import ElectionFacts
from aggregates.election.geography import BLOCKS, Unit
from aggregates.election.identifiers import Environment
from aggregates.rule_package.japan import JAPAN
from aggregates.rules import CURRENT_RULES
from infra.services.rehearsal.scenario.candidate_field import (
    Nominations,
    party_list_name,
    review_name,
)
from infra.services.rehearsal.scenario.country import Centre, Country
from infra.services.rehearsal.scenario.invented_parties import PARTIES
from infra.services.rehearsal.scenario.poll import REVIEW, RehearsalPoll

ELECTION = "rehearsal"
ENVIRONMENT: Environment = "rehearsal"
NAME = "訓練：全国開票リハーサル"


def contests(
    land: Country, polls: tuple[RehearsalPoll, ...], polling_day: date
) -> dict[str, ContestFacts]:
    """Every contest by id: districts from north to south, blocks, the review of justices."""
    units: dict[str, list[str]] = {}
    for poll in polls:
        units.setdefault(poll.contest, []).append(poll.unit)
    facts = [
        ContestFacts(
            id=district.contest,
            kind="house-district",
            name=district.name,
            seats=1,
            prefectures=(district.prefecture,),
            units=tuple(units[district.contest]),
        )
        for district in land.districts
    ]
    facts += _blocks(land, units, polling_day)
    facts.append(
        ContestFacts(
            id=REVIEW,
            kind="justices",
            name=review_name(len(land.prefectures())),
            seats=0,
            prefectures=land.prefectures(),
            units=tuple(units[REVIEW]),
        )
    )
    return {each.id: each for each in facts}


def _blocks(
    land: Country, units: dict[str, list[str]], polling_day: date
) -> Iterator[ContestFacts]:
    seats = JAPAN.rule("house-block", polling_day).block_seats()
    present = land.prefectures()
    for block in BLOCKS:
        contest = f"house-block/{block.id}"
        if contest in units:
            yield ContestFacts(
                id=contest,
                kind="house-block",
                name=party_list_name(block.name),
                seats=seats[block.id],
                prefectures=tuple(code for code in block.prefectures if code in present),
                units=tuple(units[contest]),
                block=block.id,
            )


def definitions(
    land: Country,
    nominations: Nominations,
    polls: tuple[RehearsalPoll, ...],
    facts: dict[str, ContestFacts],
    polling_day: date,
    *,
    name: str = NAME,
) -> Iterator[c.Command]:
    """The commands, in an order in which each finds what it refers to."""
    yield c.DefineElection(
        election=ElectionFacts(
            id=ELECTION,
            name=name,
            environment=ENVIRONMENT,
            polling_day=polling_day,
            unsigned=True,
        ),
        rules=CURRENT_RULES,
    )
    if nominations.slates or nominations.lists:
        yield c.RegisterParties(parties=tuple(each.party for each in PARTIES))
    yield from _units(land, polls)
    for contest in facts.values():
        yield c.DefineContest(contest=contest)
    yield from _ballots(nominations)
    for contest_id, option in nominations.withdrawn:
        yield c.WithdrawCandidate(contest=contest_id, option=option, cause="died")
    yield r.NoteChange(note="開票リハーサルの構成を固定しました。数字はすべて架空です。")


def _units(land: Country, polls: tuple[RehearsalPoll, ...]) -> Iterator[c.RegisterUnits]:
    whole = {poll.prefecture: poll for poll in polls if poll.whole_prefecture}
    for code in land.prefectures():
        units = [_unit(centre) for centre in land.centres(code)]
        if code in whole:
            poll = whole[code]
            units.append(
                Unit(
                    code=poll.unit,
                    name=f"{poll.prefecture_name}（県で一括）",
                    prefecture=code,
                    kind="prefecture",
                )
            )
        yield c.RegisterUnits(units=tuple(units))


def _unit(centre: Centre) -> Unit:
    return Unit(
        code=centre.code,
        name=centre.name,
        prefecture=centre.prefecture,
        kind="counting-district",
    )


def _ballots(nominations: Nominations) -> Iterator[c.Command]:
    for contest, slate in nominations.slates.items():
        yield c.RegisterCandidates(contest=contest, candidates=slate.candidates)
    for contest, lists in nominations.lists.items():
        for party_list in lists:
            yield c.RegisterList(contest=contest, party_list=party_list)
    for contest, question in nominations.questions.items():
        if question.registered:
            yield c.RegisterOptions(contest=contest, options=question.options)
    if nominations.justices:
        yield c.RegisterJustices(contest=REVIEW, justices=nominations.justices)
