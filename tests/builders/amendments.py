"""Changes of definitions."""

from tests.builders.definitions import contest
from tests.support.gwt import Command

REASON = "告示の誤りを直すため"


def amend_candidate(contest_id: str, option: str, name: str, **more: object) -> Command:
    facts = {"id": option, "name": name, **more}
    return {
        "command": "amend-candidate", "contest": contest_id, "candidate": facts, "reason": REASON
    }  # fmt: skip


def reorder(contest_id: str, *order: str) -> Command:
    return {
        "command": "reorder-ballot", "contest": contest_id, "order": list(order), "reason": REASON
    }  # fmt: skip


def amend_contest(
    contest_id: str,
    units: list[str],
    seats: int = 1,
    set_aside: tuple[str, ...] = (),
    **facts: object,
) -> Command:
    """The whole definition of a contest as it is right."""
    defined = contest(contest_id, units, seats, **facts)["contest"]
    named = {"contest": contest_id, "facts": defined, "set_aside": list(set_aside)}
    return {"command": "amend-contest", **named, "reason": REASON}


def add_contest(
    contest_id: str, units: list[str], *candidates: str, seats: int = 1, **facts: object
) -> Command:
    defined = contest(contest_id, units, seats, **facts)["contest"]
    people = [{"id": each, "name": each.upper()} for each in candidates]
    named = {"contest": contest_id, "facts": defined, "candidates": people}
    return {"command": "add-contest", **named, "reason": REASON}


def add_units(*codes: str, prefecture: str = "13") -> Command:
    units = [
        {"code": each, "name": f"開票区{each}", "prefecture": prefecture,
         "kind": "counting-district"}
        for each in codes
    ]  # fmt: skip
    return {"command": "add-units", "units": units, "reason": REASON}


def amend_unit(code: str, name: str, prefecture: str = "13") -> Command:
    facts = {"code": code, "name": name, "prefecture": prefecture, "kind": "counting-district"}
    return {"command": "amend-unit", "amended": facts, "reason": REASON}


def amend_party(party: str, name: str) -> Command:
    facts = {"id": party, "name": name, "short": party}
    return {"command": "amend-party", "party": facts, "reason": REASON}


def amend_list(
    contest_id: str, list_id: str, *members: object, name: str = "", party: str = ""
) -> Command:
    facts = {
        "id": list_id, "name": name or f"{list_id}名簿", "party": party, "members": list(members)
    }  # fmt: skip
    return {
        "command": "amend-list", "contest": contest_id, "party_list": facts, "reason": REASON
    }  # fmt: skip


def amend_justice(contest_id: str, justice: str, name: str) -> Command:
    facts = {"id": justice, "name": name}
    return {
        "command": "amend-justice", "contest": contest_id, "justice": facts, "reason": REASON
    }  # fmt: skip


def amend_poll_option(contest_id: str, option: str, name: str) -> Command:
    facts = {"id": option, "name": name}
    return {
        "command": "amend-option", "contest": contest_id, "option": facts, "reason": REASON
    }  # fmt: skip
