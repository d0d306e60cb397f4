"""Small elections for tests, as the commands that offices would send.

Two units of Tokyo (13101 千代田区, 13102 中央区) report on: two single-member districts, one block
with dual candidates, the review of justices, the Upper House list, a governor.
"""

from collections.abc import Iterable, Mapping

from tests.gwt import Command, Log

DISTRICT_1 = "house-district/13-01"
DISTRICT_2 = "house-district/13-02"
BLOCK = "house-block/tokyo"
JUSTICES = "justices/26"
UPPER = "upper-list/27"
GOVERNOR = "governor/13"

CHIYODA = "13101"
CHUO = "13102"

AT_22 = "2024-10-27T22:00:00+09:00"
AT_23 = "2024-10-27T23:00:00+09:00"
AT_01 = "2024-10-28T01:00:00+09:00"

A = "13-01-a"
B = "13-01-b"


def particulars(contest_id: str, *people: Mapping[str, object]) -> Command:
    """What is known of candidates beyond their nomination."""
    return {
        "command": "record-particulars",
        "contest": contest_id,
        "particulars": [dict(each) for each in people],
    }


# --- surveys --------------------------------------------------------------------------------

QUESTIONNAIRE: dict[str, object] = {
    "id": "places",
    "title": "投票所数調",
    "number": "4(1)",
    "items": [
        {"id": "places", "title": "投票所数", "unit": "箇所", "minimum": 1, "maximum": 500},
        {"id": "early", "title": "うち繰上げ", "unit": "箇所"},
        {"id": "usual", "title": "その他", "unit": "箇所"},
        {"id": "closed", "title": "最も早い閉鎖", "kind": "time", "required": False},
        {"id": "trouble", "title": "問題", "kind": "choice", "choices": ["なし", "あり"]},
    ],
    "sums": {"places": ["early", "usual"]},
}


def survey(*units: str, **facts: object) -> Command:
    """Publish the survey of polling places; to every unit when none is named."""
    return {
        "command": "publish-survey",
        "questionnaire": QUESTIONNAIRE | facts,
        "due": "2024-11-15T17:00:00+09:00",
        "units": list(units),
    }


def answer(unit_code: str = CHIYODA, survey_id: str = "places", **values: object) -> Command:
    """An answer; `values` replace the usual ones, None leaves one out."""
    usual: dict[str, object] = {"places": 5, "early": 2, "usual": 3, "trouble": "なし"}
    said = {name: value for name, value in (usual | values).items() if value is not None}
    return {"command": "answer-survey", "survey": survey_id, "unit": unit_code, "values": said}


def return_answer(unit_code: str = CHIYODA) -> Command:
    named = {"survey": "places", "unit": unit_code}
    return {"command": "return-answer", **named, "reason": "前回と差が大きい"}


def remind(*units: str) -> Command:
    return {"command": "remind-survey", "survey": "places", "units": list(units)}


# --- definitions ----------------------------------------------------------------------------


def election(**facts: object) -> Command:
    """Define the election; `facts` replace the usual ones."""
    usual = {
        "id": "house50",
        "name": "第50回衆議院議員総選挙",
        "environment": "rehearsal",
        "polling_day": "2024-10-27",
        "unsigned": True,
    }
    return {"command": "define-election", "election": usual | facts}


def parties(*ids: str) -> Command:
    registered = [{"id": each, "name": f"{each}党", "short": each} for each in ids]
    return {"command": "register-parties", "parties": registered}


def unit(code: str, prefecture: str = "13", kind: str = "counting-district") -> Command:
    facts = {"code": code, "name": f"開票区{code}", "prefecture": prefecture, "kind": kind}
    return {"command": "register-units", "units": [facts]}


def contest(
    contest_id: str, units: Iterable[str] = (CHIYODA, CHUO), seats: int = 1, **facts: object
) -> Command:
    """Define a contest; its kind is the first part of the id."""
    usual: dict[str, object] = {
        "id": contest_id,
        "kind": contest_id.partition("/")[0],
        "name": contest_id,
        "seats": seats,
        "prefectures": ["13"],
        "units": list(units),
    }
    return {"command": "define-contest", "contest": usual | facts}


def candidates(contest_id: str, *ids: str, **particulars: object) -> Command:
    accepted = [{"id": each, "name": each.upper(), **particulars} for each in ids]
    return {"command": "register-candidates", "contest": contest_id, "candidates": accepted}


def member(member_id: str, rank: int = 0, **particulars: object) -> dict[str, object]:
    """A list member; `dual` is (contest, candidate)."""
    dual = particulars.pop("dual", None)
    if isinstance(dual, tuple):
        particulars["dual"] = {"contest": dual[0], "candidate": dual[1]}
    return {"id": member_id, "name": member_id.upper(), "rank": rank, **particulars}


def party_list(
    contest_id: str, list_id: str, *members: Mapping[str, object], party: str = ""
) -> Command:
    facts = {"id": list_id, "name": f"{list_id}名簿", "party": party, "members": list(members)}
    return {"command": "register-list", "contest": contest_id, "party_list": facts}


def justices(contest_id: str, *ids: str) -> Command:
    named = [{"id": each, "name": each.upper()} for each in ids]
    return {"command": "register-justices", "contest": contest_id, "justices": named}


def withdraw(contest_id: str, option: str, cause: str = "died") -> Command:
    named = {"contest": contest_id, "option": option}
    return {"command": "withdraw-candidate", **named, "cause": cause}


OPEN: Command = {"command": "open-counting"}
PAUSE: Command = {"command": "pause-reception", "reason": "回線の障害"}
RESUME: Command = {"command": "resume-reception"}
CLOSE: Command = {"command": "close-election"}
PREVIOUS: Command = {
    "command": "record-previous",
    "previous": {
        "rates": [{"kind": "house-district", "area": "13", "male": 5500, "female": 5400,
                   "total": 5450}],
        "votes": [{"kind": "house-district", "name": "ao党", "party": "ao", "votes": 1500}],
    },
}  # fmt: skip
NOTE: Command = {"command": "note-change", "note": "集計機を交換"}

REGISTER = (election(), parties("ao", "aka"), unit(CHIYODA), unit(CHUO))
"""An election with two units and two parties, and no contest yet."""

DISTRICT: tuple[Command, ...] = (
    *REGISTER,
    contest(DISTRICT_1),
    candidates(DISTRICT_1, A, B),
    OPEN,
)
"""One district with two candidates and two units, counting."""


# --- reports --------------------------------------------------------------------------------


def sheet(votes: Mapping[str, int], invalid: int = 0, **figures: object) -> dict[str, object]:
    """A balanced final sheet; votes in whole votes. `figures` replace what was derived."""
    valid = sum(votes.values())
    usual: dict[str, object] = {
        "votes": {option: own * 1000 for option, own in votes.items()},
        "valid": valid,
        "invalid": invalid,
        "ballots": valid + invalid,
        "voters": valid + invalid,
    }
    return usual | figures


def review_sheet(answers: Mapping[str, tuple[int, int]], valid: int) -> dict[str, object]:
    """A sheet of the review of justices: justice -> (yes to dismissal, blank)."""
    return {
        "votes": {justice: yes * 1000 for justice, (yes, _) in answers.items()},
        "no": {justice: no * 1000 for justice, (_, no) in answers.items()},
        "valid": valid,
        "invalid": 0,
        "ballots": valid,
        "voters": valid,
    }


def tally(
    tally_sheet: Mapping[str, object],
    contest_id: str = DISTRICT_1,
    unit_code: str = CHIYODA,
    *,
    final: bool = True,
    as_of: str = AT_22,
    **more: object,
) -> Command:
    return {
        "command": "post-tally",
        "contest": contest_id,
        "unit": unit_code,
        "as_of": as_of,
        "final": final,
        "tally": tally_sheet,
        **more,
    }


def correction(
    tally_sheet: Mapping[str, object],
    contest_id: str = DISTRICT_1,
    unit_code: str = CHIYODA,
    *,
    supersedes: int = 2,
    final: bool = True,
    as_of: str = AT_23,
) -> Command:
    posted = tally(tally_sheet, contest_id, unit_code, final=final, as_of=as_of)
    named = {"command": "correct-tally", "reason": "読み違い", "supersedes": supersedes}
    return {**posted, **named}


def confirm(contest_id: str = DISTRICT_1, unit_code: str = CHIYODA) -> Command:
    return {"command": "confirm-count", "contest": contest_id, "unit": unit_code}


def give_back(contest_id: str = DISTRICT_1, unit_code: str = CHIYODA) -> Command:
    named = {"contest": contest_id, "unit": unit_code}
    return {"command": "return-count", **named, "reason": "前回と差が大きい"}


def figures(electors: tuple[int, int], voters: tuple[int, int], **more: object) -> Command:
    """Turnout figures by sex: (men, women)."""
    return {
        "electors": {"male": electors[0], "female": electors[1]},
        "voters": {"male": voters[0], "female": voters[1]},
        **more,
    }


def turnout(
    reported: Mapping[str, object],
    contest_id: str = DISTRICT_1,
    unit_code: str = CHIYODA,
    *,
    final: bool = True,
    as_of: str = AT_22,
) -> Command:
    return {
        "command": "report-turnout",
        "contest": contest_id,
        "unit": unit_code,
        "as_of": as_of,
        "final": final,
        "figures": reported,
    }


def turnout_correction(
    reported: Mapping[str, object],
    *,
    supersedes: int = 2,
    final: bool = True,
    as_of: str = AT_23,
) -> Command:
    posted = turnout(reported, final=final, as_of=as_of)
    named = {"command": "correct-turnout", "reason": "男女の入れ違い", "supersedes": supersedes}
    return {**posted, **named}


# --- decisions ------------------------------------------------------------------------------


def declare(contest_id: str, *elected: str, reason: str = "") -> Command:
    """Declare the winners, or with a reason revise."""
    decided = {"contest": contest_id, "elected": list(elected)}
    return {"command": "declare", **decided, "reason": reason}


def lot(contest_id: str, *order: str) -> Command:
    """Record a lot drawn, the preferred first."""
    drawn = {"order": list(order), "drawn_by": "選挙長"}
    return {"command": "record-lot", "contest": contest_id, "lot": drawn}


def finals(contest_id: str, *sheets: Mapping[str, object]) -> tuple[Command, ...]:
    """Final tallies of the first units, one sheet each."""
    units = (CHIYODA, CHUO)[: len(sheets)]
    return tuple(tally(each, contest_id, code) for code, each in zip(units, sheets, strict=True))


# --- whole elections ------------------------------------------------------------------------

HOUSE: tuple[Command, ...] = (
    *REGISTER,
    contest(DISTRICT_1, [CHIYODA]),
    candidates(DISTRICT_1, "d1-ao", "d1-aka"),
    contest(DISTRICT_2, [CHUO]),
    candidates(DISTRICT_2, "d2-ao", "d2-aka"),
    contest(BLOCK, seats=3, block="tokyo"),
    party_list(
        BLOCK,
        "ao",
        member("ao-1", 1, dual=(DISTRICT_1, "d1-ao")),
        member("ao-2", 1, dual=(DISTRICT_2, "d2-ao")),
        member("ao-3", 3),
        party="ao",
    ),
    party_list(
        BLOCK,
        "aka",
        member("aka-1", 1, dual=(DISTRICT_1, "d1-aka")),
        member("aka-2", 1, dual=(DISTRICT_2, "d2-aka")),
        member("aka-3", 3),
        party="aka",
    ),
    contest(JUSTICES, seats=0),
    justices(JUSTICES, "j1", "j2"),
)
"""A House election before counting: two districts, a block with dual candidates, two justices."""

UPPER_LIST: tuple[Command, ...] = (
    *REGISTER,
    contest(UPPER, seats=3),
    party_list(
        UPPER, "ao", member("ao-1"), member("ao-2"), member("ao-first", priority=1), party="ao"
    ),
    party_list(UPPER, "aka", member("aka-1"), member("aka-2"), party="aka"),
)
"""An Upper House list election before counting, with one member in the 特定枠."""

GOVERNOR_RACE: tuple[Command, ...] = (
    *REGISTER,
    contest(GOVERNOR),
    candidates(GOVERNOR, "g1", "g2", "g3", "g4", "g5"),
)
"""A governor's election with five candidates before counting."""


def log_of(*commands: Command) -> Log:
    return Log().given(*commands)
