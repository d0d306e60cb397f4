"""Proof of possession: a new key signs that it is this office's key in this election.

The statement is bound to election, environment and office, and has a type of its own: it can
neither be shown in another election or for another office, nor be taken for a posting.
"""

from aggregates.commands import election_commands as c
from aggregates.commands import office_commands as o
from aggregates.election.key import NewKey
from aggregates.errors import KeyInvalid, PossessionUnproven
from infra.adapters.event_log.event_codec import canonical
from infra.protocols.protocol_errors import KeyMalformed
from infra.protocols.signed_note.encoding import from_base64, to_base64
from infra.protocols.signed_note.keys import PrivateKey, PublicKey, fingerprint
from infra.services.signing.envelope import pae, payload_type

POSSESSION_TYPE = payload_type("possession")


def prove(key: PrivateKey, *, election: str, environment: str, office: str) -> NewKey:
    """The public half of a key with the proof that this office holds it."""
    public = to_base64(key.public.data)
    proof = key.sign(_statement(election, environment, office, public))
    return NewKey(public_key=public, proof=to_base64(proof))


def verify_possession(new: NewKey, *, election: str, environment: str, office: str) -> PublicKey:
    """The key, when its proof fits.

    Raises:
        KeyInvalid: It is no proper point (small order) or not base64.
        PossessionUnproven: The proof is by another key, or for another office or election.
    """
    key = parse_public_key(new.public_key)
    statement = _statement(election, environment, office, new.public_key)
    try:
        proof = from_base64(new.proof)
    except ValueError:
        proof = b""
    if not key.fits(statement, proof):
        raise PossessionUnproven(keyid=fingerprint(key))
    return key


def parse_public_key(text: str) -> PublicKey:
    """A public key from its base64.

    Raises:
        KeyInvalid: It is no proper point (small order) or not base64.
    """
    try:
        return PublicKey(from_base64(text))
    except (KeyMalformed, ValueError) as error:
        raise KeyInvalid(detail=str(error)) from None


def new_keys(submission: c.Submission) -> list[tuple[str, NewKey]]:
    """Every key that a submission brings in, with the office it is for."""
    match submission.command:
        case c.DefineElection(founders=founders):
            return [(each.office.id, key) for each in founders for key in each.keys]
        case o.EnrolKey() | o.RotateKey() as command:
            return [(command.office, command.key)]
        case _:
            return []


def proven_keys(submission: c.Submission) -> dict[str, PublicKey]:
    """Every key that a submission brings in, by id, its proof verified.

    Raises:
        KeyInvalid, PossessionUnproven: One of them is not as it must be.
    """
    return {
        new.keyid: verify_possession(
            new,
            election=submission.election,
            environment=submission.environment,
            office=office,
        )
        for office, new in new_keys(submission)
    }


def _statement(election: str, environment: str, office: str, public_key: str) -> bytes:
    body = {
        "election": election,
        "environment": environment,
        "office": office,
        "public_key": public_key,
    }
    return pae(POSSESSION_TYPE, canonical(body))
