"""Every cell of the table command × role, tried in the repository: for one's own, and for more."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from aggregates import errors as e
from aggregates.commands.election_commands import COMMANDS
from aggregates.decisions.command_table import COMMAND_TABLE
from aggregates.election.office import ROLES, Role
from aggregates.rules import CURRENT_RULES, FIRST_RULES
from tests import builders as b
from tests.builders import amendments as am
from tests.builders.succession import depart, succeed
from tests.support import offices as o
from tests.support.gwt import Command, Log

OSAKA_CONTEST = "house-district/27-01"
MAYOR = "mayor/13101"
OSAKA_UNIT = "27102"
OSAKA_CITY = "city-27102"
SHEET = b.sheet({b.A: 6, b.B: 4})
FIGURES = b.figures((60, 60), (50, 52))
OFFICE_OF: dict[Role, str] = {
    "nation": o.NATION,
    "prefecture": o.TOKYO,
    "municipality": o.CITY,
    "centre": o.CENTRE,
    "auditor": o.AUDITOR,
    "press": o.PRESS,
}

DEFINED: tuple[Command, ...] = (
    o.founded(),
    b.parties("ao"),
    b.unit(b.CHIYODA),
    b.unit(b.CHUO),
    b.unit(OSAKA_UNIT, "27"),
    *o.OFFICES,
    o.register(OSAKA_CITY, "municipality", prefecture="27", parent=o.OSAKA, units=[OSAKA_UNIT]),
    b.contest(b.DISTRICT_1, [b.CHIYODA]),
    b.candidates(b.DISTRICT_1, b.A, b.B),
    b.contest(b.BLOCK, seats=1, block="tokyo"),
    b.contest(b.JUSTICES, [b.CHIYODA], seats=0),
    b.contest(OSAKA_CONTEST, [OSAKA_UNIT], prefectures=["27"]),
    b.candidates(OSAKA_CONTEST, b.A, b.B),
    b.contest(MAYOR, [b.CHIYODA]),
    b.candidates(MAYOR, b.A, b.B),
)

POLL, CITY_POLL = "ordinance-poll/1", "ordinance-poll/2"
CONTESTS = ((b.DISTRICT_1, b.CHIYODA), (OSAKA_CONTEST, OSAKA_UNIT), (MAYOR, b.CHIYODA))


def _counting(log: Log) -> None:
    log.post(b.OPEN)


def _reported(log: Log) -> None:
    _counting(log)
    for contest, unit in CONTESTS:
        log.post(b.tally(SHEET, contest, unit), on_behalf=True)
        log.post(b.turnout(FIGURES, contest, unit), on_behalf=True)


def _declared(log: Log) -> None:
    _reported(log)
    for contest, _ in CONTESTS:
        log.post(b.declare(contest, b.A))


def _decided(log: Log) -> None:
    _declared(log)
    log.post(b.tally(b.review_sheet({}, 10), b.JUSTICES), on_behalf=True)
    log.post(b.declare(b.JUSTICES))
    log.post(b.declare(b.BLOCK))


def _departed(log: Log) -> None:
    """The winner of a lot is gone: the loser moves up."""
    _tied(log)
    for contest, _ in CONTESTS:
        log.given(b.lot(contest, b.B, b.A), b.declare(contest, b.B), depart(contest, b.B))


def _tied(log: Log) -> None:
    _counting(log)
    for contest, unit in CONTESTS:
        log.post(b.tally(b.sheet({b.A: 5, b.B: 5}), contest, unit), on_behalf=True)


def _keyed(log: Log) -> None:
    """Every office has an active key, and another that waits for approval."""
    for office in (*OFFICE_OF.values(), o.OSAKA, OSAKA_CITY):
        log.post(o.enrol(office, f"{office}-key"), office=o.NATION)
        log.post(o.approve(office, f"{office}-key"), office=o.SECOND)
        log.post(o.enrol(office, f"{office}-waiting"), office=o.SECOND)


def _asked(log: Log) -> None:
    log.post(b.survey())


def _answered(log: Log) -> None:
    _asked(log)
    for unit in (b.CHIYODA, OSAKA_UNIT):
        log.post(b.answer(unit), on_behalf=True)


def _nothing(_: Log) -> None:
    """The election is defined; that is all."""


@dataclass(frozen=True)
class Row:
    """How to try one command: for what is one's own, and for what is elsewhere.

    `own` and `elsewhere` take the office that tries.
    """

    own: Callable[[str], Command]
    elsewhere: Callable[[str], Command] | None = None
    given: Callable[[Log], None] = _nothing
    is_report: bool = False
    rules: int = CURRENT_RULES


def _at(own: Command, elsewhere: Command | None, **more: object) -> Row:
    given = more.pop("given", _nothing)
    assert callable(given)
    return Row(
        lambda _: own,
        None if elsewhere is None else (lambda _: elsewhere),
        given,
        bool(more.get("is_report", False)),
    )


def _correction(contest: str, unit: str) -> Command:
    return b.correction(b.sheet({b.A: 5, b.B: 5}), contest, unit)


def _turnout_correction(contest: str, unit: str) -> Command:
    fixed = b.turnout_correction(b.figures((60, 60), (49, 52)))
    return {**fixed, "contest": contest, "unit": unit}


_NEW_CENTRE = {"prefecture": "13", "parent": o.CITY, "units": [b.CHIYODA]}
_OSAKA_CENTRE = {"prefecture": "27", "parent": OSAKA_CITY, "units": [OSAKA_UNIT]}

# An office below each one; those who stand above nobody try it for another office.
_BELOW = {o.NATION: o.TOKYO, o.TOKYO: o.CITY, o.CITY: o.CENTRE}


def _below(office: str) -> str:
    return _BELOW.get(office, o.CENTRE if office != o.CENTRE else o.CITY)


ROWS: dict[str, Row] = {
    "register-parties": _at(b.parties("new"), None),
    "register-units": _at(b.unit("13123"), b.unit("27128", "27")),
    "define-contest": _at(
        b.contest(b.DISTRICT_2), b.contest("house-district/27-02", [OSAKA_UNIT], prefectures=["27"])
    ),
    "register-candidates": _at(b.candidates(b.DISTRICT_1, "c"), b.candidates(OSAKA_CONTEST, "c")),
    "register-list": _at(b.party_list(b.BLOCK, "ao", b.member("ao-1", 1), party="ao"), None),
    "register-justices": _at(b.justices(b.JUSTICES, "j1"), None),
    "register-options": _at(
        b.options(POLL, "a", "b"),
        None,
        given=lambda log: log.given(
            b.contest(POLL, seats=0), b.contest(CITY_POLL, [b.CHIYODA], seats=0)
        ),
    ),
    "withdraw-candidate": _at(b.withdraw(b.DISTRICT_1, b.A), b.withdraw(OSAKA_CONTEST, b.A)),
    "announce-no-poll": _at(
        b.no_poll(b.DISTRICT_1),
        b.no_poll(OSAKA_CONTEST),
        given=lambda log: log.given(*(b.withdraw(contest, b.A) for contest, _ in CONTESTS)),
    ),
    "record-particulars": _at(
        b.particulars(b.DISTRICT_1, {"option": b.A, "sex": "female"}),
        b.particulars(OSAKA_CONTEST, {"option": b.A, "sex": "female"}),
    ),
    "record-previous": _at(b.PREVIOUS, None),
    "open-counting": _at(b.OPEN, None),
    "pause-reception": _at(b.PAUSE, None, given=_counting),
    "resume-reception": _at(b.RESUME, None, given=lambda log: log.given(b.OPEN, b.PAUSE)),
    "note-change": _at(b.NOTE, None),
    "change-rules": Row(lambda _: b.CHANGE_RULES, rules=FIRST_RULES),
    "close-election": _at(b.CLOSE, None, given=_decided),
    "post-tally": _at(
        b.tally(SHEET), b.tally(SHEET, OSAKA_CONTEST, OSAKA_UNIT), given=_counting, is_report=True
    ),
    "correct-tally": _at(
        _correction(b.DISTRICT_1, b.CHIYODA),
        _correction(OSAKA_CONTEST, OSAKA_UNIT),
        given=_reported,
        is_report=True,
    ),
    "report-turnout": _at(
        b.turnout(FIGURES), b.turnout(FIGURES, OSAKA_CONTEST, OSAKA_UNIT), is_report=True
    ),
    "correct-turnout": _at(
        _turnout_correction(b.DISTRICT_1, b.CHIYODA),
        _turnout_correction(OSAKA_CONTEST, OSAKA_UNIT),
        given=_reported,
        is_report=True,
    ),
    "confirm-count": _at(b.confirm(), b.confirm(OSAKA_CONTEST, OSAKA_UNIT), given=_reported),
    "return-count": _at(b.give_back(), b.give_back(OSAKA_CONTEST, OSAKA_UNIT), given=_reported),
    "record-lot": _at(b.lot(b.DISTRICT_1, b.A, b.B), b.lot(OSAKA_CONTEST, b.A, b.B), given=_tied),
    "declare": _at(b.declare(b.DISTRICT_1, b.A), b.declare(OSAKA_CONTEST, b.A), given=_reported),
    "set-aside-declaration": _at(
        b.set_aside(b.DISTRICT_1), b.set_aside(OSAKA_CONTEST), given=_declared
    ),
    "record-departure": _at(depart(b.DISTRICT_1, b.A), depart(OSAKA_CONTEST, b.A)),
    "declare-successor": _at(
        succeed(b.DISTRICT_1, b.B, b.A), succeed(OSAKA_CONTEST, b.B, b.A), given=_departed
    ),
    "amend-candidate": _at(
        am.amend_candidate(b.DISTRICT_1, b.A, "名"), am.amend_candidate(OSAKA_CONTEST, b.A, "名")
    ),
    "amend-list": _at(
        am.amend_list(b.BLOCK, "ao", b.member("ao-1", 1), name="名", party="ao"),
        None,
        given=lambda log: log.given(b.party_list(b.BLOCK, "ao", b.member("ao-1", 1), party="ao")),
    ),
    "amend-justice": _at(
        am.amend_justice(b.JUSTICES, "j1", "名"),
        None,
        given=lambda log: log.given(b.justices(b.JUSTICES, "j1")),
    ),
    "amend-option": _at(
        am.amend_poll_option(POLL, "a", "名"),
        None,
        given=lambda log: log.given(
            b.contest(POLL, seats=0),
            b.contest(CITY_POLL, [b.CHIYODA], seats=0),
            *(b.options(each, "a", "b") for each in (POLL, CITY_POLL)),
        ),
    ),
    "reorder-ballot": _at(am.reorder(b.DISTRICT_1, b.B, b.A), am.reorder(OSAKA_CONTEST, b.B, b.A)),
    "amend-contest": _at(
        am.amend_contest(b.DISTRICT_1, [b.CHIYODA, b.CHUO]),
        am.amend_contest(OSAKA_CONTEST, [OSAKA_UNIT], prefectures=["27"], name="第一区"),
    ),
    "add-contest": _at(
        am.add_contest("governor/13", [b.CHIYODA], "m"),
        am.add_contest("mayor/27101", [OSAKA_UNIT], "m", prefectures=["27"]),
        given=_counting,
    ),
    "add-units": _at(
        am.add_units("13123"), am.add_units("27128", prefecture="27"), given=_counting
    ),
    "amend-unit": _at(
        am.amend_unit(b.CHUO, "中央区"), am.amend_unit(OSAKA_UNIT, "大阪", prefecture="27")
    ),
    "amend-party": _at(am.amend_party("ao", "青い党"), None),
    "publish-survey": _at(b.survey(), None),
    "answer-survey": _at(b.answer(), b.answer(OSAKA_UNIT), given=_asked, is_report=True),
    "return-answer": _at(b.return_answer(), b.return_answer(OSAKA_UNIT), given=_answered),
    "remind-survey": _at(b.remind(b.CHIYODA), b.remind(OSAKA_UNIT), given=_asked),
    "register-office": _at(
        o.register("centre-new", "centre", **_NEW_CENTRE),
        o.register("centre-new", "centre", **_OSAKA_CENTRE),
    ),
    "enrol-key": Row(
        lambda office: o.enrol(office, "new"), lambda _: o.enrol(OSAKA_CITY, "new"), _keyed
    ),
    "approve-key": Row(
        lambda office: o.approve(_below(office), f"{_below(office)}-waiting"),
        lambda _: o.approve(OSAKA_CITY, f"{OSAKA_CITY}-waiting"),
        _keyed,
    ),
    "rotate-key": Row(
        lambda office: o.rotate(office, f"{office}-key", "new"),
        lambda _: o.rotate(OSAKA_CITY, f"{OSAKA_CITY}-key", "new"),
        _keyed,
    ),
    "revoke-key": Row(
        lambda office: o.revoke(office, f"{office}-key"),
        lambda _: o.revoke(OSAKA_CITY, f"{OSAKA_CITY}-key"),
        _keyed,
    ),
}

COUNCIL = "municipal-assembly/13101"
_AMENDED = am.amend_contest(MAYOR, [b.CHIYODA], name="区長")
MANAGED: dict[str, Command] = {
    "register-options": b.options(CITY_POLL, "a", "b"),
    "amend-option": am.amend_poll_option(CITY_POLL, "a", "名"),
    "define-contest": b.contest(COUNCIL, [b.CHIYODA]),
    "add-contest": am.add_contest(COUNCIL, [b.CHIYODA], "m"),
    "amend-contest": _AMENDED,
}
"""About a contest that a municipality manages, where more than the id differs."""


def _managed(name: str) -> Command:
    """The command about the mayor of the city that tries it."""
    own = ROWS[name].own(o.CITY)
    return MANAGED.get(name, {**own, "contest": MAYOR})


CELLS = [(name, role) for name in ROWS for role in ROLES]


def _sent(log: Log, role: Role, row: Row, command: Command) -> list[object]:
    """Post as an office of the role, truthfully."""
    on_behalf = row.is_report and role in ("nation", "prefecture")
    return [*log.post(command, office=OFFICE_OF[role], on_behalf=on_behalf)]


def _scene(row: Row) -> Log:
    log = b.log_of(*DEFINED, rules=row.rules)
    row.given(log)
    return log


def test_every_command_has_its_row() -> None:
    assert {*ROWS, "define-election"} == set(COMMANDS)
    assert set(COMMAND_TABLE) == set(COMMANDS.values())


@pytest.mark.parametrize(("name", "role"), CELLS)
def test_a_cell_for_what_is_ones_own(name: str, role: Role) -> None:
    row = ROWS[name]
    log = _scene(row)
    command = row.own(OFFICE_OF[role])

    if COMMAND_TABLE[COMMANDS[name]].scopes.get(role) == "contests":
        log.refuses(e.OutsideScope, command, office=o.CITY)
        assert _sent(log, role, row, _managed(name))
    elif role in COMMAND_TABLE[COMMANDS[name]].scopes:
        assert _sent(log, role, row, command)
    else:
        with pytest.raises(e.RoleNotPermitted):
            _sent(log, role, row, command)


@pytest.mark.parametrize(("name", "role"), CELLS)
def test_a_cell_for_what_is_elsewhere(name: str, role: Role) -> None:
    row = ROWS[name]
    if row.elsewhere is None:
        return
    log = _scene(row)
    command = row.elsewhere(OFFICE_OF[role])
    scope = COMMAND_TABLE[COMMANDS[name]].scopes.get(role)

    # The nation reaches everywhere but for others' keys, which it cannot rotate.
    if scope == "everything" or (role == "nation" and scope in ("below", "own-and-below")):
        assert _sent(log, role, row, command)
    else:
        with pytest.raises(e.OutsideScope if scope else e.RoleNotPermitted):
            _sent(log, role, row, command)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "nation"])
def test_only_the_nation_defines_an_election(role: Role) -> None:
    """By a founder of another role, or by somebody who founds nothing."""
    place = {"prefecture": "13"} if role in ("prefecture", "municipality", "centre") else {}
    other = o.founder("other", "other-a", role=role, **place)
    command = {**b.election(unsigned=False), "founders": [o.FOUNDERS[0], other]}

    refused = (e.RoleNotPermitted, e.FoundersMissing)
    with pytest.raises(refused):
        Log().post(command, office="other", signers=(o.keyid("other-a"),))


class TestOnBehalf:
    @pytest.mark.parametrize("office", [o.NATION, o.TOKYO])
    def test_for_the_unit_of_another_it_has_to_be_said(self, office: str) -> None:
        log = _scene(ROWS["post-tally"])
        refusal = log.refuses(e.OnBehalfUnstated, b.tally(SHEET), office=office)
        assert refusal.facts == {"office": office, "unit": b.CHIYODA}

        event, *_ = log.post(b.tally(SHEET), office=office, on_behalf=True)

        assert event.provenance.on_behalf

    @pytest.mark.parametrize("office", [o.CITY, o.CENTRE])
    def test_for_ones_own_unit_it_may_not_be_said(self, office: str) -> None:
        log = _scene(ROWS["post-tally"])

        log.refuses(e.OnBehalfUntrue, b.tally(SHEET), office=office, on_behalf=True)


class TestSecondOffice:
    def test_a_founder_may_approve_whom_it_does_not_stand_above(self) -> None:
        tokyo = o.founder("pref-13", "tokyo-a", role="prefecture", prefecture="13")
        log = b.log_of({**b.election(), "founders": [o.FOUNDERS[0], tokyo]})
        log.post(o.enrol(o.NATION, "nation-c"))

        assert log.post(o.approve(o.NATION, "nation-c"), office="pref-13")

    def test_who_is_no_founder_may_not(self) -> None:
        log = b.log_of(*DEFINED)
        log.post(o.enrol(o.NATION, "nation-c"))

        log.refuses(e.OutsideScope, o.approve(o.NATION, "nation-c"), office=o.TOKYO)
