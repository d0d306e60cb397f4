"""Municipality codes that the register contradicts, in each command that brings units."""

from aggregates import errors as e
from aggregates.rules import FOURTH_RULES, THIRD_RULES
from tests import builders as b
from tests.builders import amendments as am
from tests.support.gwt import Command
from tests.unit.aggregates.refusal_case import Case

OF_2022 = b.election(polling_day="2022-07-10")
SWAPPED = "中央区"


def place(
    code: str, *municipalities: str, name: str = "開票区", prefecture: str = "13"
) -> dict[str, object]:
    """A unit of one municipality or more."""
    facts = {"code": code, "name": name, "prefecture": prefecture, "kind": "municipality"}
    return {**facts, "municipalities": list(municipalities)}


def register(unit: dict[str, object]) -> Command:
    """Before counting is open."""
    return {"command": "register-units", "units": [unit]}


def add(unit: dict[str, object]) -> Command:
    """On the night."""
    return {"command": "add-units", "units": [unit], "reason": am.REASON}


def amend(unit: dict[str, object]) -> Command:
    """What is registered, whenever."""
    return {"command": "amend-unit", "amended": unit, "reason": am.REASON}


def _everywhere(refusal: type[e.Refusal], what: str, unit: dict[str, object]) -> tuple[Case, ...]:
    known = {**unit, "municipalities": [], "name": "x", "code": "x"}
    night = (*b.DISTRICT[:-1], register(known), b.DISTRICT[-1])
    return (
        Case(refusal, b.REGISTER, register(unit), name=f"{what}, registered"),
        Case(refusal, b.DISTRICT, add(unit), name=f"{what}, added"),
        Case(refusal, night, amend({**unit, "code": "x"}), name=f"{what}, amended"),
    )


_HAMAMATSU = place("h", "22131", prefecture="22")

MUNICIPALITIES: tuple[Case, ...] = (
    *_everywhere(e.MunicipalityUnknown, "unknown", place("u", "13199")),
    *_everywhere(e.MunicipalityUnknown, "one of several", place("u", "13103", "13199")),
    *_everywhere(e.MunicipalityAbolished, "abolished", _HAMAMATSU),
    *_everywhere(e.MunicipalityExchanged, "exchanged", place("u", "13103", name=SWAPPED)),
    *_everywhere(e.MunicipalityElsewhere, "elsewhere", place("u", "14101")),
    Case(e.MunicipalityUnknown, b.REGISTER, b.unit("13199"), name="its own code"),
    Case(e.MunicipalityUnknown, b.REGISTER, b.unit("13199.1"), name="a part"),
    Case(
        e.MunicipalityExchanged,
        (b.election(),),
        register(place("13101", "13102", name=SWAPPED)),
        name="the code beside the name",
    ),
    Case(
        e.MunicipalityAbolished,
        (b.election(polling_day="2031-04-06"),),
        register(_HAMAMATSU),
        name="after the span",
    ),
    Case(
        e.MunicipalityNotYet,
        (OF_2022,),
        register(place("c", "22138", prefecture="22")),
    ),
    Case(
        e.MunicipalityRegisterUnknown,
        (),
        {**b.election(), "rules": FOURTH_RULES, "municipality_register": "0" * 64},
    ),
    Case(
        e.MunicipalityRegisterUnknown,
        (b.election(),),
        {"command": "change-rules", "rules": FOURTH_RULES, "municipality_register": "0" * 64},
        rules=THIRD_RULES,
        name="from an entry on",
    ),
    Case(
        e.RulesTooEarly,
        (),
        {**b.election(), "rules": THIRD_RULES, "municipality_register": "0" * 64},
        name="a register under rules 3",
    ),
)
