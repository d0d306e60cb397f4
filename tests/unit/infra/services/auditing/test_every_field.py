"""Whoever runs a signed log changes one field of one event, and does all else honestly.

Every field of every kind of event is tried, nested ones too: in the first event of its kind that
has it. Hashes, trees, checkpoints and documents do not help: they would be computed from what was
changed. So only entries are held against each other here; `test_signed_night` has whole bundles.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import msgspec
import pytest

from aggregates.base import event_types
from infra.adapters.event_log.event_codec import canonical, decode
from infra.services.auditing.decision_replay import replay_decisions
from infra.services.auditing.envelope_audit import collect_keys, verify_envelopes
from infra.services.auditing.log_entries import AuditEntry, read_header
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.time_bounds import TimeBounds
from tests.support.signed_events import signed_entries, signed_events

pytestmark = pytest.mark.slow  # the decisions of a log again for every field

ENTRIES = signed_entries()
BOUNDS = TimeBounds(signed_events()[-1].timestamp)
KEYS = collect_keys(ENTRIES)
Json = dict[str, "Json"] | list["Json"] | str | int | bool | None
Path = tuple[str | int, ...]


class Forgery(NamedTuple):
    """An entry with another value at one place."""

    number: int
    path: str
    state: bytes


def is_named(forgery: Forgery) -> bool:
    """Whether a verifier finds it: by the signature of this entry, or by deciding again."""
    entry = ENTRIES[forgery.number]._replace(state=forgery.state)
    entries = [*ENTRIES[: forgery.number], entry, *ENTRIES[forgery.number + 1 :]]
    try:
        # Whether an envelope's signatures fit depends on the entry alone.
        verify_envelopes([entry], collect_keys(entries) if _is_key(entry) else KEYS)
    except AuditDifference:
        return True
    return _is_found_by_deciding(entries, forgery.number)


def _is_found_by_deciding(entries: Sequence[AuditEntry], number: int) -> bool:
    """Whether decisions differ: those up to what was changed, and only then all the others."""
    for end in (_end_of_posting(number), len(entries)):
        try:
            replay_decisions(entries[:end], BOUNDS)
        except AuditDifference:
            return True
    return False


def _end_of_posting(number: int) -> int:
    """Where the entries end that were recorded by the posting of this one."""
    followers = range(number + 1, len(ENTRIES))
    return next((at for at in followers if _posting(at) != _posting(number)), len(ENTRIES))


@cache
def _posting(number: int) -> tuple[str, str]:
    provenance = read_header(ENTRIES[number]).provenance
    return provenance.office, provenance.submission


def _is_key(entry: AuditEntry) -> bool:
    return entry.topic == "key.enrolled"


def forgeries(topic: str) -> list[Forgery]:
    """One or more for every field that any event of a topic has."""
    seen: set[str] = set()
    found: list[Forgery] = []
    for number, entry in enumerate(ENTRIES):
        if entry.topic != topic:
            continue
        told: dict[str, Json] = msgspec.json.decode(entry.state)
        for path in _paths(told):
            name = _name(path)
            if name in seen:
                continue
            seen.add(name)
            found += [
                Forgery(number, name, canonical(_put(told, path, other)))
                for other in _others(_get(told, path), name)
            ]
        found += [
            Forgery(number, name, canonical({**told, **more}))
            for name, more in _left_out(entry, told, seen)
        ]
    return found


def _paths(value: Json, path: Path = ()) -> Iterator[Path]:
    """Every place in a value but the whole."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _paths(inner, (*path, at))


def _name(path: Path) -> str:
    """A path with the members of a list taken together."""
    return ".".join("*" if isinstance(part, int) else part for part in path)


def _get(value: Json, path: Path) -> Json:
    for part in path:
        value = value[part]  # type: ignore[index]  # a path of this very value
    return value


def _put(value: Json, path: Path, other: Json) -> Json:
    """The value with another one at a place."""
    if not path:
        return other
    first, *rest = path
    changed: Json = dict(value) if isinstance(value, dict) else list(value)  # type: ignore[arg-type]
    changed[first] = _put(changed[first], tuple(rest), other)  # type: ignore[index]
    return changed


def _others(value: Json, name: str) -> Iterator[Json]:
    """Other values than this one; of the time those outside its bounds."""
    if name == "recorded_at":
        yield from ("2000-01-01T00:00:00Z", "2999-01-01T00:00:00Z")
        return
    match value:
        case bool():
            yield not value
        case int():
            yield value + 1
        case str():
            # Still of its form where it has one: an id, base64, a moment.
            yield ("B" if value[:1] == "A" else "A") + value[1:] if len(value) > 1 else "x"
        case list():
            yield value[:-1] or ["another"]
        case dict():
            yield dict(list(value.items())[1:]) if value else {"another": 1}
        case None:
            yield "another"


def _left_out(
    entry: AuditEntry, told: dict[str, Json], seen: set[str]
) -> Iterator[tuple[str, dict[str, Json]]]:
    """Fields that are not written where they have their default, put there by somebody."""
    event = decode(entry.topic, entry.state)
    kind = msgspec.structs.fields(type(event))
    for field in kind:
        name = field.encode_name
        if name not in told and name not in seen:
            seen.add(name)
            yield name, {name: 99}
    provenance = told["provenance"]
    assert isinstance(provenance, dict)
    for name, other in (("on_behalf", True), ("scan_sha256", "ab" * 32)):
        if name not in provenance and f"+{name}" not in seen:
            seen.add(f"+{name}")
            yield f"provenance.{name}", {"provenance": {**provenance, name: other}}


@pytest.mark.parametrize("topic", sorted(event_types()))
def test_a_change_of_any_field_of_an_event_is_named(topic: str) -> None:
    tried = [forgery for forgery in forgeries(topic) if not _is_same(forgery)]

    assert {"stream", "stream_version", "recorded_at", "provenance.office"} <= _tried(tried)
    assert [(each.number, each.path) for each in tried if not is_named(each)] == []


def _is_same(forgery: Forgery) -> bool:
    return ENTRIES[forgery.number].state == forgery.state


def _tried(found: Sequence[Forgery]) -> set[str]:
    return {forgery.path for forgery in found}


def test_an_entry_under_another_topic_is_named() -> None:
    topics = sorted(event_types())
    for number, entry in enumerate(ENTRIES):
        other = topics[(topics.index(entry.topic) + 1) % len(topics)]
        entries = [*ENTRIES[:number], entry._replace(topic=other), *ENTRIES[number + 1 :]]
        assert _is_found_by_deciding(entries, number), entry.topic
