"""Ids of offices where nobody chooses others: rehearsals, replays, imports, unsigned logs."""

from typing import Final

NATION_OFFICE: Final = "nation"
MINISTRY_OFFICE: Final = "ministry"
PREFECTURE_PREFIX: Final = "pref-"
CENTRE_PREFIX: Final = "centre-"


def prefecture_office_id(code: str) -> str:
    """Id of the election commission of a prefecture."""
    return f"{PREFECTURE_PREFIX}{code}"


def centre_office_id(unit: str) -> str:
    """Id of the counting centre of a unit."""
    return f"{CENTRE_PREFIX}{unit}"
