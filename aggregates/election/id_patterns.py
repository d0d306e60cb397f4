"""What an id looks like, from its first character to its last."""

import msgspec


def id_meta(pattern: str) -> msgspec.Meta:
    """The form of a text as a whole.

    `$` alone would let a line break follow; the other ways to say so are not in JSON Schema.
    """
    return msgspec.Meta(pattern=f"^{pattern}$(?!\\n)")
