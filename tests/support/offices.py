"""Offices and keys for tests of the domain: commands, and ids of keys that need no real crypto."""

import base64
import hashlib

from tests import builders as b
from tests.support.gwt import Command, Log

NATION = "nation"
SECOND = "nation-2"
TOKYO = "pref-13"
OSAKA = "pref-27"
CITY = "city-13101"
CENTRE = "centre-13101"
AUDITOR = "auditor"
PRESS = "press"

_PROOF = base64.b64encode(bytes(64)).decode()


def public_key(name: str) -> bytes:
    """32 bytes that stand for a key in tests of rules that know no crypto."""
    return hashlib.sha256(name.encode()).digest()


def new_key(name: str) -> dict[str, str]:
    return {"public_key": base64.b64encode(public_key(name)).decode(), "proof": _PROOF}


def keyid(name: str) -> str:
    return hashlib.sha256(public_key(name)).hexdigest()


def facts(office: str, role: str, **more: object) -> dict[str, object]:
    return {"id": office, "name": f"機関{office}", "role": role, **more}


def founder(office: str, *keys: str, role: str = "nation", **more: object) -> dict[str, object]:
    return {"office": facts(office, role, **more), "keys": [new_key(name) for name in keys]}


FOUNDERS = (founder(NATION, "nation-a", "nation-b"), founder(SECOND, "second-a"))


def register(office: str, role: str, **more: object) -> Command:
    return {"command": "register-office", "office": facts(office, role, **more)}


def enrol(office: str, key: str) -> Command:
    return {"command": "enrol-key", "office": office, "key": new_key(key)}


def approve(office: str, key: str) -> Command:
    return {"command": "approve-key", "office": office, "keyid": keyid(key)}


def record(office: str) -> object:
    """The entry in the register of one of `OFFICES`; None for another office."""
    records = (command["office"] for command in OFFICES)
    return next((each for each in records if isinstance(each, dict) and each["id"] == office), None)


def rotate(office: str, old: str, new: str) -> Command:
    named = {"office": office, "keyid": keyid(old), "key": new_key(new)}
    return {"command": "rotate-key", **named}


def revoke(office: str, key: str) -> Command:
    named = {"office": office, "keyid": keyid(key), "reason": "端末を紛失"}
    return {"command": "revoke-key", **named}


OFFICES: tuple[Command, ...] = (
    register(TOKYO, "prefecture", prefecture="13", parent=NATION),
    register(OSAKA, "prefecture", prefecture="27", parent=NATION),
    register(CITY, "municipality", prefecture="13", parent=TOKYO, units=["13101"]),
    register(CENTRE, "centre", prefecture="13", parent=CITY, units=["13101"]),
    register(AUDITOR, "auditor"),
    register(PRESS, "press"),
)
"""One office of each role beside the founders; 13102 is the unit of nobody."""


def founded(*, unsigned: bool = True, **more: object) -> Command:
    """Define an election with the founders, unsigned unless told otherwise."""
    founders = {"founders": list(FOUNDERS)}
    return {**b.election(unsigned=unsigned, **more), **founders}


def course_of_keys() -> Log:
    """A log with every kind of event of offices and keys."""
    log = b.log_of(founded(), *b.REGISTER[1:], *OFFICES)
    log.post(enrol(TOKYO, "tokyo-a"))
    log.post(approve(TOKYO, "tokyo-a"), office=SECOND)
    log.post(rotate(TOKYO, "tokyo-a", "tokyo-b"), office=TOKYO)
    log.post(revoke(TOKYO, "tokyo-b"))
    return log
