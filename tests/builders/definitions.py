"""What is defined before anything is counted: register, contests, ballots, course of the night."""

from collections.abc import Iterable, Mapping

from tests.builders.naming import CHIYODA, CHUO, DISTRICT_1, A, B
from tests.support.gwt import Command


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


def options(contest_id: str, *ids: str) -> Command:
    """The options of a poll by ordinance."""
    named = [{"id": each, "name": f"{each}案"} for each in ids]
    return {"command": "register-options", "contest": contest_id, "options": named}


EVE = "2024-10-26"
"""The day before the poll of `election`."""


def withdraw(contest_id: str, option: str, cause: str = "died", *, day: str = "") -> Command:
    """Nobody votes for the option; with a day, which is needed once counting is open."""
    named = {"contest": contest_id, "option": option} | ({"day": day} if day else {})
    return {"command": "withdraw-candidate", **named, "cause": cause}


def no_poll(contest_id: str) -> Command:
    """Announce that nobody votes."""
    return {"command": "announce-no-poll", "contest": contest_id}


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
LAST_TIME: Command = {
    "command": "record-previous",
    "previous": {
        "name": "第49回衆議院議員総選挙",
        "polling_day": "2021-10-31",
        "contests": [
            {
                "contest": DISTRICT_1,
                "holders": [{"name": "前一郎", "party": "ao"}],
                "votes": [
                    {"name": "前一郎", "party": "ao", "votes": 600_000},
                    {"name": "元二郎", "party_name": "旧党", "votes": 400_000},
                ],
                "turnout": [{"at": "18:00", "rate": 3010}, {"rate": 5512}],
            }
        ],
        "won": [{"party": "ao", "seats": 1}],
        "before": [{"party": "ao", "seats": 1}],
    },
}
"""Who had the seat, and what stood beside it."""
CHANGE_RULES: Command = {"command": "change-rules", "rules": 2}
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


def particulars(contest_id: str, *people: Mapping[str, object]) -> Command:
    """What is known of candidates beyond their nomination."""
    return {
        "command": "record-particulars",
        "contest": contest_id,
        "particulars": [dict(each) for each in people],
    }
