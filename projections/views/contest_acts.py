"""What an office needs to ask for changes of a contest: definition, ballot, who is gone."""

from datetime import date
from typing import Final

import msgspec

from aggregates.election.ballot import Candidate, Justice, Option, Party, PartyList, PollOption
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.election_events import Phase
from aggregates.election.geography import Unit
from aggregates.rule_package.kind_rule import Ballot
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.vacated_seats import vacated_seats


class ActPerson(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody or something on the ballot.

    Attributes:
        id: Id.
        name: Name.
        role: What it is.
        of_list: The list that a member is on.
    """

    id: str
    name: str
    role: str
    of_list: str = ""


class ContestActs(msgspec.Struct, frozen=True, kw_only=True):
    """One contest as it is registered, and what can be asked for.

    Attributes:
        contest: Its definition.
        phase: Of the election.
        polling_day: Of the election.
        no_poll_announced: It was announced that nobody votes.
        declared: Winners are declared.
        people: Everybody on the ballot, members after their list.
        registered: The ballot as it is registered, in its order: what an amendment replaces.
        withdrawn: Ids of options that no longer stand.
        vacated: Ids of holders of a seat who are gone and whom nobody succeeded.
        ballot: What is on its ballot.
        has_own_options: A poll whose kind does not state its options.
        parties: Parties of the register.
        units: Units of the register in the prefectures of the contest.
        reported: Units of the contest that have reported.
    """

    contest: ContestFacts
    phase: Phase
    polling_day: date
    no_poll_announced: bool
    declared: bool
    people: tuple[ActPerson, ...]
    registered: tuple[Option, ...]
    withdrawn: tuple[str, ...]
    vacated: tuple[str, ...]
    ballot: Ballot
    has_own_options: bool
    parties: tuple[Party, ...]
    units: tuple[Unit, ...]
    reported: tuple[str, ...]


def contest_acts(state: ElectionState, contest_id: str) -> ContestActs | None:
    """One contest for the forms of its office, or None."""
    contest = state.contests.get(contest_id)
    if contest is None:
        return None
    register, places = state.register(), set(contest.facts.prefectures)
    return ContestActs(
        contest=contest.facts,
        phase=register.phase,
        polling_day=register.facts.polling_day,
        no_poll_announced=contest.no_poll_announced,
        declared=contest.declared is not None,
        people=_people(contest),
        registered=tuple(contest.options.values()),
        withdrawn=tuple(contest.withdrawn),
        vacated=vacated_seats(contest),
        ballot=contest.rule.ballot,
        has_own_options=contest.rule.ballot == "options" and not contest.rule.answers,
        parties=tuple(register.parties.values()),
        units=tuple(unit for unit in register.units.values() if unit.prefecture in places),
        reported=tuple(
            code
            for code, count in contest.counts.items()
            if count.tally is not None or count.turnout.figures is not None
        ),
    )


_ROLES: Final[dict[type[Option], str]] = {
    Candidate: "candidate",
    PartyList: "list",
    Justice: "justice",
    PollOption: "option",
}


def _people(contest: ContestRecord) -> tuple[ActPerson, ...]:
    found = []
    for option in contest.options.values():
        role = _ROLES[type(option)]
        found.append(ActPerson(id=option.id, name=option.name, role=role))
        if isinstance(option, PartyList):
            found += [
                ActPerson(id=each.id, name=each.name, role="member", of_list=option.id)
                for each in option.members
            ]
    return tuple(found)
