"""Replays 2024 as `live` twice, estimates spread otherwise, and looks at everything that differs.

Every counting district of which a figure was spread has one ballot more or fewer in the second
replay, with the same sums of each two. Whatever differs in a document, in whatever format, in a
table for analysts or of the report is an estimate, and has to say so: halfway through the count and
at the end. `python -m tests.support.estimate_sweep` takes about five minutes.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from aggregates.commands import declaration_commands as d
from aggregates.commands import election_commands as c
from aggregates.counting.turnout import TurnoutFigures
from aggregates.election.tally import Tally
from infra.services.official_results.table_files import read_folder
from projections.official.plan.replay_plan import Plan, plan_replay
from projections.state.results import proposal
from tests.support.estimate_marks import unmarked_places
from tests.support.official import HOUSE50
from tests.unit.infra.services.official_results.driven import Driven

_SHOWN: Final = 20


def spread_otherwise(
    postings: Sequence[c.Submission], signs: Mapping[tuple[str, str], int], more: int
) -> Iterator[c.Submission]:
    """The postings of a replay with estimated figures moved between each two units of a contest.

    Args:
        postings: Turnout and sheets; others are left as they are.
        signs: By contest and unit: 1 for the first of two units, -1 for the second.
        more: So many ballots the first of each two units has more, and the second fewer.
    """
    for posting in postings:
        yield msgspec.structs.replace(posting, command=_spread(posting.command, signs, more))


def _spread(command: c.Command, signs: Mapping[tuple[str, str], int], more: int) -> c.Command:
    if isinstance(command, c.PostTally):
        moved = signs.get((command.contest, command.unit), 0) * more
        return msgspec.structs.replace(command, tally=_move_ballots(command.tally, moved))
    if isinstance(command, c.ReportTurnout):
        moved = signs.get((command.contest, command.unit), 0) * more
        return msgspec.structs.replace(command, figures=_move_voters(command.figures, moved))
    return command


def _signs(postings: Iterable[c.Submission]) -> Iterator[tuple[tuple[str, str], int]]:
    waiting: dict[str, str] = {}
    for posting in postings:
        command = posting.command
        if not isinstance(command, c.PostTally) or "ballots" not in command.tally.estimated:
            continue
        if not command.tally.invalid:
            continue
        contest, unit = command.contest, command.unit
        if (other := waiting.pop(contest, None)) is None:
            waiting[contest] = unit
        else:
            yield (contest, other), 1
            yield (contest, unit), -1


def _move_ballots(tally: Tally, more: int) -> Tally:
    if not more:
        return tally
    moved = {name: (getattr(tally, name) or 0) + more for name in ("invalid", "ballots", "voters")}
    return msgspec.structs.replace(tally, **moved)


def _move_voters(figures: TurnoutFigures, more: int) -> TurnoutFigures:
    if not figures.estimated:
        return figures
    voters = msgspec.structs.replace(figures.voters, male=figures.voters.male + more)
    return msgspec.structs.replace(figures, voters=voters)


class TwoReplays:
    """The two replays, side by side."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._signs = dict(_signs(each for stage in plan.stages for each in stage.submissions))
        self._both = (Driven(), Driven())

    def send(self, postings: Sequence[c.Submission]) -> None:
        """Record postings in both, in the second with its estimates spread otherwise."""
        for more, driven in enumerate(self._both):
            for posting in spread_otherwise(postings, self._signs, more):
                driven.staff.post(posting)

    def declare(self) -> None:
        """Declare in both what the law says of their figures."""
        for driven in self._both:
            for contest, office in self._plan.declaring:
                night = driven.night()
                decided = proposal(night, night.contests[contest]).outcome
                if decided is None:
                    raise RuntimeError(f"{contest} cannot be decided")
                command = d.Declare(
                    contest=contest, elected=decided.elected, long_terms=decided.long_terms
                )
                name = f"declare-{contest.partition('/')[2]}"
                driven.staff.post(self._plan.submission(office, name, command))

    def look(self, seen: Counter[str]) -> list[str]:
        """Every place that differs and is not marked; what differs is counted by format."""
        one, other = (driven.night() for driven in self._both)
        if one.position != other.position:
            raise RuntimeError("the two replays recorded another number of events")
        return list(unmarked_places((one, other), seen))


def sweep(plan: Plan) -> Iterator[tuple[str, Counter[str], list[str]]]:
    """The moments of a replay with what differs by format, and the places that are not marked."""
    replays = TwoReplays(plan)
    register, turnouts, count, confirm = (stage.submissions for stage in plan.stages)
    replays.send([*register, *turnouts])
    half = len(count) // 2
    for moment, postings in (("half", count[:half]), ("end", [*count[half:], *confirm])):
        replays.send(postings)
        if moment == "end":
            replays.declare()
        seen = Counter[str]()
        places = replays.look(seen)
        yield moment, seen, places


def main() -> int:
    """Sweep both moments; 1 where a place is not marked."""
    found = 0
    for moment, seen, places in sweep(plan_replay(read_folder(HOUSE50), "live")):
        found += len(places)
        print(f"{moment}: {dict(seen)} differ, {len(places)} unmarked", flush=True)
        for place in places[:_SHOWN]:
            print(f"  {place}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
