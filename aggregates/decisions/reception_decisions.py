"""What commands about the reception of reports do: open it, pause it, note what changed meanwhile.

Every function refuses before it records anything, so a refusal leaves nothing behind.
"""

from collections.abc import Iterator, Mapping

from aggregates.base import CommandContext
from aggregates.commands import reception_commands as r
from aggregates.counting.count import Count
from aggregates.counting.race import opens_without_poll
from aggregates.decisions.declaration_decisions import build_race
from aggregates.decisions.definition_decisions import require_definitions_open
from aggregates.decisions.repository import ElectionRepository
from aggregates.decisions.situations.no_poll import is_no_poll_stated
from aggregates.election.contests.contest import Contest
from aggregates.election.election import Election
from aggregates.errors import DualCandidateUnknown

_NAMED = 20
"""How many faults a refusal names."""


def open_counting(
    repository: ElectionRepository, election: Election, _: r.OpenCounting, context: CommandContext
) -> None:
    """Open with the zero report of every unit, so that nothing can be missing unnoticed."""
    require_definitions_open(election)
    found = repository.store.find_many(Contest, repository.store.streams("contest/"))
    contests = {contest.facts.id: contest for contest in found if contest is not None}
    if unknown := tuple(_unknown_dual_candidates(contests)):
        raise DualCandidateUnknown(options=unknown[:_NAMED])
    election.open_counting(context)
    repository.store.put(election)
    for contest in contests.values():
        # Where nobody votes (POEA 100) there is nothing to report.
        race = build_race(election, contest, polled=False)
        if opens_without_poll(race, stated=is_no_poll_stated(repository, contest)):
            continue
        for unit in contest.facts.units:
            repository.store.put(Count.open(contest.facts.id, unit, context))


def _unknown_dual_candidates(contests: Mapping[str, Contest]) -> Iterator[str]:
    """Members whose district candidacy does not exist: they would drop off their list unnoticed."""
    for contest in contests.values():
        for member in contest.members().values():
            if member.dual is not None:
                district = contests.get(member.dual.contest)
                if district is None or member.dual.candidate not in district.options:
                    yield f"{member.id}（{member.dual.contest} {member.dual.candidate}）"


def pause_reception(
    repository: ElectionRepository,
    election: Election,
    command: r.PauseReception,
    context: CommandContext,
) -> None:
    """Take no reports for a while."""
    election.pause(command.reason, context)
    repository.store.put(election)


def resume_reception(
    repository: ElectionRepository,
    election: Election,
    _: r.ResumeReception,
    context: CommandContext,
) -> None:
    """Take reports again."""
    election.resume(context)
    repository.store.put(election)


def note_change(
    repository: ElectionRepository,
    election: Election,
    command: r.NoteChange,
    context: CommandContext,
) -> None:
    """Record a remark on the election."""
    election.note_change(command.note, context)
    repository.store.put(election)


def change_rules(
    repository: ElectionRepository,
    election: Election,
    command: r.ChangeRules,
    context: CommandContext,
) -> None:
    """Decide by another number of rules from here on."""
    election.change_rules(command.rules, context, command.municipality_register)
    repository.store.put(election)
