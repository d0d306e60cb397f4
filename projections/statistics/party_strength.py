"""所属党派別人員調: heads and assembly members by party on a day, out of several elections.

One log is one election, so who sits on a day follows from the newest election of each seat, those
who left since and those who moved up for them. Nothing is said of seats whose election is not
among those given, or whose term of four years (LAA 93, 140) has passed since.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

import msgspec

from aggregates.election.ballot import Sex
from aggregates.reference.japan_time import JAPAN_TIME
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.statistics.ledger import place_name
from projections.statistics.nominations import Nominee, standing_candidates
from projections.statistics.table import Cell, Column, Table, by_sex, columns, keys

_TERM_YEARS: Final = 4
_ANNOUNCED: Final = timedelta(days=60)
"""A term may begin so long after the poll: where the one before it had not ended."""
_SEXES: Final[tuple[Sex | None, ...]] = ("male", "female", None)


class Seated(NamedTuple):
    """Somebody who holds a seat.

    Attributes:
        person: Who it is.
        polling_day: Of the election by which.
        replaces: Name of whom somebody moved up for; empty for others.
    """

    person: Nominee
    polling_day: date
    replaces: str = ""


class PartyStrength(NamedTuple):
    """The two tables: counted by party, and by name."""

    by_party: Table
    people: Table


class MixedElections(ValueError):  # noqa: N818 - says what is mixed
    """Rehearsals and elections as they were held are not counted together."""


def party_strength(states: Sequence[ElectionState], on: date) -> PartyStrength:
    """Heads and members by party, and by name.

    Args:
        states: Elections, in any order; those of the Diet are left out.
        on: The day; elections after it are left out.

    Raises:
        MixedElections: Some are rehearsals and some are not.
    """
    if len({state.register().facts.environment for state in states}) > 1:
        raise MixedElections
    seats: dict[str, list[Seated]] = {}
    names: dict[str, ContestRecord] = {}
    for day, state, contest in sorted(_local(states, on), key=lambda each: each[0]):
        kept = seats.get(contest.facts.id, []) if _is_partial(contest) else []
        seats[contest.facts.id] = [*kept, *_seat_holders(state, contest, day, on)]
        names[contest.facts.id] = contest
    old = [names[each] for each, found in seats.items() if any(_is_over(s, on) for s in found)]
    left = [
        (names[each], [s for s in found if not _is_over(s, on)]) for each, found in seats.items()
    ]
    notes = tuple(_notes(on, old))
    return PartyStrength(_by_party(left, on, notes), _people(left, on, notes))


def _local(
    states: Iterable[ElectionState], on: date
) -> Iterator[tuple[date, ElectionState, ContestRecord]]:
    for state in states:
        register = state.register()
        for contest in state.contests.values():
            is_local = not register.package.is_of_diet(contest.rule)
            day = contest.facts.held_on(register.facts.polling_day)
            decided = contest.declared is not None and contest.rule.ballot == "persons"
            if is_local and decided and day <= on:
                yield day, state, contest


def _is_partial(contest: ContestRecord) -> bool:
    """Whether an election fills some seats of a body beside those that are held (POEA 110, 113)."""
    return contest.facts.causes is not msgspec.UNSET and contest.rule.seats != "one"


def _seat_holders(
    state: ElectionState, contest: ContestRecord, day: date, on: date
) -> Iterator[Seated]:
    """Winners who have not left by the day, and who moved up by then."""
    people = {person.id: person for person in standing_candidates(state, contest)}
    elected = () if contest.declared is None else contest.declared.elected
    gone = {
        event.person for _, event in contest.departures.values() if event.day <= on
    }  # fmt: skip
    yield from (Seated(people[each], day) for each in elected if each not in gone)
    for departed, (position, successor) in contest.successors.items():
        recorded = state.times[position - 1].astimezone(JAPAN_TIME).date()
        if recorded <= on and successor in people and successor not in gone:
            yield Seated(people[successor], day, people[departed].name)


def _is_over(seat: Seated, on: date) -> bool:
    day = seat.polling_day
    # 29 February has no other day in most years; the day before is early enough to ask.
    last = day.replace(year=day.year + _TERM_YEARS, day=min(day.day, 28)) + _ANNOUNCED
    return last < on


def _by_party(
    seats: Iterable[tuple[ContestRecord, list[Seated]]], on: date, notes: tuple[str, ...]
) -> Table:
    counts: dict[tuple[str, str, str], list[int]] = {}
    for contest, held in seats:
        for seat in held:
            key = contest.rule.name, place_name(contest.facts.prefectures), seat.person.label
            sexes = counts.setdefault(key, [0, 0, 0])
            sexes[_SEXES.index(seat.person.stated_sex)] += 1
    rows: list[tuple[Cell, ...]] = [
        (on.isoformat(), *key, male, female, unknown, male + female + unknown)
        for key, (male, female, unknown) in sorted(counts.items())
    ]
    male, female, together = by_sex("count", "", "")
    return Table(
        id="party_strength",
        number="7(1)",
        title="所属党派別人員調",
        columns=(
            *keys(("day", "現在"), ("office", "職"), ("prefecture", "都道府県"), ("party", "党派")),
            male,
            female,
            Column("sex_unknown", "性別不明", "count"),
            together,
        ),
        rows=tuple(rows),
        notes=notes,
    )


def _people(
    seats: Iterable[tuple[ContestRecord, list[Seated]]], on: date, notes: tuple[str, ...]
) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for contest, held in seats:
        place = contest.rule.name, place_name(contest.facts.prefectures), contest.facts.name
        for seat in held:
            own = seat.person.name, seat.person.label, seat.polling_day.isoformat()
            rows.append((on.isoformat(), *place, *own, seat.replaces or None))
    return Table(
        id="party_strength_people",
        number="7(2)",
        title="所属党派別人員調（名簿）",
        columns=(
            *keys(("day", "現在"), ("office", "職"), ("prefecture", "都道府県")),
            *keys(("contest", "選挙区"), ("name", "氏名")),
            *columns("text", ("party", "党派"), ("polling_day", "選挙期日")),
            Column("replaces", "繰上補充（前任者）"),
        ),
        rows=tuple(rows),
        notes=notes,
    )


def _notes(on: date, old: Sequence[ContestRecord]) -> Iterator[str]:
    yield "党派は選挙のときの届出によります。選挙の後の入党・離党はこの記録にありません。"
    yield "渡された選挙の記録にある議席だけを数えます。ほかの議席と欠員は含みません。"
    if old:
        named = "、".join(each.facts.name for each in old)
        yield f"{on.isoformat()} には任期（4年）が過ぎているとみられるので含みません：{named}"
