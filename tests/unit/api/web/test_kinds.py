"""Every kind of contest: defined, entered, decided, and shown on its page, document and table."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import cast

import httpx
import pytest

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.web.page_request import Context
from api.web.pages.overview_parts import overview_parts
from infra.adapters.event_log import Log
from projections.documents.contest_row import ContestRow
from projections.statistics.tables.table_catalogue import build_report
from tests import builders as b
from tests.builders.succession import depart, succeed
from tests.support.amended_package import AMENDED
from tests.support.gwt import Command
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import READ_SECONDS_MAX, posting_body
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


JOINT = ("31201", "32201")
AGAIN = "house49/mayor/1"
OF_PERSONS: dict[str, tuple[int, tuple[str, ...], dict[str, object]]] = {
    "house-district/by": (1, (b.CHIYODA,), {"causes": ["by-election"]}),
    "upper-district/by": (1, (b.CHIYODA,), {"causes": ["by-election"]}),
    "upper-district/joint": (1, JOINT, {"prefectures": ["31", "32"]}),
    "upper-district/terms": (2, (b.CHIYODA,), {"causes": ["by-election"], "long_seats": 1}),
    "municipal-assembly/by": (1, (b.CHIYODA,), {"causes": ["by-election"], "full_seats": 30}),
    "municipal-assembly/more": (2, (b.CHIYODA,), {"causes": ["increase"], "full_seats": 32}),
    "municipal-assembly/ward": (1, (b.CHUO,), {"full_seats": 2}),
    "mayor/again": (1, (b.CHIYODA,), {"causes": ["re-election"], "repeats": AGAIN}),
    "prefectural-assembly/part": (
        1, (b.CHIYODA, b.CHUO), {"causes": ["partial-re-run"], "repeats": AGAIN}
    ),
    "municipal-assembly/none": (3, (b.CHIYODA,), {"full_seats": 3}),
}  # fmt: skip
"""Seats to be filled, units, and what else is defined, of elections of parts of a body."""
NO_POLL = "municipal-assembly/none"
PART = "prefectural-assembly/part"
SUCCEEDED = "municipal-assembly/by"

DEFINED: tuple[Command, ...] = (
    election_with(AMENDED),
    b.parties("ao", "aka"),
    b.unit(b.CHIYODA),
    b.unit(b.CHUO),
    *(b.unit(code, code[:2]) for code in JOINT),
    *(
        command
        for contest, (seats, units, facts) in OF_PERSONS.items()
        for command in (b.contest(contest, units, seats, **facts), b.candidates(contest, *NAMES))
    ),
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
    **{contest: NAMES[:seats] for contest, (seats, _, _) in OF_PERSONS.items()},
    PART: ("p2",),
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
    "house-district/by": "補欠選挙",
    "upper-district/by": "2.805",
    "upper-district/terms": "任期の長い議員",
    "municipal-assembly/by": "0.841",
    "municipal-assembly/more": "増員選挙",
    "mayor/again": AGAIN,
    PART: "一部無効による再選挙",
    NO_POLL: "無投票当選",
}
"""What the page of a contest says: its decision, 法定得票数 (101/36, 101/120), why it is held."""
FIGURES = b.figures((200, 200), (60, 41))


def _decide(contest: str, *named: str) -> Command:
    long = {"long_terms": [named[0]]} if contest == "upper-district/terms" else {}
    return {**b.declare(contest, *named), **long}


COUNTED = [(contest, units) for contest, (_, units, _) in OF_PERSONS.items() if contest != NO_POLL]
RE_RUN: tuple[Command, ...] = (
    b.declare(PART, "p1"),
    {
        **b.set_aside(PART),
        "area": [b.CHUO],
        "hidden_invalid": [{"unit": b.CHIYODA, "ballots": 1}],
    },
    b.correction(b.sheet({"p1": 10, "p2": 90, "p3": 1}), PART, b.CHUO),
)
"""A judgment had one of two units vote again: the other keeps its report (POEA 205, 80(3))."""
NIGHT = (
    *DEFINED,
    *(b.turnout(FIGURES, contest, b.CHIYODA) for contest in DECIDED if contest not in OF_PERSONS),
    *(b.tally(sheet, contest) for contest, sheet in SHEETS.items()),
    *(b.turnout(FIGURES, contest, unit) for contest, units in COUNTED for unit in units),
    *(b.tally(b.sheet(VOTES), contest, unit) for contest, units in COUNTED for unit in units),
    *RE_RUN,
    *(_decide(contest, *named) for contest, named in DECIDED.items()),
    depart(SUCCEEDED, "p1"),
    succeed(SUCCEEDED, "p1", "p2"),
)


@pytest.fixture
def client(log: Log) -> Iterator[httpx.Client]:
    with (
        open_app_state(log) as services,
        serve_in_background(services, settings_with(None, port=free_port())) as address,
        client_of(address) as opened,
    ):
        for number, command in enumerate(NIGHT):
            posted = posting_body(f"given-{number:06d}", command)
            answer = opened.post("/v1/elections/house50/submissions", json=posted)
            assert answer.is_success, (command, answer.text)
        assert services.live.wait_for(log.reader.last_position(), READ_SECONDS_MAX)
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
    for contest, (_, _, facts) in OF_PERSONS.items():
        kind, _, slug = contest.partition("/")
        rule = AMENDED.rule(kind, office.night.register().facts.polling_day)
        rows = report.table(f"{rule.tier or kind}_candidates").records()
        won = [r["name_display"] for r in rows if r["district_no"] == slug and r["elected"]]
        assert sorted(map(str, won)) == [name.upper() for name in DECIDED[contest]], contest
        causes = office.document(f"contests/{contest}").get("causes", [])
        assert causes == facts.get("causes", [])
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
    for person, said in (("p1", "後任"), ("p2", "繰上補充")):
        assert said in client.get(f"/candidates/{SUCCEEDED}/{person}").text
    for page in ("/", "/en/", "/prefectures/13", "/turnout", "/districts/13101"):
        assert client.get(page).status_code == 200, page


def test_until_an_area_has_voted_again_its_page_says_who_keeps_the_seat(
    client: httpx.Client,
) -> None:
    """T12 and T13 as readers saw them before the re-run was decided."""
    rows = client.get("/v1/elections/house50/corrections.json").json()["corrections"]
    (at,) = (row["position"] for row in rows if row["topic"] == "declaration.set-aside")

    shown = client.get(f"/contests/{PART}?at={at}").text
    for said in ("争訟の結果", "議席を失わない当選人", "帰属の分からない無効票", "差引後の得票"):
        assert said in shown
    assert "争訟の結果" not in client.get(f"/contests/{PART}").text


def test_the_package_stands_beside_the_log(client: httpx.Client) -> None:
    package = client.get("/v1/elections/house50/rules.json")
    entry = client.get("/v1/elections/house50/log/1").json()

    assert package.json()["id"] == "japan-420"
    assert entry["event"]["rule_package_sha256"] == hashlib.sha256(package.content).hexdigest()


def test_the_front_page_names_the_options_of_a_referendum_and_its_map_shows_progress() -> None:
    referendum = b.contest("national-referendum/1", [b.CHIYODA], seats=0)

    parts = overview_parts(Office(*b.REGISTER, referendum).night, "votes")

    assert (parts["only_polls"], cast("Context", parts["map"])["mode"]) == (True, "progress")
    [row] = cast("list[ContestRow]", parts["races"])
    assert [option.name for option in row.options] == ["賛成", "反対"]
