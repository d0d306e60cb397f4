"""The end of the night in memory: every contest with its ballot and its true totals."""

from typing import TYPE_CHECKING

from aggregates.ballot import Option
from aggregates.outcome import ContestTotals, Race, sum_totals
from aggregates.tally import Tally
from infra.rehearsal.declaring import Standings
from infra.rehearsal.polls import REVIEW

if TYPE_CHECKING:
    from infra.rehearsal.night import Night


def standings(night: "Night") -> Standings:
    """Sum the true sheets of every contest."""
    sheets: dict[str, list[Tally]] = {contest: [] for contest in night.facts}
    electors = dict.fromkeys(night.facts, 0)
    for poll in night.polls:
        if poll.serial in night.sheets:
            sheets[poll.contest].append(night.sheets[poll.serial])
            electors[poll.contest] += poll.electors
    return Standings(
        races={contest: _race(night, contest) for contest in night.facts},
        totals={
            contest: sum_totals(found, electors[contest]) if found else ContestTotals(votes={})
            for contest, found in sheets.items()
        },
    )


def _race(night: "Night", contest: str) -> Race:
    return Race(
        facts=night.facts[contest],
        options=_options(night, contest),
        withdrawn=frozenset(
            option for name, option in night.nominations.withdrawn if name == contest
        ),
        polling_day=night.polling_day,
    )


def _options(night: "Night", contest: str) -> dict[str, Option]:
    nominations = night.nominations
    if contest == REVIEW:
        return {option.id: option for option in nominations.justices}
    if contest in nominations.slates:
        return {option.id: option for option in nominations.slates[contest].candidates}
    return {option.id: option for option in nominations.lists[contest]}
