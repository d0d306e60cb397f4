"""Every kind of contest: defined, entered, decided, and shown on its page, document and table."""

import hashlib
from collections.abc import Iterator
from datetime import date

import httpx
import pytest

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from infra.adapters.event_log import Log
from projections.statistics.tables.table_catalogue import build_report
from tests import builders as b
from tests.support.amended_package import AMENDED
from tests.support.gwt import Command
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import record
from tests.support.rule_package import election_with
from tests.unit.projections.nights import Office

PERSONS = {
    "house-district": 1, "upper-district": 2, "governor": 1, "mayor": 1,
    "prefectural-assembly": 2, "municipal-assembly": 2,
}  # fmt: skip
POLLS = (
    "national-referendum", "assembly-dissolution", "member-recall", "head-recall", "special-law",
    "merger-council", "special-wards",
)  # fmt: skip
NAMES = ("p1", "p2", "p3")
VOTES = {"p1": 60, "p2": 40, "p3": 1}


def _persons(kind: str, seats: int) -> tuple[Command, ...]:
    contest = f"{kind}/1"
    return b.contest(contest, [b.CHIYODA], seats), b.candidates(contest, *NAMES)


def _lists(contest: str, **facts: object) -> tuple[Command, ...]:
    members = {p: [b.member(f"{p}-{rank}", rank) for rank in (1, 2)] for p in ("ao", "aka")}
    lists = (b.party_list(contest, p, *own, party=p) for p, own in members.items())
    return b.contest(contest, [b.CHIYODA], 2, **facts), *lists


DEFINED: tuple[Command, ...] = (
    election_with(AMENDED),
    b.parties("ao", "aka"),
    b.unit(b.CHIYODA),
    *(each for kind, seats in PERSONS.items() for each in _persons(kind, seats)),
    *_lists("house-block/tama", block="tama"),
    *_lists("upper-list/1"),
    b.contest("justices/1", [b.CHIYODA], seats=0),
    b.justices("justices/1", "j1"),
    *(b.contest(f"{kind}/1", [b.CHIYODA], seats=0) for kind in (*POLLS, "citizens-poll")),
    b.contest("ordinance-poll/1", [b.CHIYODA], seats=0),
    b.options("ordinance-poll/1", "a", "b"),
    b.contest("ordinance-poll-half/1", [b.CHIYODA], seats=0),
    b.options("ordinance-poll-half/1", "a", "b"),
    b.OPEN,
)
OPEN_LISTS = {"ao": 50, "ao-1": 10, "ao-2": 0, "aka": 20, "aka-1": 0, "aka-2": 20}
SHEETS: dict[str, dict[str, object]] = {
    **{f"{kind}/1": b.sheet(VOTES) for kind in PERSONS},
    "house-block/tama": b.sheet({"ao": 61, "aka": 40}),
    "upper-list/1": b.sheet(OPEN_LISTS),
    "justices/1": b.review_sheet({"j1": (60, 40)}, 100),
    **{f"{kind}/1": b.sheet({"yes": 60, "no": 40}) for kind in POLLS},
    "citizens-poll/1": b.sheet({"a": 60, "b": 30, "c": 10}),
    "ordinance-poll/1": b.sheet({"a": 60, "b": 40}),
}
DECIDED: dict[str, tuple[str, ...]] = {
    **{f"{kind}/1": NAMES[:seats] for kind, seats in PERSONS.items()},
    "house-block/tama": ("ao-1", "aka-1"),
    "upper-list/1": ("ao-1", "aka-2"),
    "justices/1": ("j1",),
    **{f"{kind}/1": ("yes",) for kind in POLLS},
    "citizens-poll/1": ("a",),
    "ordinance-poll/1": ("a",),
    "ordinance-poll-half/1": (),
}
SHOWN = {
    "national-referendum/1": "賛成が過半数",
    "citizens-poll/1": "a案が過半数",
    "ordinance-poll/1": "a案が最多",
    "ordinance-poll-half/1": "成立しませんでした",
    "justices/1": "罷免を可とされた裁判官があります",
    "mayor/1": "当選人決定",
    "upper-list/1": "当選人決定",
}
FIGURES = b.figures((200, 200), (60, 41))
NIGHT = (
    *DEFINED,
    *(b.turnout(FIGURES, contest, b.CHIYODA) for contest in DECIDED),
    *(b.tally(sheet, contest) for contest, sheet in SHEETS.items()),
    *(b.declare(contest, *named) for contest, named in DECIDED.items()),
)


@pytest.fixture
def client(log: Log) -> Iterator[httpx.Client]:
    record(log, *NIGHT)
    with (
        open_app_state(log) as services,
        serve_in_background(services, settings_with(None, port=free_port())) as address,
        client_of(address) as opened,
    ):
        yield opened


def test_every_kind_has_its_document_and_its_table() -> None:
    office = Office(*NIGHT)
    for contest, named in DECIDED.items():
        declared = office.document(f"contests/{contest}")["declared"]
        found = (declared.get(each, ()) for each in ("elected", "dismissed", "adopted"))
        assert sorted(one for each in found for one in each) == sorted(named), contest
    report = build_report(office.night)
    words = " ".join(table.title for table in report.tables)
    for rule in AMENDED.rules_on(office.night.register().facts.polling_day).values():
        assert (rule.report or rule.name) in words, rule.kind
    adopted = [row for row in report.table("citizens-poll_votes").records() if row["adopted"]]
    assert [row["option"] for row in adopted] == ["a案"]


def test_every_kind_has_its_page_in_both_languages(client: httpx.Client) -> None:
    """What pages call a kind stands in the package of the log."""
    rules = AMENDED.rules_on(date(2024, 10, 27))
    for contest in DECIDED:
        rule = rules[contest.partition("/")[0]]
        for language, name in (("", rule.name), ("/en", rule.english)):
            answer = client.get(f"{language}/contests/{contest}", follow_redirects=True)
            assert answer.status_code == 200, contest
            assert name in answer.text or rule.ballot == "justices", contest
        shown = client.get(f"/contests/{contest}").text
        assert SHOWN.get(contest, "") in shown
    for page in ("/", "/en/", "/prefectures/13", "/turnout", "/districts/13101"):
        assert client.get(page).status_code == 200, page


def test_the_package_stands_beside_the_log(client: httpx.Client) -> None:
    package = client.get("/v1/elections/house50/rules.json")
    entry = client.get("/v1/elections/house50/log/1").json()

    assert package.json()["id"] == "japan-420"
    assert entry["event"]["rule_package_sha256"] == hashlib.sha256(package.content).hexdigest()
