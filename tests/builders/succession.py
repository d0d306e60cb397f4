"""Who is gone after polling, and who moves up."""

from tests.support.gwt import Command


def depart(
    contest: str, person: str, day: str = "2024-11-10", stage: str = "in-term", cause: str = "died"
) -> Command:
    named = {"contest": contest, "person": person, "cause": cause, "stage": stage, "day": day}
    return {"command": "record-departure", **named, "reason": "死亡届による"}


def succeed(contest: str, departed: str, successor: str, *lot: str) -> Command:
    named = {"contest": contest, "departed": departed, "successor": successor}
    drawn = {"lot": {"order": list(lot), "drawn_by": "選挙長"}} if lot else {}
    return {"command": "declare-successor", **named, **drawn, "reason": "選挙会の決定による"}
