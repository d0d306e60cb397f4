"""The public entry of an event: the bytes that are published, relayed and hashed into the tree."""

EVENT, POSITION, TOPIC, END = '{"event":', ',"position":', ',"topic":"', '"}'
"""What stands before the event, before its position, before its topic and after it. Anyone who has
entries assembled elsewhere, as the relay does in the database, takes these from here."""

_FORM = f"{EVENT}%b{POSITION}%d{TOPIC}%b{END}".encode()


def entry_bytes(position: int, topic: str, state: bytes) -> bytes:
    """The canonical JSON (RFC 8785) of one entry of the log.

    The state is canonical already, so it is wrapped without being parsed.

    Args:
        position: Its place in the log, from 1.
        topic: Permanent name of the kind of event; ASCII without quotes.
        state: The event as recorded.
    """
    return _FORM % (state, position, topic.encode())
