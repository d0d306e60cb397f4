"""One receipt: what it proves, and what is refused."""

import pytest

from infra.adapters.filesystem.tile_files import FolderReader
from infra.protocols.signed_note.keys import PrivateKey
from infra.protocols.signed_note.note import COSIGNATURE, Signer
from infra.protocols.tlog.inclusion_receipt import make_receipt
from infra.protocols.tlog.policy import Policy
from infra.services.auditing.receipt_audit import verify_receipt
from infra.services.auditing.sources.audit_difference import SENTENCES, AuditDifference, Rule
from infra.services.sequencing.tree_entries import LogEntries
from tests.unit.infra.services.auditing.published import Published


def receipt(published: Published, position: int, entry_at: int | None = None) -> bytes:
    """The receipt of a position, with the entry of another one if so asked."""
    size = published.log.reader.last_position()
    made = make_receipt(position - 1, size, published.checkpoint(), FolderReader(published.public))
    [entry] = LogEntries(published.log.reader).entries((entry_at or position) - 1, 1)
    return made._replace(extra=entry).encode()


def refused(published: Published, data: bytes, policy: Policy | None = None) -> Rule:
    with pytest.raises(AuditDifference) as found:
        verify_receipt("receipt", data, published.key, policy)
    assert SENTENCES[found.value.rule] in str(found.value)
    return found.value.rule


def test_every_entry_has_a_receipt(published: Published) -> None:
    for position in (1, 2, 255, 256, 257, published.log.reader.last_position()):
        found = verify_receipt("receipt", receipt(published, position), published.key, None)
        assert found.position == position
        assert found.office == "nation"
        assert found.origin == published.place.origin


def test_the_receipt_of_another_entry_is_refused(published: Published) -> None:
    assert refused(published, receipt(published, 10, entry_at=11)) == "receipt"


def test_every_flipped_byte_that_is_vouched_for_is_refused(published: Published) -> None:
    data = receipt(published, 100)
    for at in range(0, len(data), 7):
        damaged = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert refused(published, damaged) in ("receipt", "event")


def test_a_receipt_without_its_entry_or_of_another_log_is_refused(published: Published) -> None:
    data = receipt(published, 5)
    head, _, rest = data.partition(b"\nextra ")
    assert refused(published, head + b"\n" + rest.partition(b"\n")[2]) == "receipt"
    stranger = Signer(published.place.origin, PrivateKey(bytes(32))).verifier
    with pytest.raises(AuditDifference):
        verify_receipt("receipt", data, stranger, None)


def test_a_policy_asks_for_witnesses(published: Published) -> None:
    witness = Signer("witness.example/w", PrivateKey(bytes(32)), COSIGNATURE).verifier
    policy = Policy.parse(f"witness w {witness}\nquorum w\n")
    assert refused(published, receipt(published, 5), policy) == "witnesses"
