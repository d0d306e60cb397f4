"""What every entry says under whatever rules it was recorded: when, who sent it, by which rules."""

from datetime import datetime
from typing import Final

import msgspec

from aggregates.base import Provenance
from aggregates.rule_package.package import RulePackage
from aggregates.rules import FIRST_RULES
from infra.services.auditing.log_entries import AuditEntry
from infra.services.auditing.sources.audit_difference import AuditDifference, Rule


class EntryHeader(msgspec.Struct, frozen=True):
    """When an entry was recorded, and who sent what caused it."""

    recorded_at: datetime
    provenance: Provenance


class _NamedRules(msgspec.Struct, frozen=True):
    rules: int = FIRST_RULES
    rule_package: msgspec.Raw = msgspec.Raw()


class _NamedPackage(msgspec.Struct, frozen=True):
    rule_package: msgspec.Raw = msgspec.Raw()


class _StatedPackage(msgspec.Struct, frozen=True):
    command: _NamedPackage


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


def is_package_known(entry: AuditEntry) -> bool:
    """Whether this release can decide under the rule package that an entry holds, if any."""
    package = _NAMED_RULES.decode(entry.state).rule_package
    if not bytes(package):
        return True
    try:
        msgspec.json.decode(package, type=RulePackage)
    except msgspec.MsgspecError:
        return False
    return True


def require_package_signed(entry: AuditEntry, body: bytes) -> None:
    """Hold a package that this release cannot read against the one that was signed.

    Raises:
        AuditDifference: Another one was signed, or none.
    """
    package = _NAMED_RULES.decode(entry.state).rule_package
    try:
        stated = msgspec.json.decode(body, type=_StatedPackage).command.rule_package
    except msgspec.MsgspecError as error:
        raise entry_finding("decision", entry, "a rule package", str(error)) from None
    if not bytes(stated) or msgspec.json.decode(stated) != msgspec.json.decode(package):
        raise entry_finding("decision", entry, "the rule package that was signed", "another")


def entry_finding(rule: Rule, entry: AuditEntry, expected: str, found: str) -> AuditDifference:
    """A finding about one entry, to be raised."""
    return AuditDifference(rule, f"entry {entry.position}", expected=expected, found=found)
