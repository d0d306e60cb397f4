"""What verifies, and which difference is named first."""

import hashlib
import shutil
from pathlib import Path

import msgspec
import pytest

from infra.protocols.signed_note.keys import PrivateKey
from infra.protocols.signed_note.note import COSIGNATURE, Signer, Verifier
from infra.protocols.tlog.policy import Policy
from infra.services.auditing.bundle_writer import ExportRefused, export
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.audit_source import parse_pointer_format
from infra.services.auditing.sources.bundle_archive import pack
from infra.services.auditing.sources.open_source import NothingToVerify, open_source
from infra.services.auditing.verification import verify
from infra.services.auditing.verification_result import VerificationResult
from projections.documents.document_format import DOCUMENT_FORMAT, FIRST_FORMAT
from tests.unit.infra.services.auditing.published import Published, copied, replace


def verified(where: Path, **more: object) -> VerificationResult:
    with open_source(str(where)) as source:
        return verify(source, **more)  # type: ignore[arg-type]


def difference(where: Path, **more: object) -> AuditDifference:
    with pytest.raises(AuditDifference) as found:
        verified(where, **more)
    return found.value


@pytest.fixture
def copy(bundle: Path, tmp_path: Path) -> Path:
    """A bundle that may be changed."""
    return copied(bundle, tmp_path / "copy")


def reseal(bundle: Path, *paths: str) -> None:
    """Repair the digests of changed files, as whoever changed them would."""
    manifest = msgspec.json.decode((bundle / "manifest.json").read_bytes())
    for path in paths:
        manifest["files"][path] = hashlib.sha256((bundle / path).read_bytes()).hexdigest()
    replace(bundle / "manifest.json", msgspec.json.encode(manifest, order="sorted"))


def test_a_bundle_verifies_as_folder_and_as_file(
    bundle: Path, published: Published, tmp_path: Path
) -> None:
    found = verified(bundle, key=published.key)
    assert found.size == published.log.reader.last_position() > 256
    assert found.election == "house50"
    assert found.environment == "rehearsal"
    assert found.documents > 5
    assert found.checkpoints == 4
    assert (found.signed, found.unsigned) == (0, found.size)
    assert found.key_from == "given"

    pack(bundle, tmp_path / "bundle.tar.gz")
    packed = verified(tmp_path / "bundle.tar.gz")
    assert packed.root == found.root
    assert packed.key_from == "published"


def test_the_same_night_packs_to_the_same_bytes(
    bundle: Path, published: Published, tmp_path: Path
) -> None:
    pack(bundle, tmp_path / "one.tar.gz")
    published.bundle(tmp_path / "two.tar.gz")
    assert (tmp_path / "one.tar.gz").read_bytes() == (tmp_path / "two.tar.gz").read_bytes()


def test_the_public_folder_and_the_data_folder_verify_without_documents(
    published: Published,
) -> None:
    assert verified(published.public).documents == 0
    assert verified(published.public.parents[2]).size == verified(published.public).size


def test_a_changed_total_is_named_to_the_byte(copy: Path) -> None:
    path = "documents/national.json"
    body = (copy / path).read_bytes()
    at = body.index(b"counted")
    replace(copy / path, body[:at] + b"C" + body[at + 1 :])
    reseal(copy, path)
    found = difference(copy)
    assert found.rule == "document"
    assert found.where == f"national@{verified_version(body)}, byte {at}"


def verified_version(body: bytes) -> int:
    return int(msgspec.json.decode(body)["head"]["position"])


def test_a_changed_entry_is_named_by_its_position(copy: Path) -> None:
    path = "tile/entries/000"
    bundle = (copy / path).read_bytes()
    at = bundle.index(b'"position":100,')
    replace(copy / path, bundle[: at - 20] + b"x" + bundle[at - 19 :])
    reseal(copy, path)
    found = difference(copy)
    assert (found.rule, found.where) == ("entry", "entry 100 (tile/0/000)")


def test_a_changed_hash_a_changed_tile_and_a_changed_root_are_found(copy: Path) -> None:
    above = next((copy / "tile/1").rglob("*.p/*"))
    replace(above, bytes(32))
    assert difference(copy).rule == "tile"


def test_another_log_with_its_own_key_is_no_replacement(copy: Path, published: Published) -> None:
    forged = Signer(published.place.origin, PrivateKey(bytes(32)))
    replace(copy / "key", f"{forged.verifier}\n".encode())
    assert difference(copy, key=published.key).rule == "key"
    assert difference(copy).rule in ("history", "checkpoint")


def test_an_earlier_checkpoint_that_was_kept_is_a_prefix(
    bundle: Path, published: Published
) -> None:
    notes = (published.public / "checkpoints").read_bytes().split(b"\n\n")
    kept = b"\n\n".join(notes[4:6]) + b"\n"
    assert verified(bundle, kept=[("kept", kept)]).kept == 1
    assert difference(bundle, kept=[("kept", b"nothing")]).rule == "checkpoint"


def test_the_quorum_of_a_policy_is_demanded(bundle: Path, published: Published) -> None:
    witness = Signer("witness.example/w", PrivateKey(bytes(32)), COSIGNATURE).verifier
    policy = Policy.parse(f"log {published.key}\nwitness w {witness}\nquorum w\n")
    assert difference(bundle, policy=policy).rule == "witnesses"
    nobody = Policy.parse("quorum none\n")
    assert verified(bundle, policy=nobody).cosigned_by == ()


def test_a_file_more_and_a_file_less_are_named(copy: Path, bundle: Path, tmp_path: Path) -> None:
    (copy / "documents/extra.json").write_text("{}")
    assert difference(copy).rule == "unexpected"
    less = copied(bundle, tmp_path / "less")
    (less / "documents/national.json").unlink()
    assert (difference(less).rule, difference(less).where) == (
        "missing",
        "documents/national.json",
    )


def test_a_manifest_that_says_something_else_is_named(copy: Path) -> None:
    for name, value in (("environment", "live"), ("size", 3), ("election", "house51")):
        manifest = msgspec.json.decode((copy / "manifest.json").read_bytes())
        replace(
            copy / "manifest.json",
            msgspec.json.encode({**manifest, name: value}, order="sorted"),
        )
        assert difference(copy).where == f"manifest.json: {name}"
        replace(copy / "manifest.json", msgspec.json.encode(manifest, order="sorted"))


def written_in(bundle: Path, version: int) -> None:
    """Make the manifest say that the documents are in a version of the format."""
    manifest = msgspec.json.decode((bundle / "manifest.json").read_bytes())
    changed = msgspec.json.encode({**manifest, "format": version}, order="sorted")
    replace(bundle / "manifest.json", changed)


def test_documents_in_another_version_are_not_compared(copy: Path) -> None:
    written_in(copy, DOCUMENT_FORMAT + 1)
    replace(copy / "documents/national.json", b"written by another release")
    reseal(copy, "documents/national.json")
    found = verified(copy)
    assert (found.documents, found.state) == (0, "verified")
    assert found.documents_not_compared > 5
    # What is in the bundle is still all that its manifest names.
    (copy / "documents/seats.json").unlink()
    assert difference(copy).rule == "missing"


def test_a_pointer_of_another_release_names_its_format() -> None:
    assert parse_pointer_format(b'{"position":7}') == FIRST_FORMAT
    assert parse_pointer_format(b'{"format":99}') == 99
    # Its documents may all the same be of earlier releases: each says so itself.
    assert parse_pointer_format(b'{"format":%d}' % DOCUMENT_FORMAT) is None
    with pytest.raises(AuditDifference):
        parse_pointer_format(b"<html>")


def test_one_document_cannot_claim_another_version_than_its_bundle(copy: Path) -> None:
    path = copy / "documents/national.json"
    body = path.read_bytes()
    stated = b'"format":%d' % DOCUMENT_FORMAT
    assert stated in body
    replace(path, body.replace(stated, b'"format":1', 1))
    reseal(copy, "documents/national.json")
    assert difference(copy).rule == "document"


def test_nothing_to_verify_is_said(tmp_path: Path) -> None:
    with pytest.raises(NothingToVerify), open_source(str(tmp_path)):
        pass


def test_an_export_needs_a_checkpoint_and_a_free_place(
    published: Published, tmp_path: Path
) -> None:
    with pytest.raises(ExportRefused, match="もうあります"):
        export(published.log, published.public, tmp_path)
    with pytest.raises(ExportRefused, match="nothing is published"):
        export(published.log, tmp_path, tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_a_key_with_another_spelling_is_refused(copy: Path, published: Published) -> None:
    replace(copy / "key", f"{published.key}\n\n".encode())
    assert difference(copy).rule == "key"
    assert Verifier.parse(str(published.key)) is not None
    shutil.rmtree(copy)
