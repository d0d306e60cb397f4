"""What is on record of an election, for tables in the layout of an office."""

from collections.abc import Iterable, Iterator

from aggregates.counting.turnout import TurnoutFigures
from aggregates.election.ballot import Candidate, PartyList
from aggregates.election.identifiers import VOTE
from aggregates.election.tally import Tally
from aggregates.reference.name_folding import fold_width
from projections.office_tables.figure_names import FigureItem
from projections.office_tables.filling.table_filling import (
    FINAL,
    INTERIM,
    TableFilling,
    UnitFilling,
)
from projections.office_tables.grid import Grid
from projections.office_tables.heading_words import Part
from projections.office_tables.table_entries import ROW_SUM, FigureKey
from projections.office_tables.vocabulary import ContestWords, TableVocabulary
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord, CountRecord
from projections.state.sums import stated_figure

_SHEET = ("valid", "invalid", "ballots", "taken_away", "rejected", "voters")
_SEXES = ("male", "female", "total")


def recorded_vocabulary(state: ElectionState, grids: Iterable[Grid]) -> TableVocabulary:
    """Words of the contests that tables may be of: half of whose ballot or more stands in them."""
    texts = {text for grid in grids for text in _texts(grid)}
    words = [_contest_words(state, contest) for contest in state.contests.values()]
    fitting = [each for each in words if 2 * _there(each, texts) >= len(each.needed) > 0]
    parties = state.register().parties.values()
    names = {fold_width(name) for each in parties for name in (each.name, each.short) if name}
    return TableVocabulary(tuple(fitting or words), frozenset(names))


def recorded_filling(
    state: ElectionState, contests: Iterable[str], *, of_turnout: bool
) -> TableFilling | None:
    """Figures of every unit that has reported; None where nobody has.

    Args:
        state: The fold.
        contests: Ids of the contests.
        of_turnout: Whether the table is of turnout alone: its state and moment are the turnout's.
    """
    units: dict[tuple[str, str], UnitFilling] = {}
    moments = []
    day = state.register().facts.polling_day
    for contest in contests:
        record = state.contests[contest]
        day = record.facts.held_on(state.register().facts.polling_day)
        for count in record.counts.values():
            as_of = count.turnout.as_of if of_turnout else count.as_of
            if as_of is None:
                continue
            moments.append(as_of)
            is_final = count.turnout.final if of_turnout else count.settled
            values = dict(_values(record, count))
            units[contest, count.unit] = UnitFilling(FINAL if is_final else INTERIM, values)
    return TableFilling(units, max(moments), day) if moments else None


def _texts(grid: Grid) -> Iterator[str]:
    above: tuple[str, ...] = ()
    for line in grid.lines:
        for column, cell in enumerate(line.cells):
            yield fold_width(cell)
            yield fold_width(cell).partition("(")[0]
            if column < len(above):
                yield fold_width(above[column] + cell)
        above = line.cells


def _there(words: ContestWords, texts: set[str]) -> int:
    return sum(
        any(fold_width(name) in texts for name in (option, *words.options[option]))
        for option in words.needed
    )


def _contest_words(state: ElectionState, contest: ContestRecord) -> ContestWords:
    units = state.register().units
    options: dict[str, tuple[str, ...]] = {}
    members: dict[str, tuple[str, ...]] = {}
    for option in contest.options.values():
        names = [option.name]
        if isinstance(option, Candidate):
            names.append(option.registered_name)
        if isinstance(option, PartyList):
            names.append(state.register().parties[option.party].name)
            if contest.rule.ballot == "open-lists":
                members |= {
                    each.id: tuple(filter(None, (each.name, each.registered_name)))
                    for each in option.members
                }
        options[option.id] = tuple(filter(None, names))
    return ContestWords(
        contest=contest.facts.id,
        name=contest.facts.name,
        kind=contest.rule.name,
        polling_day=contest.facts.held_on(state.register().facts.polling_day),
        units={code: units[code].name for code in contest.facts.units},
        options=options | members,
        members=frozenset(members),
        withdrawn=frozenset(contest.withdrawn),
        are_lists=contest.rule.is_list,
        is_review=contest.rule.ballot == "justices",
    )


def _values(contest: ContestRecord, count: CountRecord) -> Iterator[tuple[FigureKey, int]]:
    if count.tally is not None:
        yield from _votes(contest, count.tally)
        yield from _sheet(count.tally)
    if count.turnout.figures is not None:
        yield from _turnout(count.turnout.figures)


def _votes(contest: ContestRecord, tally: Tally) -> Iterator[tuple[FigureKey, int]]:
    is_review = contest.rule.ballot == "justices"
    for option, own in tally.votes.items():
        item = FigureItem("votes", option)
        if is_review:
            yield FigureKey(item, "dismiss"), own
            yield FigureKey(item, "keep"), (tally.no or {}).get(option, 0)
            continue
        listed = contest.options.get(option)
        if isinstance(listed, PartyList) and contest.rule.ballot == "open-lists":
            yield from ((FigureKey(item, part), votes) for part, votes in _list(listed, own, tally))
            continue
        yield FigureKey(item), own
        yield FigureKey(item, "together"), own
    if not is_review:
        yield ROW_SUM, sum(tally.votes.values())


def _list(listed: PartyList, own: int, tally: Tally) -> Iterator[tuple[Part, int]]:
    """Votes of an open list: for its name, for its members, together."""
    members = sum(tally.votes.get(each.id, 0) for each in listed.members)
    yield "", own + members
    yield "together", own + members
    if not tally.list_totals:
        yield "name", own
        yield "members", members


def _sheet(tally: Tally) -> Iterator[tuple[FigureKey, int]]:
    for name in _SHEET:
        is_derived = name in {"taken_away", "rejected"}
        value = stated_figure(tally, name) if is_derived else getattr(tally, name)
        if value is not None:
            yield FigureKey(FigureItem("figure", name)), value * VOTE
    for name in ("cut", "nobody"):
        value = stated_figure(tally, name)
        if value is not None:
            yield FigureKey(FigureItem("figure", name)), value
    for reason, ballots in (tally.invalid_by_reason or {}).items():
        yield FigureKey(FigureItem("reason", reason)), ballots * VOTE


def _turnout(figures: TurnoutFigures) -> Iterator[tuple[FigureKey, int]]:
    for field in ("electors", "voters", "overseas_electors", "overseas_voters"):
        people = getattr(figures, field)
        for sex in _SEXES:
            part = "together" if sex == "total" else sex
            yield FigureKey(FigureItem("turnout", f"{field}.{part}")), getattr(people, sex) * VOTE
    if figures.by_method is not None:
        for way in ("on_the_day", "early", "absentee"):
            item = FigureItem("turnout", f"by_method.{way}")
            yield FigureKey(item), getattr(figures.by_method, way) * VOTE
