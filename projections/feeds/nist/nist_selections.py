"""What can be chosen in a contest, with its votes per reporting unit, as NIST nodes."""

from collections.abc import Callable, Iterator

from aggregates.election.ballot import Candidate, PartyList
from projections.feeds.nist.nist_parts import Node, identifier, node, text, vote_counts
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
    """Party lists; in the Upper House with the votes for their members (POEA 95-3)."""
    return [
        node(
            "PartySelection",
            identifier("s", contest.facts.id, option.id),
            SequenceOrder=order,
            VoteCounts=_votes(found, option.id, lambda sums: list_votes(contest, sums)),
            PartyIds=[identifier("p", option.party)],
        )
        for order, option in enumerate(contest.options.values(), start=1)
        if isinstance(option, PartyList)
    ]


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


def _votes(
    found: Places, option: str, votes: Callable[[SheetSums], dict[str, int]]
) -> list[Node] | None:
    return [vote_counts(place, votes(sums).get(option, 0)) for place, sums in found] or None


def candidate_id(contest: ContestRecord, option: str) -> str:
    """Id of a candidate or justice within the report."""
    return identifier("ca", contest.facts.id, option)


def candidates(contest: ContestRecord) -> Iterator[Node]:
    """Candidates or justices of a contest."""
    for option in contest.options.values():
        if not isinstance(option, PartyList):
            party = option.party if isinstance(option, Candidate) else ""
            yield node(
                "Candidate",
                candidate_id(contest, option.id),
                BallotName=text(option.name),
                PartyId=identifier("p", party) if party else None,
                PostElectionStatus=_after(contest, option.id),
                PreElectionStatus="withdrawn" if option.id in contest.withdrawn else "qualified",
            )


def _after(contest: ContestRecord, option: str) -> str | None:
    if contest.declared is None or option in contest.withdrawn:
        return None
    if contest.facts.kind == "justices":
        return "defeated" if option in contest.declared.dismissed else "winner"
    return "winner" if option in contest.declared.elected else "defeated"
