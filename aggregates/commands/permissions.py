"""Who may do what, for which units.

Which command is for whom stands in `aggregates/decisions/command_table.py`.
A verifier asks the same question of the register as it was at an entry's position.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple, Protocol

import msgspec

from aggregates.commands import amendment_commands as a
from aggregates.commands import election_commands as c
from aggregates.commands import office_commands as o
from aggregates.commands import survey_commands as s
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.office import ROLES, OfficeFacts, Role, is_below
from aggregates.errors import OnBehalfUnstated, OnBehalfUntrue, OutsideScope, RoleNotPermitted
from aggregates.rule_package.kind_rule import KindRule
from aggregates.rules import SECOND_RULES

Scope = Literal["everything", "prefecture", "contests", "units", "below", "own-and-below", "own"]

SCOPES: dict[Scope, str] = {
    "everything": "すべて",
    "prefecture": "自都道府県",
    "contests": "自ら管理する選挙",
    "units": "自開票区",
    "below": "下級の機関",
    "own-and-below": "自機関と下級の機関",
    "own": "自機関",
}
"""What a role may do a command for, with its Japanese words."""

Scopes = Mapping[Role, Scope]
"""Role -> what for; a role that is not there may not."""

BY_NATION: Scopes = {"nation": "everything"}
BY_PREFECTURE: Scopes = {"nation": "everything", "prefecture": "prefecture"}
BY_MANAGING_OFFICE: Scopes = {**BY_PREFECTURE, "municipality": "contests"}
"""About one contest: since rules 2 also a municipality that manages it (POEA 5)."""
BY_CENTRE: Scopes = {**BY_PREFECTURE, "municipality": "units", "centre": "units"}
BY_OFFICE_ABOVE: Scopes = {"nation": "below", "prefecture": "below", "municipality": "below"}
BY_KEY_HOLDER: Scopes = {
    "nation": "own-and-below",
    "prefecture": "own-and-below",
    "municipality": "own-and-below",
    "centre": "own",
    "auditor": "own",
    "press": "own",
}
BY_OWN_OFFICE: Scopes = dict.fromkeys(ROLES, "own")

_REPORTS = (
    c.PostTally, c.CorrectTally, c.ReportTurnout, c.CorrectTurnout, s.AnswerSurvey
)  # fmt: skip


class Register(Protocol):
    """What has to be known of the register to answer; None for what is not in it."""

    def office(self, office_id: str) -> OfficeFacts | None:
        """An office."""

    def is_founder(self, office_id: str) -> bool:
        """Whether the office founded the election."""

    def unit_prefecture(self, unit: str) -> str | None:
        """The prefecture a unit lies in."""

    def contest(self, contest: str) -> ContestFacts | None:
        """A contest."""

    def rule(self, kind: str) -> KindRule | None:
        """What the log's package says of a kind of contest."""

    @property
    def sender_manages(self) -> bool:
        """Whether the office that asks founded the election as the one that manages it."""

    @property
    def rules(self) -> int:
        """Number of the rules under which it is decided."""


class _Target(NamedTuple):
    """What a command is about.

    Attributes:
        name: Id of it, for the refusal.
        prefectures: Where it lies; None when it is not in the register, which is refused later.
        office: The office it is about.
        contests: The contest as it is and as it is to be; empty where it is about none.
    """

    name: str
    prefectures: frozenset[str] | None = None
    office: OfficeFacts | None = None
    contests: tuple[ContestFacts, ...] = ()


def require_permitted(
    command: c.Command,
    scopes: Scopes,
    office: OfficeFacts,
    register: Register,
    *,
    on_behalf: bool,
) -> Scope:
    """Refuse what this office may not do, and a false word about on whose behalf.

    Returns:
        For what it may do it.

    Raises:
        RoleNotPermitted: Not in this role.
        OutsideScope: Not for this unit, contest or office.
        OnBehalfUnstated, OnBehalfUntrue: The posting says something else than is the case.
    """
    if register.sender_manages:
        # Anyone who manages the election does for it what the nation does for its own (POEA 5).
        office = msgspec.structs.replace(office, role="nation")
    scope = scopes.get(office.role)
    if scope == "contests" and register.rules < SECOND_RULES:
        scope = None
    if scope == "units" and isinstance(command, _REPORTS):
        # Nearly all that is posted in a night: a centre reports of its own units, for itself.
        _require_own_unit(command.unit, office, on_behalf=on_behalf)
        return scope
    founder = isinstance(command, o.ApproveKey) and register.is_founder(office.id)
    if scope is None:
        raise RoleNotPermitted(office=office.id, role=ROLES[office.role], command=command.name)
    target = _target(command, register, by_contest=scope == "contests")
    if scope == "contests":
        above = register.office(office.parent or "")
        is_within = bool(target.contests) and all(
            manages_contest(office, above, facts, register.rule(facts.kind))
            for facts in target.contests
        )
    else:
        is_within = founder or _is_within(scope, target, office)
    if not is_within:
        raise OutsideScope(office=office.id, about=target.name)
    _require_true_behalf(command, office, target, on_behalf=on_behalf)
    return scope


def _require_own_unit(unit: str, office: OfficeFacts, *, on_behalf: bool) -> None:
    if unit not in office.units:
        raise OutsideScope(office=office.id, about=unit)
    if on_behalf:
        raise OnBehalfUntrue(office=office.id, about=unit)


def manages_contest(
    office: OfficeFacts, above: OfficeFacts | None, facts: ContestFacts, rule: KindRule | None
) -> bool:
    """Whether a municipality manages a contest, anyone who manages the rest of the log (POEA 5).

    Its own mayor and council, on units that are all its own. In a designated city the wards count,
    and the city manages (POEA 269).

    Args:
        office: Whose it may be.
        above: The office above it in the register.
        facts: The contest.
        rule: What the log's package says of its kind; None where it says nothing.
    """
    is_ward = above is not None and above.role == "municipality"
    return (
        office.role == "municipality"
        and not is_ward
        and rule is not None
        and rule.is_managed_by("municipality")
        and set(facts.units) <= set(office.units)
    )


def _is_within(scope: Scope, target: _Target, office: OfficeFacts) -> bool:
    match scope:
        case "everything":
            return True
        case "prefecture":
            return target.prefectures is None or target.prefectures == {office.prefecture}
        case "units":
            return target.name in office.units
        case _:
            return target.office is None or _is_in_line(scope, target.office, office)


def _is_in_line(scope: Scope, other: OfficeFacts, office: OfficeFacts) -> bool:
    own, below = other.id == office.id, is_below(other, office)
    return (own and scope != "below") or (below and scope != "own")


def _require_true_behalf(
    command: c.Command, office: OfficeFacts, target: _Target, *, on_behalf: bool
) -> None:
    another = isinstance(command, _REPORTS) and target.name not in office.units
    if another and not on_behalf:
        raise OnBehalfUnstated(office=office.id, unit=target.name)
    if on_behalf and not another:
        raise OnBehalfUntrue(office=office.id, about=target.name)


def _target(command: c.Command, register: Register, *, by_contest: bool) -> _Target:
    if isinstance(command, _REPORTS) and not by_contest:
        # The unit says where it is, whatever the contest.
        return _Target(command.unit, _unit_place(command.unit, register))
    return _target_beside_reports(command, register)


def _target_beside_reports(command: c.Command, register: Register) -> _Target:
    match command:
        case c.RegisterUnits() | a.AddUnits():
            found = frozenset(unit.prefecture for unit in command.units)
            return _Target(command.units[0].code, found)
        case c.DefineContest():
            return _about((command.contest,), command.contest.id)
        case s.RemindSurvey():
            places = {register.unit_prefecture(unit) for unit in command.units}
            known = frozenset(place for place in places if place is not None)
            return _Target(command.survey, known if len(known) == len(places) else None)
        case o.RegisterOffice():
            return _Target(command.office.id, office=command.office)
        case o.EnrolKey() | o.ApproveKey() | o.RotateKey() | o.RevokeKey():
            return _Target(command.office, office=register.office(command.office))
        case _:
            return _amendment_target(command, register) or _place(command, register)


def _amendment_target(command: c.Command, register: Register) -> _Target | None:
    """What an amendment is about: where it lay as well as where it is to lie."""
    if isinstance(command, a.AmendUnit):
        return _Target(command.amended.code, frozenset({command.amended.prefecture}))
    if isinstance(command, a.AmendContest | a.AddContest):
        known = register.contest(command.contest)
        facts = (command.facts,) if known is None else (known, command.facts)
        return _about(facts, command.contest)
    return None


def _about(contests: tuple[ContestFacts, ...], name: str) -> _Target:
    places = frozenset(place for facts in contests for place in facts.prefectures)
    return _Target(name, places, contests=contests)


def _place(command: c.Command, register: Register) -> _Target:
    """The unit or contest of a command; a unit lies in one prefecture, a contest in some."""
    unit, contest = getattr(command, "unit", None), getattr(command, "contest", None)
    facts = register.contest(contest) if isinstance(contest, str) else None
    contests = () if facts is None else (facts,)
    if isinstance(unit, str):
        return _Target(unit, _unit_place(unit, register), contests=contests)
    if isinstance(contest, str):
        return _about(contests, contest) if contests else _Target(contest)
    return _Target(command.name)


def _unit_place(unit: str, register: Register) -> frozenset[str] | None:
    prefecture = register.unit_prefecture(unit)
    return None if prefecture is None else frozenset({prefecture})
