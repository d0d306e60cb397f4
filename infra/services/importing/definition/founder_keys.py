"""Founders of an election with the keys they begin with, from the requests that they made."""

import hashlib
from pathlib import Path
from typing import Final

import msgspec

from aggregates.commands import office_commands as o
from aggregates.election.election_facts import ElectionFacts
from aggregates.election.key import NewKey
from aggregates.election.office import OfficeFacts
from infra.protocols.signed_note.keys import PrivateKey
from infra.runtime.system_faults import fault_reason
from infra.services.importing.definition.definition import Definition
from infra.services.importing.import_faults import TablesUnreadable
from infra.services.signing.proof_of_possession import prove

KeyRequests = dict[str, tuple[NewKey, ...]]
"""Per office: its keys with their proofs of possession."""

_HOW: Final = (
    "--founder 機関のコード=申請ファイル（kaihyo key request の出力）の形で指定してください。"
)


def read_requests(written: list[str]) -> KeyRequests:
    """Key requests as they are named on a command line: `nation=nation.request.json`.

    Raises:
        TablesUnreadable: Another form, or the file is no request of a key.
    """
    found: KeyRequests = {}
    for text in written:
        office, is_pair, file = text.partition("=")
        if not is_pair or not office or not file:
            raise TablesUnreadable(f"{text}: {_HOW}")
        try:
            key = msgspec.json.decode(Path(file).read_bytes(), type=NewKey)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise TablesUnreadable(
                f"{file}: 鍵の登録申請として読めません（{fault_reason(error)}）。"
            ) from error
        found[office] = (*found.get(office, ()), key)
    return found


def founders_with_keys(definition: Definition, requests: KeyRequests) -> tuple[o.Founder, ...]:
    """Founders with their keys; those without a request get keys that stand in for theirs.

    A stand-in lets everything else be decided. It is never sent: see `missing_requests`.
    """
    election = definition.election
    if election is None:
        return ()
    offices = [entry.value for entry in definition.offices if entry.value.id in definition.founders]
    return tuple(
        o.Founder(office=office, keys=requests.get(office.id) or _stand_ins(election.value, office))
        for office in offices
    )


def managing_founder(definition: Definition) -> str:
    """The office that will send the definition: the first of those who manage the election."""
    role = definition.election.value.managing_role if definition.election else "nation"
    offices = (entry.value for entry in definition.offices)
    managing = (
        each.id
        for each in offices
        if each.role == role and (role == "nation" or each.id in definition.founders)
    )
    # An unsigned rehearsal may go without any office in its tables.
    return next(managing, role)


def missing_requests(definition: Definition, requests: KeyRequests) -> list[str]:
    """Founders whose keys nobody has named."""
    return [office for office in definition.founders if office not in requests]


def _stand_ins(election: ElectionFacts, office: OfficeFacts) -> tuple[NewKey, ...]:
    seeds = (
        hashlib.sha256(f"stand-in {office.id} {number}".encode()).digest()
        for number in range(office.signatures_required)
    )
    return tuple(
        prove(
            PrivateKey(seed),
            election=election.id,
            environment=election.environment,
            office=office.id,
        )
        for seed in seeds
    )
