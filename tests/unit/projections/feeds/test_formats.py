"""Every document in every format: a function of its version, and never silent about rehearsal."""

import csv
import io
import xml.etree.ElementTree as ET

import jsonschema_rs
import msgspec
import pytest

from aggregates.election.election_events import ElectionDefined
from projections.documents.document_parts import REHEARSAL_WARNING
from projections.election_projection import ElectionProjection
from projections.feeds.csv_cells import bare_ids
from projections.feeds.dcat_catalogue import catalogue
from projections.feeds.document_writer import formats, write
from projections.feeds.layout import FORMAT, HEADS, Address, document_formats, schema_name
from projections.feeds.pointer import batch, changes, pointer
from projections.feeds.schemas import index_bytes, schema_bytes, schema_names
from projections.feeds.tabular import to_cp932
from tests import builders as b
from tests.support import keys
from tests.support import offices as o
from tests.support.gwt import Command
from tests.unit.projections.nights import Office, folded
from tests.unit.projections.streams import random_night

ELECTIONS = pytest.mark.parametrize("defined", [b.HOUSE, b.UPPER_LIST, b.GOVERNOR_RACE])


def told(environment: str) -> ElectionProjection:
    """An election with a correction and a declaration."""
    events = Office(
        *b.DISTRICT,
        b.tally(b.sheet({b.A: 60, b.B: 40})),
        b.correction(b.sheet({b.A: 61, b.B: 39})),
        b.tally(b.sheet({b.A: 5, b.B: 4}), unit_code=b.CHUO),
        b.declare(b.DISTRICT_1, b.A),
    ).events
    # Whether postings are signed is not what this is about; documents say the environment.
    defined = events[0]
    assert isinstance(defined, ElectionDefined)
    facts = msgspec.structs.replace(defined.election, environment=environment)
    return folded([msgspec.structs.replace(defined, election=facts), *events[1:]])


def all_written(night: ElectionProjection) -> dict[str, bytes]:
    return {str(each): write(night, each.document, each.format) for each in addresses(night)}


def addresses(night: ElectionProjection) -> list[Address]:
    return [Address(d, form) for d in night.versions for form in document_formats(d)]


@ELECTIONS
@pytest.mark.parametrize("seed", range(3))
def test_the_bytes_depend_on_the_version_alone(
    defined: tuple[dict[str, object], ...], seed: int
) -> None:
    night = ElectionProjection()
    kept: dict[Address, tuple[int, bytes]] = {}
    for position, event in enumerate(random_night(defined, seed).events, start=1):
        night.apply(event, position)
        for address in addresses(night):
            version = night.versions[address.document]
            body = write(night, address.document, address.format)
            before = kept.get(address)
            if before is not None and before[0] == version:
                assert before[1] == body, f"{address} changed at {position} unsaid"
            kept[address] = version, body


@pytest.mark.parametrize("environment", ["rehearsal", "live"])
def test_a_rehearsal_says_so_in_every_format_and_a_live_election_never(environment: str) -> None:
    night = told(environment)
    published = all_written(night) | {
        **{name: pointer(night, None, name) for name in HEADS},
        "changes": changes(night, 0, 5, None),
        "stream": batch(night, 0, None),
        "catalogue.jsonld": catalogue(night),
    }
    words = REHEARSAL_WARNING.encode()
    silent = {address for address, body in published.items() if words not in body}

    assert silent == (set() if environment == "rehearsal" else set(published))


def test_every_format_is_written_somewhere() -> None:
    night = told("live")

    assert {each.format for each in addresses(night)} == set(formats())


@ELECTIONS
def test_documents_fit_their_schemas(defined: tuple[dict[str, object], ...]) -> None:
    night = random_night(defined, 7).night
    for document in night.versions:
        schema = jsonschema_rs.Draft202012Validator(
            msgspec.json.decode(schema_bytes(schema_name(document)))
        )
        schema.validate(msgspec.json.decode(write(night, document, FORMAT[".json"])))


def test_the_feeds_own_answers_fit_their_schemas() -> None:
    night = told("rehearsal")
    stream = batch(night, 0, "00").decode().split("\n")[2].removeprefix("data: ")
    for name, body in (
        ("head", pointer(night, None)),
        ("changes", changes(night, 0, 3, None)),
        ("stream", stream.encode()),
    ):
        schema = jsonschema_rs.Draft202012Validator(msgspec.json.decode(schema_bytes(name)))
        schema.validate(msgspec.json.decode(body))


def test_a_schema_refuses_what_is_not_a_document() -> None:
    schema = jsonschema_rs.Draft202012Validator(msgspec.json.decode(schema_bytes("national")))
    document = msgspec.json.decode(write(told("live"), "national", FORMAT[".json"]))
    document["tiers"][0]["seats"] = "1"

    assert not schema.is_valid(document)


def test_the_index_names_every_schema() -> None:
    assert sorted(msgspec.json.decode(index_bytes())) == schema_names()


# --- CSV --------------------------------------------------------------------------------------


def table(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def test_a_contest_is_a_table_of_units_and_options() -> None:
    office = Office(*b.DISTRICT, b.tally(b.sheet({b.A: 60, b.B: 40}), final=False))

    rows = table(write(office.night, f"contests/{b.DISTRICT_1}", FORMAT[".csv"]))

    assert [(row["unit"], row["option"], row["status"], row["votes"]) for row in rows] == [
        (f"unit:{b.CHIYODA}", f"option:{b.A}", "interim", "60.000"),
        (f"unit:{b.CHIYODA}", f"option:{b.B}", "interim", "40.000"),
        (f"unit:{b.CHUO}", f"option:{b.A}", "none", ""),
        (f"unit:{b.CHUO}", f"option:{b.B}", "none", ""),
    ]


def test_offices_are_a_table_of_their_keys() -> None:
    office = Office(
        *b.DISTRICT,
        o.register(o.TOKYO, "prefecture", prefecture="13"),
        keys.enrol(o.TOKYO, "tokyo-a"),
    )

    rows = table(write(office.night, "offices", FORMAT[".csv"]))

    own = [row for row in rows if row["office"] == f"office:{o.TOKYO}"]
    assert [(row["role"], row["prefecture"], row["key_state"]) for row in own] == [
        ("prefecture", "prefecture:13", "pending")
    ]
    assert len(own[0]["keyid"]) == len("key:") + 64
    assert all(row["environment"] == "rehearsal" for row in rows)


def test_whatever_is_published_has_a_table() -> None:
    night = told("live")
    assert all(FORMAT[".csv"].has(document) for document in night.versions)


def test_csv_begins_with_a_byte_order_mark_and_ends_lines_as_the_standard_says() -> None:
    body = write(told("live"), "national", FORMAT[".csv"])

    assert body.startswith(b"\xef\xbb\xbfenvironment,")
    assert body.count(b"\r\n") == body.count(b"\n")


def test_a_name_that_begins_like_a_formula_stays_text() -> None:
    office = Office(*b.REGISTER, b.contest(b.DISTRICT_1))
    office.post(b.candidates(b.DISTRICT_1, b.A, b.B, kana="=1+1"))

    rows = table(write(office.night, "candidates", FORMAT[".csv"]))

    assert {row["kana"] for row in rows} == {"'=1+1"}


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("東京", "東京"),
        ("〜−—", "～－―"),
        ("か\u3099", "が"),  # a combining voiced mark
        ("𠮷野", "〓野"),
        ("髙﨑\ufa19", "髙﨑\ufa19"),  # variants that cp932 has are not composed away
        ("葛\U000e0100城", "葛城"),  # the mark of a variant, not the character
        ("𠮷\U000e0100か\u3099", "〓が"),
        ("㐂", "〓"),
        ("ﬁ", "fi"),
    ],
)
def test_what_cp932_lacks_is_replaced_and_never_dropped(text: str, spelled: str) -> None:
    assert to_cp932(f"\ufeff{text}\r\n".encode()).decode("cp932") == f"{spelled}\r\n"


# --- Upper House lists ---------------------------------------------------------------------------

LIST_SHEET = b.sheet({"ao": 1000, "ao-1": 10, "ao-2": 5, "aka": 20, "aka-1": 2, "aka-2": 0})


def list_rows(document: str, *posted: Command) -> dict[str, dict[str, str]]:
    """Option -> its row for Chiyoda."""
    office = Office(*b.UPPER_LIST, b.OPEN, *posted)
    rows = table(write(office.night, document, FORMAT[".csv"]))
    own = [row for row in rows if bare_ids(row["unit"]) == b.CHIYODA]
    return {bare_ids(row["option"]): row for row in own}


@pytest.mark.parametrize("document", [f"contests/{b.UPPER}", f"districts/{b.CHIYODA}"])
def test_a_national_list_has_its_members_votes_and_a_row_for_each(document: str) -> None:
    rows = list_rows(document, *b.finals(b.UPPER, LIST_SHEET))

    assert (rows["ao"]["votes"], rows["ao"]["list_votes"]) == ("1015.000", "1000.000")
    assert (rows["ao-1"]["votes"], rows["ao-1"]["member_votes"]) == ("", "10.000")
    # Nobody counts a vote twice by adding a column up
    whole = sum(int(row["votes_thousandths"] or 0) for row in rows.values())
    parts = ("list_votes_thousandths", "member_votes_thousandths")
    assert whole == sum(int(row[part] or 0) for row in rows.values() for part in parts)


def test_members_of_the_special_frame_have_a_row_and_no_votes() -> None:
    first = list_rows(f"contests/{b.UPPER}", *b.finals(b.UPPER, LIST_SHEET))["ao-first"]

    assert (first["list"], first["special_place"], first["member_votes"]) == ("option:ao", "1", "")
    [listed] = [r for r in list_candidates() if r["option"] == "option:ao-first"]
    assert listed["special_place"] == "1"


def list_candidates() -> list[dict[str, str]]:
    return table(write(Office(*b.UPPER_LIST).night, "candidates", FORMAT[".csv"]))


@pytest.mark.parametrize("document", [f"contests/{b.UPPER}", f"districts/{b.CHIYODA}"])
def test_lists_alone_say_nothing_of_members(document: str) -> None:
    totals = b.sheet({"ao": 12, "aka": 9}, list_totals=True)
    rows = list_rows(document, b.tally(totals, b.UPPER, final=False))

    assert (rows["ao"]["votes"], rows["ao"]["list_votes"]) == ("12.000", "")
    assert rows.get("ao-1", {"member_votes": ""})["member_votes"] == ""


# --- Atom -------------------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("document", ["corrections", "declarations"])
def test_atom_has_what_the_standard_requires(document: str) -> None:
    night = told("rehearsal")

    feed = ET.fromstring(write(night, document, FORMAT[".atom"]))  # noqa: S314 - our own bytes
    entries = feed.findall(f"{ATOM}entry")

    assert len(entries) == 1
    for node in (feed, *entries):
        assert all(node.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert entries[0].findtext(f"{ATOM}author/{ATOM}name")
    assert "訓練" in (entries[0].findtext(f"{ATOM}title") or "")


def test_a_correction_tells_old_new_reason_and_both_entries() -> None:
    night = told("rehearsal")
    [correction] = night.corrections

    body = write(night, "corrections", FORMAT[".atom"]).decode()

    assert "読み違い" in body
    assert "60 → 61" in body
    assert f"log/{correction.position}" in body
    assert f"{correction.position} は {correction.replaces} に代わる" in body


def test_a_document_without_a_format_has_none() -> None:
    with pytest.raises(KeyError):
        write(told("live"), "national", FORMAT[".atom"])
