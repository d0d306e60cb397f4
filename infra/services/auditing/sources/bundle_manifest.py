"""The manifest of a bundle: what it is about, and the digest of every file in it."""

from typing import Final, Literal

import msgspec

from aggregates.election.identifiers import Environment
from infra.services.auditing.sources.audit_difference import AuditDifference
from projections.documents.document_format import FIRST_FORMAT

MANIFEST: Final = "manifest.json"
DOCUMENTS: Final = "documents"
_ENCODER = msgspec.json.Encoder(order="sorted")


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a bundle says of itself; all of it is checked against its content.

    Attributes:
        bundle: Version of this format.
        election: Id of the election.
        environment: A rehearsal is never taken for the real thing.
        origin: Identity of the log.
        size: Entries.
        root: Root of their tree, in hexadecimal.
        files: SHA-256 of every other file, in hexadecimal, by path.
        format: Version of the format of the documents; not there in manifests of version 1.
    """

    bundle: Literal[1] = 1
    election: str
    environment: Environment
    origin: str
    size: int
    root: str
    files: dict[str, str]
    format: int | msgspec.UnsetType = msgspec.UNSET

    @property
    def document_format(self) -> int:
        """Version of the format of the documents in the bundle."""
        return FIRST_FORMAT if isinstance(self.format, msgspec.UnsetType) else self.format

    def encode(self) -> bytes:
        """Its bytes: canonical JSON (RFC 8785)."""
        return _ENCODER.encode(self)


def read_manifest(data: bytes) -> Manifest:
    """The manifest of these bytes.

    Raises:
        AuditDifference: It is not one, or not in its one spelling.
    """
    try:
        found = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise AuditDifference(
            "malformed", MANIFEST, expected="a manifest", found=str(error)
        ) from None
    if found.encode() != data:
        said = "another spelling of the same manifest"
        raise AuditDifference("malformed", MANIFEST, expected="canonical JSON", found=said)
    return found


def document_path(document: str) -> str:
    """Where a document lies in a bundle."""
    return f"{DOCUMENTS}/{document}.json"
