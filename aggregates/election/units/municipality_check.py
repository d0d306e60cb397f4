"""Codes of municipalities held against the register that the log names (rules 4).

A unit is held to the codes that it states, or to its own where that is one (`13101`, `13101.1`);
units with ids of another form (`01-012`, `hall-a`) state nothing that could be wrong. The register
knows what there was on each day of its span. Outside of it a code that it does not know may be
right, so that is noticed and not refused.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, Literal

import msgspec

from aggregates.election.geography import (
    NATION_PLACE,
    PREFECTURES,
    Unit,
    covered_municipalities,
)
from aggregates.election.identifiers import MunicipalityCode
from aggregates.errors import (
    MunicipalityAbolished,
    MunicipalityElsewhere,
    MunicipalityExchanged,
    MunicipalityNotYet,
    MunicipalityUnknown,
)
from aggregates.reference.municipality_register import MunicipalityRegister

UnitNoticeCode = Literal["municipality-not-in-register", "polling-day-outside-register"]

_OWN: Final = re.compile(r"[0-9]{5}")


class UnitNotice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that the register of municipalities cannot confirm.

    Attributes:
        code: Which: the register ends before the polling day or begins after it; or it does not
            know a code, which may be right on such a day.
        unit: The unit; empty where it is about the polling day.
        municipality: The code that is not known (five digits).
    """

    code: UnitNoticeCode
    unit: str = ""
    municipality: str = ""


def check_municipalities(
    units: Iterable[Unit], register: MunicipalityRegister, polling_day: date
) -> tuple[UnitNotice, ...]:
    """Refuse what the register contradicts; return what it cannot confirm.

    Args:
        units: What is to be registered.
        register: The codes.
        polling_day: The day on which they have to exist.

    Raises:
        MunicipalityElsewhere: A code belongs to another prefecture than its unit.
        MunicipalityAbolished: It was abolished by then.
        MunicipalityNotYet: It begins later.
        MunicipalityUnknown: Nobody ever had it, and the register covers the day.
        MunicipalityExchanged: The unit is called after another municipality.
    """
    stated = [(unit, five) for unit in units for five in covered_municipalities(unit)]
    notices = []
    if stated and not register.covers(polling_day):
        notices.append(UnitNotice(code="polling-day-outside-register"))
    for unit, five in stated:
        _require_in_force(unit, five, register, polling_day)
        if not register.is_known(five):
            notices.append(
                UnitNotice(code="municipality-not-in-register", unit=unit.code, municipality=five)
            )
        if len(unit.municipalities) <= 1:
            for code in _codes_of_name(unit, five):
                _require_own_name(unit, code, register)
    return tuple(notices)


def _require_in_force(
    unit: Unit, five: str, register: MunicipalityRegister, polling_day: date
) -> None:
    code, until = MunicipalityCode.from_jis(five), register.until.isoformat()
    if unit.prefecture not in {five[:2], NATION_PLACE}:
        prefecture = PREFECTURES[unit.prefecture]
        raise MunicipalityElsewhere(unit=unit.code, municipality=code, prefecture=prefecture)
    if gone := register.find_abolition(five, polling_day):
        raise MunicipalityAbolished(
            unit=unit.code,
            municipality=code,
            name=gone.name,
            day=gone.on.isoformat(),
            successors=tuple(
                f"{register.name(each)}（{MunicipalityCode.from_jis(each)}）"
                for each in gone.successors
            ),
            until=until,
        )
    if begun := register.find_beginning(five, polling_day):
        name, day = register.name(five), begun.isoformat()
        raise MunicipalityNotYet(unit=unit.code, municipality=code, name=name, day=day)
    if not register.is_known(five) and register.covers(polling_day):
        raise MunicipalityUnknown(unit=unit.code, municipality=code, until=until)


def _codes_of_name(unit: Unit, five: str) -> Iterator[str]:
    """Codes that stand beside the name of a unit of one municipality: people read both."""
    yield five
    if unit.code != five and _OWN.fullmatch(unit.code):
        yield unit.code


def _require_own_name(unit: Unit, five: str, register: MunicipalityRegister) -> None:
    name = register.name(five)
    other = register.find_namesake(five, unit.name) if name else ""
    if other:
        raise MunicipalityExchanged(
            unit=unit.code,
            municipality=MunicipalityCode.from_jis(five),
            name=name,
            unit_name=unit.name,
            other=MunicipalityCode.from_jis(other),
        )
