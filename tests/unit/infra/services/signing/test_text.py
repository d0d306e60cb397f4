"""Texts and ids at the door: nothing comes in that a table, a page or a file cannot hold."""

import msgspec
import pytest

from aggregates.errors import CommandMalformed
from infra.services.signing.submission_auth import decode_submission
from tests import builders as b
from tests.support.gwt import Command


def sent(command: Command, **circumstances: object) -> bytes:
    """A posting as it comes."""
    usual = {
        "election": "house50",
        "environment": "rehearsal",
        "office": "nation",
        "submission_id": "text-000001",
    }
    return msgspec.json.encode({**usual, **circumstances, "command": command})


def remarked(remark: str) -> bytes:
    return sent({**b.tally(b.sheet({b.A: 1, b.B: 1})), "remark": remark})


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0c", "\x1b", "\ufffe", "\uffff"])
def test_a_character_that_xml_and_databases_cannot_hold_is_refused(character: str) -> None:
    with pytest.raises(CommandMalformed, match=f"U\\+{ord(character):04X}"):
        decode_submission(remarked(f"雨{character}のため"))


@pytest.mark.parametrize(
    "text",
    ["一行\n二行\r\n\t三行", "葛\U000e0100城", "か\u3099", "𠮷野", r"C:\u0000\b", "ﾊﾝｶｸ｡\ufffd"],
)
def test_every_other_text_comes_in_as_it_is(text: str) -> None:
    assert getattr(decode_submission(remarked(text)).command, "remark", "") == text


@pytest.mark.parametrize(
    "body",
    [
        sent(b.NOTE, office="nation\n"),
        sent(b.NOTE, submission_id="text-000001\n"),
        sent(b.NOTE, scan_sha256="ab" * 32 + "\n"),
        sent({**b.tally(b.sheet({b.A: 1, b.B: 1})), "unit": f"{b.CHIYODA}\n"}),
        sent({**b.tally(b.sheet({b.A: 1, b.B: 1})), "contest": f"{b.DISTRICT_1}\n"}),
    ],
    ids=["office", "submission", "digest", "unit", "contest"],
)
def test_an_id_does_not_end_in_a_line_break(body: bytes) -> None:
    with pytest.raises(CommandMalformed):
        decode_submission(body)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(CommandMalformed):
        decode_submission(remarked("雨").replace("雨".encode(), b"\\ud842"))
