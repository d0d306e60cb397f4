"""Offices as their own pages list them: who they are, which units are theirs, which keys they have.

A rehearsal that takes unsigned postings may have no register of offices; then every unit has a
centre and every prefecture an office by the usual name, so that people can practise.
"""

from collections.abc import Iterator

import msgspec

from aggregates.commands.permissions import manages_contest
from aggregates.election.geography import PREFECTURES, prefectures_among
from aggregates.election.key import KeyState
from aggregates.election.office import OfficeFacts, Role
from aggregates.reference.office_ids import NATION_OFFICE, centre_office_id, prefecture_office_id
from aggregates.rules import SECOND_RULES
from projections.state.election_state import ElectionState


class ListedKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key of an office: its id, its public half, and what became of it."""

    keyid: str
    public_key: str
    state: KeyState
    enrolled_by: str


class ListedOffice(msgspec.Struct, frozen=True, kw_only=True):
    """An office.

    Attributes:
        id: Its id in postings.
        name: What people call it.
        role: What it may do.
        prefecture: Where it lies; empty for the nation.
        units: Units of its own.
        signatures_required: Persons who sign a posting.
        registered: It is in the register; otherwise it is only usual in this rehearsal.
        keys: Its keys, the oldest first.
        manages: It manages the election, as the nation's offices do theirs.
        contests: Contests of others' log that it manages all the same: a municipality's own.
        record: Its entry in the register, which an approval of a key states; None without one.
    """

    id: str
    name: str
    role: Role
    prefecture: str
    units: tuple[str, ...]
    signatures_required: int
    registered: bool
    keys: tuple[ListedKey, ...]
    manages: bool
    contests: tuple[str, ...] = ()
    record: OfficeFacts | None


def office_desks(state: ElectionState, prefecture: str = "") -> list[ListedOffice]:
    """Offices of a prefecture, or of every one; those of the nation are always there."""
    found = _list_offices(state) if state.offices else _usual(state)
    return [each for each in found if not prefecture or each.prefecture in {"", prefecture}]


def office_desk(state: ElectionState, office: str) -> ListedOffice | None:
    """One office, or None."""
    return next((each for each in office_desks(state) if each.id == office), None)


def _list_offices(state: ElectionState) -> Iterator[ListedOffice]:
    managing = state.register().facts.managing_role
    for record in state.offices.values():
        facts = record.facts
        yield ListedOffice(
            id=facts.id,
            name=facts.name,
            role=facts.role,
            prefecture=facts.prefecture or "",
            units=facts.units,
            signatures_required=facts.signatures_required,
            registered=True,
            keys=tuple(
                ListedKey(
                    keyid=key.keyid,
                    public_key=key.public_key,
                    state=key.state,
                    enrolled_by=key.enrolled_by,
                )
                for key in record.keys
            ),
            manages=facts.role == managing and (record.founder or managing == "nation"),
            contests=_managed_contests(state, facts),
            record=facts,
        )


def _managed_contests(state: ElectionState, office: OfficeFacts) -> tuple[str, ...]:
    if state.register().rules < SECOND_RULES or office.role != "municipality":
        return ()
    found = state.offices.get(office.parent or "")
    above = found.facts if found is not None else None
    return tuple(
        contest.facts.id
        for contest in state.contests.values()
        if manages_contest(office, above, contest.facts, contest.rule)
    )


def _usual(state: ElectionState) -> Iterator[ListedOffice]:
    register = state.register()
    if not register.facts.unsigned:
        return
    yield _unknown_office(NATION_OFFICE, "国（中央選挙管理）", "nation", "")
    for code in prefectures_among(unit.prefecture for unit in register.units.values()):
        yield _unknown_office(
            prefecture_office_id(code), f"{PREFECTURES[code]}選挙管理委員会", "prefecture", code
        )
    for unit in register.units.values():
        yield _unknown_office(
            centre_office_id(unit.code), f"{unit.name} 開票所", "centre", unit.prefecture, unit.code
        )


def _unknown_office(
    office: str, name: str, role: Role, prefecture: str, *units: str
) -> ListedOffice:
    return ListedOffice(
        id=office,
        name=name,
        role=role,
        prefecture=prefecture,
        units=units,
        signatures_required=1,
        registered=False,
        keys=(),
        manages=role == "nation",
        record=None,
    )
