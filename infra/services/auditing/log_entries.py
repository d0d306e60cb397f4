"""Entries taken apart again: position, topic and the event as it was recorded.

Every event says when it was recorded, who sent it and by which rules, whatever these are.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple, NoReturn

import msgspec

from aggregates.base import Provenance
from aggregates.election.election_events import ElectionDefined, RulesChanged
from aggregates.errors import ChainForked, Refusal, SequenceUnstated, SequenceWrong
from aggregates.reference.municipality_register import find_register
from aggregates.rule_package.package import RulePackage, package_sha256
from aggregates.rules import FIRST_RULES, FOURTH_RULES
from infra.services.auditing.sources.audit_difference import AuditDifference, Rule

_HEAD: Final = b'{"event":'
_TAIL = re.compile(rb',"position":(0|[1-9][0-9]{0,15}),"topic":"([a-z0-9.-]{1,64})"\}')
_CHAIN: Final = (ChainForked, SequenceUnstated, SequenceWrong)
_BEGINS_TAIL: Final = b',"position":'


class AuditEntry(NamedTuple):
    """One entry.

    Attributes:
        position: Its place in the log, from 1.
        topic: Permanent name of the kind of event.
        state: The event as recorded.
    """

    position: int
    topic: str
    state: bytes


def split_entries(entries: Sequence[bytes], first: int = 1) -> list[AuditEntry]:
    """Take entries apart.

    Args:
        entries: In order.
        first: Position of the first.

    Raises:
        AuditDifference: One is not an entry, or not at the position that it states.
    """
    return [_split(entry, position) for position, entry in enumerate(entries, start=first)]


def require_canonical(entry: AuditEntry) -> object:
    """The value of an event whose bytes are canonical JSON (RFC 8785) with integers only.

    Raises:
        AuditDifference: They are not.
    """
    try:
        value: object = _DECODER.decode(entry.state)
        canonical = _ENCODER.encode(value)
    except (msgspec.MsgspecError, ValueError) as error:
        raise _not_canonical(entry, str(error)) from None
    if canonical != entry.state:
        raise _not_canonical(entry, "another spelling of the same value")
    return value


def _split(data: bytes, position: int) -> AuditEntry:
    begins = data.rfind(_BEGINS_TAIL)
    tail = _TAIL.fullmatch(data, begins) if begins >= 0 else None
    if tail is None or not data.startswith(_HEAD):
        raise AuditDifference(
            "event", f"entry {position}", expected="an entry", found=repr(data[-80:])
        )
    if int(tail[1]) != position:
        where, stated = f"entry {position}", tail[1].decode()
        raise AuditDifference("event", where, expected=f"position {position}", found=stated)
    return AuditEntry(position, tail[2].decode(), data[len(_HEAD) : begins])


def _not_canonical(entry: AuditEntry, said: str) -> AuditDifference:
    where = f"entry {entry.position}"
    return AuditDifference("event", where, expected="canonical JSON with integers only", found=said)


def _no_float(text: str) -> NoReturn:
    raise ValueError(f"{text} is not an integer")


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(float_hook=_no_float)


class EntryHeader(msgspec.Struct, frozen=True):
    """When an entry was recorded, and who sent what caused it."""

    recorded_at: datetime
    provenance: Provenance


class _NamedRules(msgspec.Struct, frozen=True):
    rules: int = FIRST_RULES
    rule_package: msgspec.Raw = msgspec.Raw()
    municipality_register_sha256: str = ""


class _StatedData(msgspec.Struct, frozen=True):
    """What a command that begins or changes rules states of rule data; both may be left out."""

    rule_package: msgspec.Raw = msgspec.Raw()
    municipality_register: str | None = None


class _StatingBody(msgspec.Struct, frozen=True):
    command: _StatedData


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
    return _read_named_rules(entry).rules


def _read_named_rules(entry: AuditEntry) -> _NamedRules:
    try:
        return _NAMED_RULES.decode(entry.state)
    except msgspec.MsgspecError as error:
        raise entry_finding("event", entry, "a number of rules", str(error)) from None


def is_rule_data_known(entry: AuditEntry) -> bool:
    """Whether this release can decide by the rule data that an entry holds or names, if any.

    Raises:
        AuditDifference: What it names is no digest.
    """
    named = _read_named_rules(entry)
    return _is_package_known(named) and _is_register_known(named)


def _is_package_known(named: _NamedRules) -> bool:
    if not bytes(named.rule_package):
        return True
    try:
        msgspec.json.decode(named.rule_package, type=RulePackage)
    except msgspec.MsgspecError:
        return False
    return True


def _is_register_known(named: _NamedRules) -> bool:
    digest = named.municipality_register_sha256
    return not digest or find_register(digest) is not None


def require_package_digest(entry: AuditEntry, event: ElectionDefined) -> None:
    """Hold the digest that an unsigned first entry names against the package it holds.

    Raises:
        AuditDifference: It is another package's.
    """
    package = event.rule_package
    expected = package_sha256(package) if package else ""
    if event.rule_package_sha256 != expected:
        raise entry_finding("decision", entry, expected or "none", event.rule_package_sha256)


def require_register_named(
    entry: AuditEntry, event: ElectionDefined | RulesChanged, standing: str
) -> None:
    """Hold an unsigned entry to naming a register of municipalities where its rules ask one.

    `standing` is the register of the log after it, empty for none.

    Raises:
        AuditDifference: It names one too early, or begins rules that need one without it.
    """
    named = event.municipality_register_sha256
    needs = event.rules >= FOURTH_RULES
    if (named and not needs) or (needs and not standing):
        expected = "a register of municipalities" if needs else "none"
        raise entry_finding("decision", entry, expected, named or "none")


def require_rule_data_signed(entry: AuditEntry, body: bytes) -> None:
    """Hold rule data that this release does not carry against what was signed.

    Raises:
        AuditDifference: Other data was signed, or none.
    """
    named = _read_named_rules(entry)
    try:
        stated = msgspec.json.decode(body, type=_StatingBody).command
    except msgspec.MsgspecError as error:
        raise entry_finding("decision", entry, "rule data", str(error)) from None
    package, signed = bytes(named.rule_package), bytes(stated.rule_package)
    is_same = bool(package) == bool(signed) and (
        not package or msgspec.json.decode(package) == msgspec.json.decode(signed)
    )
    if not is_same:
        raise entry_finding("decision", entry, "the rule package that was signed", "another")
    register = named.municipality_register_sha256
    if not _is_register_known(named) and register != stated.municipality_register:
        found = f"municipality_register_sha256: {register}"
        raise entry_finding("decision", entry, stated.municipality_register or "none", found)


def entry_finding(rule: Rule, entry: AuditEntry, expected: str, found: str) -> AuditDifference:
    """A finding about one entry, to be raised."""
    return AuditDifference(rule, f"entry {entry.position}", expected=expected, found=found)


def refusal_finding(entry: AuditEntry, refusal: Refusal) -> AuditDifference:
    """A finding about an entry whose posting the rules refuse, to be raised."""
    rule: Rule = "decision"
    if isinstance(refusal, _CHAIN):
        rule = "chain"
    elif refusal.category == "forbidden":
        rule = "permission"
    return entry_finding(rule, entry, refusal.english, f"{refusal.code}: {refusal}")


def failure_finding(rule: Rule, entry: AuditEntry, error: Exception) -> AuditDifference:
    """A finding about an entry with which the rules cannot even be asked, to be raised."""
    return entry_finding(rule, entry, entry.topic, f"{type(error).__name__}: {error}")
