"""Submission ids made from content: the same content sent twice is one submission."""

import hashlib
from typing import Final

from infra.adapters.event_log.event_codec import canonical

_DIGEST_SHOWN: Final = 32
"""Hexadecimal digits of the SHA-256 that stand in an id."""


def content_id(office: str, *content: object) -> str:
    """A submission id that only this content of this office has."""
    digest = hashlib.sha256(canonical([office, *content])).hexdigest()
    return f"{office}-{digest[:_DIGEST_SHOWN]}"
