"""What of a contest contradicts the election that it is held in."""

import msgspec

from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.contests.unit_overlap import overlap_fault
from aggregates.election.election import Election
from aggregates.election.geography import NATION_PLACE, PLACES, Unit
from aggregates.election.office import ROLES
from aggregates.errors import UnitUnknown
from aggregates.rules import SECOND_RULES, THIRD_RULES


def require_units(election: Election, facts: ContestFacts) -> None:
    """Refuse a unit that is not in the register.

    Raises:
        UnitUnknown: Names it.
    """
    for unit in facts.units:
        if unit not in election.units:
            raise UnitUnknown(unit=unit, contest=facts.id)


def find_contest_fault(election: Election, facts: ContestFacts) -> str:
    """What of a contest contradicts the election it is held in; empty when nothing does."""
    return (
        _law_fault(election, facts)
        or _managing_fault(election, facts)
        or find_unit_fault(election, facts)
        or _day_fault(election, facts)
        or _later_fault(election, facts)
    )


def _later_fault(election: Election, facts: ContestFacts) -> str:
    """What earlier rules did not know: seats of two terms, and why a contest is held."""
    if election.rules >= THIRD_RULES:
        return ""
    stated = (
        ("任期の長い議員の数", facts.long_seats),
        ("選挙の事由", facts.causes),
        ("繰り返す選挙", facts.repeats),
    )
    return next((f"{what}は、規則3からです" for what, s in stated if s is not msgspec.UNSET), "")


def _day_fault(election: Election, facts: ContestFacts) -> str:
    """A polling day of its own that is not later: polls only ever move back (POEA 57, 86-4(7))."""
    own, whole = facts.polling_day, election.facts.polling_day
    if own is msgspec.UNSET:
        return ""
    if election.rules < SECOND_RULES:
        return "選挙区ごとの投票日は、規則2からです"
    if own > whole:
        return ""
    return f"投票日{own.isoformat()}は選挙の投票日{whole.isoformat()}より後にしてください"


def _managing_fault(election: Election, facts: ContestFacts) -> str:
    """A kind of contest that others manage than who manages the election (POEA 5)."""
    managing = election.facts.managing_role
    if election.rule(facts.kind).is_managed_by(managing):
        return ""
    return f"{ROLES[managing]}が管理する選挙ではありません"


def find_unit_fault(election: Election, facts: ContestFacts, amended: Unit | None = None) -> str:
    """A unit elsewhere, or one within another: its votes would be counted twice.

    Args:
        election: Has the register of units.
        facts: Of the contest.
        amended: A unit as it would be, in place of what is registered of it.
    """
    if NATION_PLACE in facts.prefectures and len(facts.prefectures) > 1:
        return "全国を一つとする開票区は、都道府県の開票区と並べられません"
    registered = election.units if amended is None else {**election.units, amended.code: amended}
    units = [registered[code] for code in facts.units]
    places = [unit.prefecture for unit in units]
    for unit in units:
        if unit.prefecture not in facts.prefectures:
            return f"{unit.code}は{PLACES[unit.prefecture]}の開票区です"
        whole = unit.kind in {"prefecture", "nation"} and not unit.municipalities
        if whole and places.count(unit.prefecture) > 1:
            return f"{unit.code}は県全体なので、{PLACES[unit.prefecture]}の他の開票区と重なります"
    return overlap_fault(units) if election.rules >= SECOND_RULES else ""


def _law_fault(election: Election, facts: ContestFacts) -> str:
    polling_day = election.facts.polling_day
    if not election.package.knows(facts.kind):
        return f"種類「{facts.kind}」は、この選挙の規則にありません"
    if election.package.find_rule(facts.kind, polling_day) is None:
        return f"投票日{polling_day.isoformat()}に施行されている規定がありません"
    return ""
