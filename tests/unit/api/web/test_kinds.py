"""Every cell of the matrix over HTTP: defined, entered, decided; its page, document and tables.

The figures of `kind_cells` are written out by hand, so that a wrong winner, minimum or number of
seats in any of the three fails here. Where nobody votes, each moment from the notice day on is
looked at.
"""

import csv
import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple, cast

import httpx
import pytest

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.http.app_state import AppState
from api.web.page_request import Context
from api.web.pages.overview_parts import overview_parts
from infra.adapters.event_log import Log
from infra.adapters.postgres.schemas import LogName
from projections.documents.contest_row import ContestRow
from projections.statistics.tables.table_catalogue import Report, build_report
from tests import builders as b
from tests.support.amended_package import AMENDED
from tests.support.gwt import Command
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import READ_SECONDS_MAX, SetClock, empty, posting_body
from tests.unit.api.web import kind_cells as k
from tests.unit.api.web.kind_cells import Cell
from tests.unit.projections.nights import Office

ELECTION = "/v1/elections/house50"
_RULES = AMENDED.rules_on(date(2024, 10, 27))
_ALL = pytest.mark.parametrize("cell", k.CELLS.values(), ids=k.CELLS)
_UNCONTESTED = pytest.mark.parametrize(
    "cell", k.UNCONTESTED, ids=[c.contest for c in k.UNCONTESTED]
)


class Shown(NamedTuple):
    """A contest as readers have it: page, document, and row of the table of results."""

    page: str
    document: dict[str, Any]
    row: dict[str, str]

    def winners(self) -> set[str]:
        """Whom the table of the page marks."""
        return set(re.findall(r'<tr data-key="([^"]+)" class="won"', self.page))


class Matrix:
    """A server, offices that post to it, and what readers saw at each moment."""

    def __init__(self, client: httpx.Client, services: AppState, clock: SetClock) -> None:
        self.client = client
        self._services = services
        self._clock = clock
        self._sent = 0
        self.seen: dict[str, dict[str, Shown]] = {}
        self.refusals: dict[str, set[str]] = {}

    def at(self, moment: str) -> None:
        """Set the clock, in Japanese time."""
        self._clock.shows = datetime.fromisoformat(f"{moment}+09:00")

    def post(self, *commands: Command) -> None:
        """Post what is taken."""
        for command in commands:
            answer = self._send(command)
            assert answer.is_success, (command, answer.text)
            position = answer.json()["position"]
        assert self._services.live.wait_for(position, READ_SECONDS_MAX)

    def refuse(self, what: str, command: Command) -> None:
        """Post what is not taken, and keep its code."""
        answer = self._send(command)
        assert answer.is_client_error, (command, answer.text)
        code = answer.json()["type"].removeprefix("urn:kaihyo:refusal:")
        self.refusals.setdefault(what, set()).add(code)

    def look(self, moment: str, *cells: Cell) -> None:
        """Keep what readers see of these."""
        text = self.client.get(f"{ELECTION}/results.csv").text
        rows = {row["contest"]: row for row in csv.DictReader(text.lstrip("\ufeff").splitlines())}
        self.seen[moment] = {
            each.contest: Shown(
                self.client.get(f"/contests/{each.contest}", follow_redirects=True).text,
                self.client.get(f"{ELECTION}/contests/{each.contest}.json").json(),
                rows[each.contest],
            )
            for each in cells
        }

    def report(self) -> Report:
        """The tables after the election."""
        return self._services.live.read(build_report)

    def _send(self, command: Command) -> httpx.Response:
        self._sent += 1
        body = posting_body(f"given-{self._sent:06d}", command)
        return self.client.post(f"{ELECTION}/submissions", json=body)


@pytest.fixture(scope="module")
def matrix(conninfo: str) -> Iterator[Matrix]:
    empty(conninfo)
    clock = SetClock(datetime.fromisoformat("2024-10-15T17:00:00+09:00"))
    with (
        Log(conninfo, LogName("house50", "rehearsal"), clock=clock) as log,
        open_app_state(log) as services,
        serve_in_background(services, settings_with(None, port=free_port())) as address,
        client_of(address) as client,
    ):
        played = Matrix(client, services, clock)
        _play(played)
        yield played


def _play(matrix: Matrix) -> None:
    matrix.post(*k.DEFINED)
    for cell in k.UNCONTESTED:
        matrix.refuse(f"early {cell.contest}", k.declare(cell))
    matrix.refuse("announced", b.no_poll("mayor/1"))
    matrix.post(*(b.no_poll(cell.contest) for cell in k.UNCONTESTED))
    matrix.look("announced", *k.UNCONTESTED)
    matrix.at("2024-10-27T09:00:00")
    for cell in k.UNCONTESTED:
        matrix.refuse(f"others {cell.contest}", b.declare(cell.contest, "p9"))
        matrix.post(k.declare(cell))
    matrix.look("decided", *k.UNCONTESTED)
    matrix.at("2024-10-27T20:00:00")
    matrix.post(b.OPEN)
    matrix.at("2024-11-30T12:00:00")
    for cell in k.UNCONTESTED:
        sheet = b.sheet(dict.fromkeys(cell.stands, 1))
        matrix.refuse(f"counted {cell.contest}", b.tally(sheet, cell.contest))
    matrix.post(*k.COUNTED)
    matrix.look("end", *k.CELLS.values())


@_ALL
def test_its_document_and_its_tables_have_seats_lines_and_decision(
    matrix: Matrix, cell: Cell
) -> None:
    shown = matrix.seen["end"][cell.contest]
    document, row = shown.document, shown.row

    assert (document["seats"], row["seats"]) == (cell.seats, str(cell.seats))
    assert document.get("causes", []) == cell.facts.get("causes", [])
    lines = document.get("law") or {"statutory_minimum": None, "deposit_line": None}
    printed = [line["votes"] if line else "" for line in map(lines.get, sorted(lines))]
    assert printed == [cell.line, cell.minimum]
    declared = document["declared"]
    named = [*(declared.get(each, ()) for each in ("elected", "dismissed", "adopted"))]
    assert sorted(one for each in named for one in each) == sorted(cell.named)
    decided = (row["elected_ids"] or row["decided_ids"]).replace("option:", "")
    assert sorted(filter(None, re.split("[、 ;]", decided))) == sorted(cell.named)
    assert (declared.get("vacant", 0), row["vacant"]) == (cell.vacant, str(cell.vacant))
    assert row["status"] == "declared"


@_ALL
def test_its_page_says_the_decision_and_the_lines(matrix: Matrix, cell: Cell) -> None:
    """In Japanese and in English, by the name that the package of the log has for the kind."""
    shown, rule = matrix.seen["end"][cell.contest], _RULES[cell.kind]
    english = matrix.client.get(f"/en/contests/{cell.contest}", follow_redirects=True)

    assert english.status_code == 200
    if rule.ballot == "justices":
        assert cell.says in shown.page
        return
    assert rule.name in shown.page
    assert rule.english in english.text
    assert ("無投票当選" if cell in k.UNCONTESTED else cell.says) in shown.page
    for word, line in (("法定得票数", cell.minimum), ("供託物没収点", cell.line)):
        found = re.findall(f"<dt>{word}[^<]*</dt><dd>([0-9.,]+)", shown.page)
        assert found == ([line] if line else []), word
    assert shown.winners() == (set() if rule.is_list else set(cell.named))
    seats = f"{cell.seats}" if cell.seats else ""
    assert f"定数 {seats}" in shown.page or f"選挙すべき数 {seats}" in shown.page or not seats


_OF_THE_DIET = ["204条", "208条"]
_OF_A_MUNICIPALITY = ["202条第1項", "206条第1項", "202条第2項", "206条第2項", "203条", "207条"]
_OF_A_PREFECTURE = ["202条第1項", "206条第1項", "203条", "207条"]
_REMEDIES = {
    "house-district": _OF_THE_DIET,
    "house-block": _OF_THE_DIET,
    "upper-district": _OF_THE_DIET,
    "upper-list": _OF_THE_DIET,
    "governor": _OF_A_PREFECTURE,
    "prefectural-assembly": _OF_A_PREFECTURE,
    "mayor": _OF_A_MUNICIPALITY,
    "municipal-assembly": _OF_A_MUNICIPALITY,
    "justices": ["36条", "38条"],
    "national-referendum": ["127条"],
}


@_ALL
def test_its_page_says_how_it_can_be_disputed_and_no_last_day(matrix: Matrix, cell: Cell) -> None:
    """Articles by kind; of polls of a municipality nothing was read, and nothing is said."""
    page = matrix.seen["end"][cell.contest].page
    articles = _REMEDIES.get(cell.kind, [])

    section = page.partition('id="remedies"')[2].partition("</section>")[0]
    assert re.findall(r"第(\d+条(?:第\d項)?)</td>", section) == articles
    assert ("未確認" in section) == bool(articles)
    if cell.kind == "municipal-assembly":
        assert "投票日から14日以内" in section
        assert "告示の日から14日以内" in section
        assert section.count("21日以内") == section.count("30日以内") == 2
    announced = matrix.seen["announced"].get(cell.contest)
    assert announced is None or 'id="remedies"' not in announced.page


@pytest.mark.parametrize("cell", k.OF_PERSONS, ids=[cell.contest for cell in k.OF_PERSONS])
def test_its_report_names_votes_and_winners(matrix: Matrix, cell: Cell) -> None:
    tier = _RULES[cell.kind].tier or cell.kind
    rows = list(matrix.report().table(f"{tier}_candidates").records())

    own = [row for row in rows if row["district_no"] == cell.contest.partition("/")[2]]
    assert {str(r["name_display"]).lower() for r in own if r["elected"]} == set(cell.named)
    assert len(own) == len(cell.stands)


def test_every_kind_has_a_table_in_the_report(matrix: Matrix) -> None:
    report = matrix.report()
    words = " ".join(table.title for table in report.tables)
    for rule in _RULES.values():
        assert (rule.report or rule.name) in words, rule.kind
    adopted = [row for row in report.table("citizens-poll_votes").records() if row["adopted"]]
    assert [row["option"] for row in adopted] == ["a案"]


@_UNCONTESTED
def test_nobody_votes_from_the_notice_day_on(matrix: Matrix, cell: Cell) -> None:
    """POEA 100(5), (6): announced at once, decided from the polling day on, never counted."""
    announced, decided, end = (
        matrix.seen[moment][cell.contest] for moment in ("announced", "decided", "end")
    )

    assert matrix.refusals[f"early {cell.contest}"] == {"polling-day-not-reached"}
    assert matrix.refusals[f"others {cell.contest}"] == {"declaration-differs-from-law"}
    assert matrix.refusals[f"counted {cell.contest}"] == {"contest-uncontested"}
    assert announced.row["status"] == "uncontested"
    assert "declared" not in announced.document
    assert "投票は行われません（無投票）" in announced.page
    assert "無投票当選" not in announced.page
    for shown in (announced, decided, end):
        assert shown.document["uncontested"] is True
        assert all(option["votes"] is None for option in shown.document["options"])
        assert "law" not in shown.document
        assert "開票区別" not in shown.page
        assert (shown.row["ballots"], shown.row["turnout_percent"]) == ("", "")
    for shown in (decided, end):
        assert shown.row["status"] == "declared"
        assert "無投票当選" in shown.page
        assert ("候補者が定数に足りないため" in shown.page) == bool(cell.vacant)


def test_where_more_stand_than_seats_a_poll_is_not_announced_away(matrix: Matrix) -> None:
    assert matrix.refusals["announced"] == {"poll-needed"}


def test_wards_of_a_city_elect_one_council_together(matrix: Matrix) -> None:
    """POEA 15(6), 266: each ward by its own seats; the pages of all name both."""
    wards = [f"municipal-assembly/{code}" for code in k.WARDS]
    tiles = matrix.client.get(f"{ELECTION}/seats.json").json()["contests"]
    rows = [row for row in tiles if row["contest"] in wards]

    assert [(row["seats"], row["elected"], row["vacant"]) for row in rows] == [
        (2, ["p1", "p2"], 0),
        (3, ["p1", "p2"], 1),
    ]
    for address in ("/prefectures/14", "/races"):
        page = matrix.client.get(address).text
        for ward in wards:
            assert f"/contests/{ward}" in page, address
    for ward, unit in zip(wards, k.WARDS, strict=True):
        assert f"/contests/{ward}" in matrix.client.get(f"/districts/{unit}").text


def test_who_moved_up_is_told_on_the_pages_of_both(matrix: Matrix) -> None:
    for person, said in (("p1", "後任"), ("p2", "繰上補充")):
        assert said in matrix.client.get(f"/candidates/{k.SUCCEEDED}/{person}").text
    for page in ("/", "/en/", "/prefectures/13", "/turnout", "/districts/13101"):
        assert matrix.client.get(page).status_code == 200, page


def test_who_has_the_long_term_stands_beside_the_winner(matrix: Matrix) -> None:
    """POEA 115(6)."""
    shown = matrix.seen["end"][k.TERMS]

    assert shown.document["declared"]["long_terms"] == ["p1"]


def test_until_an_area_has_voted_again_its_page_says_who_keeps_the_seat(matrix: Matrix) -> None:
    """T12 and T13 as readers saw them before the re-run was decided."""
    rows = matrix.client.get(f"{ELECTION}/corrections.json").json()["corrections"]
    (at,) = (row["position"] for row in rows if row["topic"] == "declaration.set-aside")

    shown = matrix.client.get(f"/contests/{k.PART}?at={at}").text
    for said in ("争訟の結果", "議席を失わない当選人", "帰属の分からない無効票", "差引後の得票"):
        assert said in shown
    assert "争訟の結果" not in matrix.client.get(f"/contests/{k.PART}").text


def test_the_package_stands_beside_the_log(matrix: Matrix) -> None:
    package = matrix.client.get(f"{ELECTION}/rules.json")
    entry = matrix.client.get(f"{ELECTION}/log/1").json()

    assert package.json()["id"] == "japan-420"
    assert entry["event"]["rule_package_sha256"] == hashlib.sha256(package.content).hexdigest()


def test_the_front_page_names_the_options_of_a_referendum_and_its_map_shows_progress() -> None:
    referendum = b.contest("national-referendum/1", [b.CHIYODA], seats=0)

    parts = overview_parts(Office(*b.REGISTER, referendum).night, "votes")

    assert (parts["only_polls"], cast("Context", parts["map"])["mode"]) == (True, "progress")
    [row] = cast("list[ContestRow]", parts["races"])
    assert [option.name for option in row.options] == ["賛成", "反対"]
