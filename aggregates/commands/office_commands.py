"""What is asked about offices and keys."""

from typing import Annotated

import msgspec

from aggregates.commands.command import CommandBase
from aggregates.election.identifiers import OfficeId, Reason
from aggregates.election.key import KeyId, NewKey
from aggregates.election.office import OfficeFacts


class Founder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An office that is there from the first entry, with the keys it begins with."""

    office: OfficeFacts
    keys: Annotated[tuple[NewKey, ...], msgspec.Meta(min_length=1, max_length=4)]


class RegisterOffice(CommandBase, frozen=True, kw_only=True, tag="register-office"):
    """Enter an office into the register."""

    office: OfficeFacts


class EnrolKey(CommandBase, frozen=True, kw_only=True, tag="enrol-key"):
    """Ask for a key of an office to be approved; the office itself or one above it may ask."""

    office: OfficeId
    key: NewKey


class ApproveKey(CommandBase, frozen=True, kw_only=True, tag="approve-key"):
    """Approve an enrolled key as a second office.

    Attributes:
        office: Whose key it is.
        keyid: The key.
        record: The office as the approver saw it in the register: its role and units are signed
            with the approval. A signed approval states it.
    """

    office: OfficeId
    keyid: KeyId
    record: OfficeFacts | None = None


class RotateKey(CommandBase, frozen=True, kw_only=True, tag="rotate-key"):
    """Replace a key by a new one; signed by the old one, with the proof of the new one."""

    office: OfficeId
    keyid: KeyId
    key: NewKey


class RevokeKey(CommandBase, frozen=True, kw_only=True, tag="revoke-key"):
    """Revoke a key, or reject one that waits for approval."""

    office: OfficeId
    keyid: KeyId
    reason: Reason
