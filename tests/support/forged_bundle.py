"""A bundle by whoever runs a log: any entries, with all that can be computed from them."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from aggregates.election.election_events import ElectionDefined
from infra.adapters.event_log.event_codec import decode
from infra.protocols.signed_note.keys import PrivateKey
from infra.protocols.signed_note.note import COSIGNATURE, Signer, join, split
from infra.protocols.tlog.checkpoint import Checkpoint, sign_checkpoint
from infra.protocols.tlog.tiles import Growth
from infra.services.auditing.log_entries import AuditEntry
from infra.services.auditing.sources.bundle_manifest import MANIFEST, Manifest, document_path
from infra.services.sequencing.checkpoint_history import encode_history
from projections.documents.document_format import DOCUMENT_FORMAT
from projections.documents.render import render
from projections.election_projection import ElectionProjection
from projections.feeds.public_entry import entry_bytes

SIGNER = Signer("log.example/house50", PrivateKey(bytes([5]) * 32))
WITNESS = Signer("witness.example/w", PrivateKey(bytes([6]) * 32), COSIGNATURE)
POLICY = f"log {SIGNER.verifier}\nwitness w {WITNESS.verifier}\nquorum w\n"


def forge_bundle(
    folder: Path, entries: Sequence[AuditEntry], *, cosigned_at: int | None = None
) -> Path:
    """Write a bundle whose tree, checkpoint, documents and digests are those of its entries.

    Args:
        folder: A folder that is not there yet.
        entries: What it holds.
        cosigned_at: When the witness cosigned, in seconds since 1970; None for not at all.
    """
    growth = Growth()
    files = growth.add([entry_bytes(each.position, each.topic, each.state) for each in entries])
    checkpoint = Checkpoint(SIGNER.verifier.name, growth.range.size, growth.range.root())
    note = sign_checkpoint(checkpoint, SIGNER)
    if cosigned_at is not None:
        text, lines = split(note)
        note = join(text, [*lines, WITNESS.sign(text, time=cosigned_at)])
    files |= {"checkpoint": note, "checkpoints": encode_history([note])}
    files["key"] = f"{SIGNER.verifier}\n".encode()
    state = _fold(entries)
    for document in state.versions:
        files[document_path(document)] = render(state, document)
    first = decode(entries[0].topic, entries[0].state)
    assert isinstance(first, ElectionDefined)
    manifest = Manifest(
        election=first.election.id,
        environment=first.election.environment,
        origin=checkpoint.origin,
        size=checkpoint.size,
        root=checkpoint.root.hex(),
        files={path: hashlib.sha256(data).hexdigest() for path, data in files.items()},
        format=DOCUMENT_FORMAT,
    )
    for path, data in {**files, MANIFEST: manifest.encode()}.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder


def _fold(entries: Sequence[AuditEntry]) -> ElectionProjection:
    state = ElectionProjection()
    for entry in entries:
        state.apply(decode(entry.topic, entry.state), entry.position)
    return state
