"""A queue whose files were changed, and a server that does not speak as the log does."""

import json
from pathlib import Path

import pytest

from aggregates.decisions.office_chain import Link
from infra.services.outbox.outbox_queue import Outbox, OutboxDamaged
from infra.services.outbox.server_connection import AddressWrong, HttpConnection, NoAnswer
from tests.unit.infra.services.outbox.lines import answering

OFFICE = "centre-13101"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "outbox"


@pytest.mark.parametrize("content", [b"", b"{", b'{"office": 5}', b"\xff"])
def test_what_waits_and_cannot_be_read_is_named_and_never_sent_twice(
    folder: Path, content: bytes
) -> None:
    box = Outbox(folder)
    (folder / "waiting" / "000001.json").write_bytes(content)

    with pytest.raises(OutboxDamaged, match=r"000001\.json"):
        box.taken()


@pytest.mark.parametrize("content", [b"", b'{"sequence": "1"}'])
def test_a_chain_that_cannot_be_read_is_named_and_not_begun_again(
    folder: Path, content: bytes
) -> None:
    box = Outbox(folder)
    box.keep_link(OFFICE, Link(4, "ab" * 32))
    assert box.link(OFFICE) == Link(4, "ab" * 32)
    (folder / f"{OFFICE}.link.json").write_bytes(content)

    with pytest.raises(OutboxDamaged, match=OFFICE):
        box.link(OFFICE)


def test_only_addresses_of_the_web_are_asked() -> None:
    for address in ("file:///etc/passwd", "ftp://example.jp", "example.jp"):
        with pytest.raises(AddressWrong, match="https://"):
            HttpConnection(address)


def test_where_the_chain_stands_is_the_logs_word_or_nobodys() -> None:
    told = json.dumps({"sequence": 3, "sha256": "cd" * 32}).encode()
    with answering(200, told) as address:
        assert HttpConnection(address).chain("house50", OFFICE) == Link(3, "cd" * 32)
    for body in (b"<h1>Login</h1>", b"{}", b'{"sequence": "3", "sha256": null}'):
        with answering(200, body) as address, pytest.raises(NoAnswer):
            HttpConnection(address).chain("house50", OFFICE)
