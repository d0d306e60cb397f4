"""Rows of one reporting unit for analysts: itself, its sheets, its votes, its turnout."""

from collections.abc import Iterator

from aggregates.counting.count_events import TallyEvent
from aggregates.election.ballot import PartyList
from projections.state.election_state import ElectionState
from projections.state.records import CountRecord
from projections.state.sums import stated_figure

Row = tuple[object, ...]


def unit_rows(state: ElectionState, document: str) -> Iterator[Row]:
    """The unit as registered."""
    unit = state.register().units[document.removeprefix("districts/")]
    yield unit.code, unit.name, unit.prefecture, unit.kind


def _counts(state: ElectionState, document: str) -> list[CountRecord]:
    return state.by_unit.get(document.removeprefix("districts/"), [])


_SHEET = ("valid", "invalid", "ballots", "taken_away", "rejected", "voters", "cut", "nobody")


def unit_sheets_rows(state: ElectionState, document: str) -> Iterator[Row]:
    """Its latest sheets."""
    for count in _counts(state, document):
        sheet = count.tally
        figures = (
            [stated_figure(sheet, each) for each in _SHEET]
            if sheet is not None
            else [None] * len(_SHEET)
        )
        estimated = " ".join(sheet.estimated) if sheet is not None else None
        confirmed = count.state == "confirmed"
        yield (
            count.contest.facts.id, count.unit, count.status, confirmed, count.as_of, *figures,
            count.position or None, estimated,
        )  # fmt: skip


def unit_votes_rows(state: ElectionState, document: str) -> Iterator[Row]:
    """Votes of every option on its latest sheets, in thousandths."""
    for count in _counts(state, document):
        if count.tally is not None:
            votes, no = count.tally.votes, count.tally.no or {}
            # Every option, so that a correction that leaves one out leaves no old row behind.
            members = _member_ids(count)
            for option in sorted({*count.contest.options, *members, *votes}):
                own = votes.get(option, None if option in members else 0)
                yield count.contest.facts.id, count.unit, option, own, no.get(option)


def unit_pools_rows(state: ElectionState, document: str) -> Iterator[Row]:
    """Sharers of the pools of its latest sheets; of earlier ones those that no longer stand."""
    for count in _counts(state, document):
        sheets = [each.tally for _, each in count.history if isinstance(each, TallyEvent)]
        earlier = {
            (pool.name, sharer.option)
            for sheet in sheets
            for pool in sheet.pools
            for sharer in pool.sharers
        }
        standing = {
            (pool.name, sharer.option): (pool.ballots, sharer.own, sharer.share)
            for pool in (count.tally.pools if count.tally is not None else ())
            for sharer in pool.sharers
        }
        # A correction may leave a pool out: what stood of it is not to stand on.
        for name, option in sorted({*earlier, *standing}):
            found = standing.get((name, option))
            figures = found or (None, None, None)
            yield count.contest.facts.id, count.unit, name, option, found is not None, *figures


def _member_ids(count: CountRecord) -> frozenset[str]:
    """Members of Upper House lists: a sheet may leave them out."""
    if count.contest.rule.ballot != "open-lists":
        return frozenset()
    lists = count.contest.options.values()
    return frozenset(m.id for each in lists if isinstance(each, PartyList) for m in each.members)


def turnout_rows(state: ElectionState, document: str) -> Iterator[Row]:
    """Its latest turnout, by sex."""
    for count in _counts(state, document):
        figures = count.turnout.figures
        if figures is not None:
            people = (
                figures.electors, figures.voters, figures.overseas_electors,
                figures.overseas_voters,
            )  # fmt: skip
            by_sex = [getattr(group, sex) for group in people for sex in ("male", "female")]
            stated = count.turnout.final, *by_sex, figures.estimated, count.turnout.as_of
            yield count.contest.facts.id, count.unit, *stated
