"""An entry held against the event that was decided again, and where in it they part."""

import msgspec

from aggregates.base import Event
from infra.adapters.event_log.event_codec import canonical
from infra.services.auditing.log_entries import AuditEntry
from infra.services.auditing.recorded_changes import changes
from infra.services.auditing.sources.audit_difference import AuditDifference

_SHOWN = 200


def compare_entry(entry: AuditEntry, event: Event) -> None:
    """Require an entry to be the event, to the byte.

    Raises:
        AuditDifference: It is not; names the first field that is another.
    """
    state = canonical(event)
    if entry.state == state and entry.topic == event.TOPIC:
        return
    where = f"entry {entry.position}"
    if entry.topic != event.TOPIC:
        raise AuditDifference("decision", where, expected=event.TOPIC, found=entry.topic)
    path, wanted, found = _first_change(state, entry.state)
    raise AuditDifference(
        "decision", f"{where}, {path}", expected=wanted[:_SHOWN], found=found[:_SHOWN]
    )


def _first_change(state: bytes, recorded: bytes) -> tuple[str, str, str]:
    try:
        found = changes(state, recorded)
    except (msgspec.MsgspecError, RecursionError) as error:
        return "the whole", "an event", str(error)
    if not found:
        return "the whole", "canonical JSON", "another spelling of the same value"
    return found[0].path, found[0].before, found[0].after
