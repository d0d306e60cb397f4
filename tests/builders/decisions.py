"""What election councils decide, and the lots drawn for it."""

from collections.abc import Mapping

from tests.builders.naming import CHIYODA, CHUO
from tests.builders.reports import tally
from tests.support.gwt import Command


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


def set_aside(contest_id: str, ground: str = "judgment") -> Command:
    """Record that a judgment took the declared winners back."""
    return {
        "command": "set-aside-declaration",
        "contest": contest_id,
        "ground": ground,
        "decision": "東京高等裁判所 令和7年3月1日",
        "reason": "開票に誤りがあったため",
    }
