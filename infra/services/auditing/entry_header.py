"""What every entry says under whatever rules it was recorded: when, who sent it, by which rules."""

from datetime import datetime
from typing import Final

import msgspec

from aggregates.base import Provenance
from aggregates.rules import FIRST_RULES
from infra.services.auditing.log_entries import AuditEntry
from infra.services.auditing.sources.audit_difference import AuditDifference, Rule


class EntryHeader(msgspec.Struct, frozen=True):
    """When an entry was recorded, and who sent what caused it."""

    recorded_at: datetime
    provenance: Provenance


class _NamedRules(msgspec.Struct, frozen=True):
    rules: int = FIRST_RULES


_HEADER: Final = msgspec.json.Decoder(EntryHeader)
_NAMED_RULES: Final = msgspec.json.Decoder(_NamedRules)


def read_header(entry: AuditEntry) -> EntryHeader:
    """When and by whom an entry was caused.

    Raises:
        AuditDifference: It does not say.
    """
    try:
        return _HEADER.decode(entry.state)
    except msgspec.MsgspecError as error:
        expected = "a time and a provenance"
        raise entry_finding("event", entry, expected, str(error)) from None


def read_rules(entry: AuditEntry) -> int:
    """Number of the rules that an entry names; the first where it names none.

    Raises:
        AuditDifference: What it names is no number.
    """
    try:
        return _NAMED_RULES.decode(entry.state).rules
    except msgspec.MsgspecError as error:
        raise entry_finding("event", entry, "a number of rules", str(error)) from None


def entry_finding(rule: Rule, entry: AuditEntry, expected: str, found: str) -> AuditDifference:
    """A finding about one entry, to be raised."""
    return AuditDifference(rule, f"entry {entry.position}", expected=expected, found=found)
