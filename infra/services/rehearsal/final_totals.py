"""The end of the night in memory: every contest with its ballot and its true totals."""

from aggregates.counting.contest_totals import ContestTotals, sum_totals
from aggregates.counting.race import Race
from aggregates.election.ballot import Option
from aggregates.election.tally import Tally
from aggregates.rule_package.japan import JAPAN
from aggregates.rules import CURRENT_RULES
from infra.services.rehearsal.declare_results import Standings
from infra.services.rehearsal.scenario.poll import REVIEW
from infra.services.rehearsal.scenario.scenario import Setting


def standings(made: Setting) -> Standings:
    """Sum the true sheets of every contest."""
    sheets: dict[str, list[Tally]] = {contest: [] for contest in made.facts}
    electors = dict.fromkeys(made.facts, 0)
    for poll in made.polls:
        if poll.serial in made.sheets:
            sheets[poll.contest].append(made.sheets[poll.serial])
        if poll.serial in made.sheets or poll.contest == made.rare.unopened:
            electors[poll.contest] += poll.electors
    return Standings(
        races={contest: _race(made, contest) for contest in made.facts},
        totals={
            contest: _sum_sheets(found, electors[contest]) for contest, found in sheets.items()
        },
    )


def _sum_sheets(sheets: list[Tally], electors: int) -> ContestTotals:
    """Sums of the sheets of a contest; no ballots where nobody votes or the boxes stay closed."""
    if not sheets:
        return ContestTotals(votes={}, electors=electors)
    return sum_totals(sheets, electors, rules=CURRENT_RULES)


def _race(made: Setting, contest: str) -> Race:
    rule = JAPAN.rule(made.facts[contest].kind, made.polling_day)
    return Race(
        facts=made.facts[contest],
        rule=rule,
        dual_rule=JAPAN.rule(rule.dual_kind, made.polling_day) if rule.dual_kind else None,
        options=ballot_options(made, contest),
        withdrawn=frozenset(
            option for name, option in made.nominations.withdrawn if name == contest
        ),
        polling_day=made.polling_day,
        rules=CURRENT_RULES,
    )


def ballot_options(made: Setting, contest: str) -> dict[str, Option]:
    """Everything on the ballot of a contest, by id, in its order."""
    nominations = made.nominations
    if contest == REVIEW:
        return {option.id: option for option in nominations.justices}
    if contest in nominations.slates:
        return {option.id: option for option in nominations.slates[contest].candidates}
    if contest in nominations.questions:
        return {option.id: option for option in nominations.questions[contest].options}
    return {option.id: option for option in nominations.lists[contest]}
