"""The strict form of a submission: what is not of it never reaches a rule."""

import msgspec
import pytest

from tests import builders as b
from tests.support.gwt import Command, Log

SHEET = b.sheet({b.A: 600, b.B: 300})
FIGURES = b.figures((1000, 1000), (450, 500))
LONG = "あ" * 201

MALFORMED: dict[str, Command] = {
    "votes as a float": b.tally({**SHEET, "votes": {b.A: 600.5, b.B: 300}}),
    "votes as text": b.tally({**SHEET, "votes": {b.A: "600", b.B: 300}}),
    "ballots as a float": b.tally({**SHEET, "ballots": 900.5}),
    "votes out of range": b.tally({**SHEET, "votes": {b.A: 2**41, b.B: 0}}),
    "unknown figure": b.tally({**SHEET, "spoilt": 1}),
    "unknown field of a tally": b.tally(SHEET, colour="red"),
    "unknown reason of invalidity": b.tally({**SHEET, "invalid_by_reason": {"wet": 1}}),
    "votes left out": b.tally({k: v for k, v in SHEET.items() if k != "votes"}),
    "naive time": b.tally(SHEET, as_of="2024-10-27T22:00:00"),
    "time without date": b.tally(SHEET, as_of="22:00"),
    "digest too short": b.tally(SHEET, ballot_sha256="ab"),
    "final as text": {**b.tally(SHEET), "final": "yes"},
    "contest with a space": b.tally(SHEET, "house district/13-01"),
    "unit in capitals": b.tally(SHEET, unit_code="P13"),
    "correction without a reason": {**b.correction(SHEET), "reason": ""},
    "correction of report 0": b.correction(SHEET, supersedes=0),
    "reason too long": {**b.give_back(), "reason": "あ" * 2001},
    "negative age": b.candidates(b.DISTRICT_1, "c", age=-1),
    "age below the vote": b.candidates(b.DISTRICT_1, "c", age=17),
    "age as a float": b.candidates(b.DISTRICT_1, "c", age=40.5),
    "name too long": b.candidates(b.DISTRICT_1, "c", name=LONG),
    "name empty": b.candidates(b.DISTRICT_1, "c", name=""),
    "occupation too long": b.candidates(b.DISTRICT_1, "c", occupation=LONG),
    "reading too long": b.candidates(b.DISTRICT_1, "c", kana=LONG),
    "unknown sex": b.candidates(b.DISTRICT_1, "c", sex="unknown"),
    "unknown standing": b.candidates(b.DISTRICT_1, "c", standing="old"),
    "no candidates": b.candidates(b.DISTRICT_1),
    "candidate id in Japanese": b.candidates(b.DISTRICT_1, "甲"),
    "unknown cause": b.withdraw(b.DISTRICT_1, b.A, "tired"),
    "unit of no prefecture": b.unit("48101", "48"),
    "unit of unknown kind": b.unit("13103", kind="village"),
    "kind of contest in signs": b.contest("House/1"),
    "negative seats": b.contest(b.DISTRICT_1, seats=-1),
    "negative electors": b.turnout(b.figures((-1, 0), (0, 0))),
    "electors as floats": b.turnout({**FIGURES, "electors": {"male": 1.5, "female": 0}}),
    "electors of one sex": b.turnout({**FIGURES, "electors": {"male": 1}}),
    "polling day as a moment": b.election(polling_day="2024-10-27T00:00:00Z"),
    "unknown environment": b.election(environment="production"),
    "unknown command": {"command": "delete-tally"},
    "no command": {"contest": b.DISTRICT_1},
}

CIRCUMSTANCES: dict[str, dict[str, object]] = {
    "office in capitals": {"office": "Nation"},
    "submission id too short": {"submission_id": "1"},
    "submission id with a space": {"submission_id": "submission 1"},
    "unknown field": {"priority": "high"},
    "on behalf as text": {"on_behalf": "13101"},
}


@pytest.mark.parametrize("command", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_command_out_of_form_is_not_read(command: Command) -> None:
    log = Log()

    with pytest.raises(msgspec.ValidationError):
        log.submission(command)


@pytest.mark.parametrize("circumstances", CIRCUMSTANCES.values(), ids=CIRCUMSTANCES.keys())
def test_a_submission_out_of_form_is_not_read(circumstances: dict[str, object]) -> None:
    log = Log()

    with pytest.raises(msgspec.ValidationError):
        log.submission(b.OPEN, **circumstances)


@pytest.mark.parametrize(
    "command",
    [
        b.tally(SHEET),
        b.candidates(b.DISTRICT_1, "c", age=18, sex="female", standing="new", kana="ア" * 200),
        b.turnout(FIGURES),
        b.election(),
    ],
    ids=lambda command: str(command["command"]),
)
def test_what_those_were_made_from_is_of_the_form(command: Command) -> None:
    assert Log().submission(command).election == "house50"
