"""What can be chosen in a contest, with its votes per reporting unit, as NIST nodes."""

from collections.abc import Callable, Iterator

from aggregates.election.ballot import BallotPerson, Candidate, Justice, PartyList, PollOption
from projections.feeds.nist.nist_parts import (
    Node,
    identifier,
    node,
    other_counts,
    text,
    vote_counts,
)
from projections.state.records import ContestRecord, CountRecord
from projections.state.results import list_votes
from projections.state.sums import SheetSums, add_up

Places = list[tuple[str, SheetSums]]
"""Reporting units and their sums: every unit that has reported, and the whole."""


def places(whole: str, counts: list[CountRecord], *, by_unit: bool) -> Places:
    """Where votes are reported: the units with a report if wanted, and the whole.

    Nowhere before the first report: votes that nobody reported are not zero.
    """
    reported = [
        (c, unit_sums(c)) for c in counts if c.tally is not None and not c.contest.uncontested
    ]
    if not reported:
        return []
    units = [(identifier("gp.u", count.unit), sums) for count, sums in reported]
    return [*(units if by_unit else []), (whole, add_up(sums for _, sums in reported))]


def unit_sums(count: CountRecord) -> SheetSums:
    """One unit as sums."""
    sums = SheetSums(votes={}, no={})
    if count.contest.uncontested:
        return sums
    sums.units = 1
    if count.tally is not None:
        sums.add_sheet(count.tally)
        sums.reporting, sums.final = 1, int(count.settled)
    return sums


def persons(contest: ContestRecord, found: Places) -> list[Node]:
    """Candidates."""
    return [
        node(
            "CandidateSelection",
            identifier("s", contest.facts.id, option.id),
            SequenceOrder=order,
            VoteCounts=_votes(found, option.id, lambda sums: sums.votes),
            CandidateIds=[candidate_id(contest, option.id)],
        )
        for order, option in enumerate(contest.options.values(), start=1)
        if isinstance(option, Candidate)
    ]


def lists(contest: ContestRecord, found: Places) -> list[Node]:
    """Party lists; in the Upper House each with its members, whose votes are in its total.

    The votes for the name of such a list alone stand beside its total (POEA 95-3).
    """
    selections = []
    for order, option in enumerate(contest.options.values(), start=1):
        if not isinstance(option, PartyList):
            continue
        votes = _votes(found, option.id, lambda sums: list_votes(contest, sums))
        is_open = contest.rule.ballot == "open-lists"
        named = _list_names(found, option.id) if is_open else []
        selections.append(
            node(
                "PartySelection",
                identifier("s", contest.facts.id, option.id),
                SequenceOrder=order,
                VoteCounts=[*votes, *named] if votes else None,
                PartyIds=[identifier("p", option.party)],
            )
        )
        if is_open:
            selections.extend(_members(contest, option, found))
    return selections


def _list_names(found: Places, option: str) -> list[Node]:
    """Votes for the name of a list, where every sheet tells them from its members' votes."""
    return [
        other_counts(place, "list-name", sums.votes.get(option, 0))
        for place, sums in found
        if not sums.list_totals
    ]


def _members(contest: ContestRecord, option: PartyList, found: Places) -> Iterator[Node]:
    told = [(place, sums) for place, sums in found if not sums.list_totals]
    for order, member in enumerate(option.members, start=1):
        # A vote that names a member of the 特定枠 is one for the list (POEA 95-3).
        where = told if any(member.id in sums.votes for _, sums in told) else []
        yield node(
            "CandidateSelection",
            identifier("s", contest.facts.id, member.id),
            SequenceOrder=order,
            VoteCounts=_votes(where, member.id, lambda sums: sums.votes),
            CandidateIds=[candidate_id(contest, member.id)],
        )


def answers(contest: ContestRecord, justice: str, found: Places) -> list[Node]:
    """Dismissal of one justice: yes and no."""
    both: list[tuple[str, Callable[[SheetSums], dict[str, int]]]] = [
        ("罷免を可とする", lambda sums: sums.votes),
        ("罷免を可としない", lambda sums: sums.no),
    ]
    return [
        node(
            "BallotMeasureSelection",
            identifier("s", contest.facts.id, justice, str(order)),
            SequenceOrder=order,
            VoteCounts=_votes(found, justice, own),
            Selection=text(answer),
        )
        for order, (answer, own) in enumerate(both, start=1)
    ]


def options(contest: ContestRecord, found: Places) -> list[Node]:
    """The options of a poll with their votes."""
    return [
        node(
            "BallotMeasureSelection",
            identifier("s", contest.facts.id, option.id),
            SequenceOrder=order,
            VoteCounts=_votes(found, option.id, lambda sums: sums.votes),
            Selection=text(option.name),
        )
        for order, option in enumerate(contest.options.values(), start=1)
    ]


def _votes(
    found: Places, option: str, votes: Callable[[SheetSums], dict[str, int]]
) -> list[Node] | None:
    return [vote_counts(place, votes(sums).get(option, 0)) for place, sums in found] or None


def candidate_id(contest: ContestRecord, option: str) -> str:
    """Id of a candidate or justice within the report."""
    return identifier("ca", contest.facts.id, option)


def candidates(contest: ContestRecord) -> Iterator[Node]:
    """Candidates or justices of a contest, and the members of its Upper House lists."""
    for option in contest.options.values():
        if isinstance(option, PollOption):
            continue
        if not isinstance(option, PartyList):
            yield _candidate(contest, option, option.party if isinstance(option, Candidate) else "")
        elif contest.rule.ballot == "open-lists":
            for member in option.members:
                yield _candidate(contest, member, option.party)


def _candidate(contest: ContestRecord, person: BallotPerson | Justice, party: str) -> Node:
    return node(
        "Candidate",
        candidate_id(contest, person.id),
        BallotName=text(person.name),
        PartyId=identifier("p", party) if party else None,
        PostElectionStatus=_after(contest, person.id),
        PreElectionStatus="withdrawn" if person.id in contest.withdrawn else "qualified",
    )


def _after(contest: ContestRecord, option: str) -> str | None:
    if contest.declared is None or option in contest.withdrawn:
        return None
    if contest.rule.ballot == "justices":
        return "defeated" if option in contest.declared.dismissed else "winner"
    return "winner" if option in contest.declared.elected else "defeated"
