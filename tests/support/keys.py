"""Real Ed25519 keys for tests, the same ones every time, and what is signed with them."""

import hashlib

import msgspec

from aggregates.commands import election_commands as c
from infra.protocols.signed_note.keys import PrivateKey, fingerprint
from infra.services.signing.proof_of_possession import prove
from tests.support import offices as o
from tests.support.gwt import Command


def key(name: str) -> PrivateKey:
    """The key of this name."""
    return PrivateKey(hashlib.sha256(f"test key {name}".encode()).digest())


def keyid(name: str) -> str:
    return fingerprint(key(name).public)


def new_key(
    name: str, office: str, election: str = "house50", environment: str = "rehearsal"
) -> dict[str, str]:
    """The public half with its proof of possession, as it is sent."""
    proven = prove(key(name), election=election, environment=environment, office=office)
    return {"public_key": proven.public_key, "proof": proven.proof}


def enrol(office: str, name: str) -> Command:
    return {"command": "enrol-key", "office": office, "key": new_key(name, office)}


def approve(office: str, name: str) -> Command:
    """Approve a key; of one of `tests.support.offices.OFFICES` with its entry in the register."""
    return {**o.approve(office, name), "keyid": keyid(name), "record": o.record(office)}


def revoke(office: str, name: str) -> Command:
    return {**o.revoke(office, name), "keyid": keyid(name)}


def rotate(office: str, old: str, new: str) -> Command:
    named = {"office": office, "keyid": keyid(old), "key": new_key(new, office)}
    return {"command": "rotate-key", **named}


def founder(office: str, *names: str, **more: object) -> dict[str, object]:
    keys = [new_key(name, office) for name in names]
    return {"office": o.facts(office, "nation", **more), "keys": keys}


def submission(command: Command, **circumstances: object) -> c.Submission:
    """A submission as it is read from the wire."""
    sent = {
        "election": "house50",
        "environment": "rehearsal",
        "office": "nation",
        "submission_id": "submission-000001",
        "command": command,
        **circumstances,
    }
    return msgspec.convert(sent, c.Submission)
