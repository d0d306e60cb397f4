"""A log of each rules number, as the release of its day recorded it: decided again to the byte.

The files of `tests/golden/logs` have one posting a line with what it recorded: a House election
with its review, a governor drawn by lot, a mayor without a poll, and a by-election of a council;
from rules 3 on pools, both terms of the Upper House and a referendum as well, from rules 5 on who
had a district's seat before. They are never written again: what differs here changed the meaning
of a number.
"""

import gzip
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from aggregates.rules import RECOMPUTABLE_RULES
from projections.documents.render import render
from projections.election_projection import ElectionProjection
from tests import builders as b
from tests.support.gwt import Entry, Log

FOLDER = Path(__file__).parents[1] / "golden" / "logs"
DIGESTS = {
    1: "f86d001cb03e037f1be3f9709f7e0cc1e92e125c0df883b42bf535a916929309",
    2: "c1c803029dd180657ae309b9844fdd1d97365753eed43cda384e7e7d64d6254a",
    3: "e670ad09652bc11d91f9c79c66d73f3811c6f8307413c045e46489cf0b11750b",
    4: "8f9b180247dca5b354cb946fdb06bef1624df392cffbde05f73372f75ff7eb71",
    5: "901ebb4c978593fad4ae0567a07b9e78c7fd227b75cbb16f57dd14e001a7046d",
}
COUNCIL, MAYOR = "municipal-assembly/13101", "mayor/13101"
_CANONICAL = msgspec.json.Encoder(order="sorted")
_EACH = pytest.mark.parametrize("rules", DIGESTS)


class Posting(NamedTuple):
    """A command, and what was recorded of it."""

    command: dict[str, Any]
    recorded: list[Entry]


@cache
def _postings(rules: int) -> list[Posting]:
    lines = gzip.decompress((FOLDER / f"rules-{rules}.jsonl.gz").read_bytes()).splitlines()
    rows = map(json.loads, lines)
    return [
        Posting(
            row["command"],
            [Entry(stream, topic, data.encode()) for stream, topic, data in row["recorded"]],
        )
        for row in rows
    ]


@cache
def _folded(rules: int) -> ElectionProjection:
    entries = [entry for posting in _postings(rules) for entry in posting.recorded]
    night = ElectionProjection()
    night.apply_all(enumerate((entry.event() for entry in entries), start=1))
    return night


def _contest(rules: int, contest: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render(_folded(rules), f"contests/{contest}"))
    return found


def test_there_is_a_log_of_every_number() -> None:
    assert DIGESTS.keys() == RECOMPUTABLE_RULES


@_EACH
def test_the_file_is_the_one_that_was_recorded(rules: int) -> None:
    content = gzip.decompress((FOLDER / f"rules-{rules}.jsonl.gz").read_bytes())

    assert hashlib.sha256(content).hexdigest() == DIGESTS[rules]
    first = json.loads(_postings(rules)[0].recorded[0].data)
    assert first.get("rules", 1) == rules


@_EACH
def test_every_decision_is_made_again_to_the_byte(rules: int) -> None:
    log = Log(rules=rules)
    for command, recorded in _postings(rules):
        before = len(log.store.entries)
        log.post(command)
        assert log.store.entries[before:] == recorded, command


@_EACH
def test_every_event_reads_back_to_its_bytes(rules: int) -> None:
    for posting in _postings(rules):
        for entry in posting.recorded:
            assert _CANONICAL.encode(entry.event()) == entry.data


@_EACH
def test_the_figures_of_the_districts_and_the_block_are_what_they_were(rules: int) -> None:
    first, second, block = (_contest(rules, each) for each in (b.DISTRICT_1, b.DISTRICT_2, b.BLOCK))

    votes = [row["votes"]["thousandths"] for row in first["options"]]
    assert (votes, first["declared"]["elected"]) == ([301_000, 289_000], ["d1-ao"])
    # 590 and, with the vote found later, 601 valid ballots over six and over ten.
    assert first["law"]["statutory_minimum"]["votes"] == "98.333"
    assert second["law"]["deposit_line"]["votes"] == ("60.000" if rules == 1 else "60.100")
    assert second["declared"]["elected"] == ["d2-aka"]
    assert block["declared"]["list_seats"] == {"aka": 1, "ao": 2}
    assert _contest(rules, b.JUSTICES)["declared"]["dismissed"] == ["j2"]
    assert sorted(_contest(rules, b.GOVERNOR)["declared"]["elected"]) == ["g1"]


@_EACH
def test_seats_alone_are_read_as_both_seats_and_full_seats(rules: int) -> None:
    """Rules 1 knew of no 議員定数: its by-election was divided by the one seat to be filled."""
    council = _contest(rules, COUNCIL)

    assert (council["seats"], council.get("full_seats")) == (1, None if rules == 1 else 30)
    # 607 valid ballots over four, and over thirty and four.
    minimum = council["law"]["statutory_minimum"]["votes"]
    assert minimum == ("151.750" if rules == 1 else "5.058")
    assert council["declared"]["elected"] == ["c1"]
    assert [row["votes"]["thousandths"] for row in council["options"]] == [
        303_500,
        202_333,
        101_166,
    ]
    moved_up = [row.get("successor") for row in council.get("succession", ())]
    assert moved_up == ([] if rules == 1 else ["c2"])


@_EACH
def test_nobody_voted_on_the_mayor(rules: int) -> None:
    mayor = _contest(rules, MAYOR)

    assert (mayor["uncontested"], mayor["declared"]["elected"]) == (True, ["m1"])
    assert "law" not in mayor


@pytest.mark.parametrize("rules", [each for each in DIGESTS if each >= 3])
def test_pools_terms_and_a_referendum_are_what_they_were(rules: int) -> None:
    (unit,) = _contest(rules, COUNCIL)["units"]
    shares = {each["option"]: each["share"] for each in unit["pools"][0]["sharers"]}

    assert shares == {"c1": 3_500, "c2": 2_333, "c3": 1_166}
    terms = _contest(rules, "upper-district/13")["declared"]
    assert (terms["elected"], terms["long_terms"]) == (["u1", "u2"], ["u1"])
    assert _contest(rules, "national-referendum/1")["declared"]["adopted"] == ["yes"]
