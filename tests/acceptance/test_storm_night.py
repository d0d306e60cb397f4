"""One night of storm over HTTP, every posting signed, and what the law makes of it for two months.

A candidate dies before dawn, a counting district is divided at noon with one box counted already, a
tie stands at midnight, a ballot is found three weeks later, and somebody moves up after two months.
After each of these the document, the pages and the whole log are looked at: the log is published
and verified then, and at the end the page and the document of every moment are what they were.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.http.app_state import AppState
from infra.adapters.event_log import Log
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.adapters.postgres.schemas import LogName
from infra.services.auditing.sources.open_source import open_source
from infra.services.auditing.verification import verify
from infra.services.signing.envelope import encode_envelope
from infra.services.signing.simulated_offices import SEED_BYTES, SimulatedOffices
from tests import builders as b
from tests.builders import amendments as am
from tests.builders.succession import depart, succeed
from tests.support.gwt import Command
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import SetClock, posting
from tests.unit.infra.services.auditing.published import Published

ASSEMBLY = "prefectural-assembly/13-01"
CANDIDATES = ("a", "b", "c", "d", "e")
SPLIT_OFF = "13103"
TOKYO = "pref-13"
PAGES = ("/", "/prefectures/13", f"/contests/{ASSEMBLY}", "/coverage", "/corrections", "/turnout")
AT = f"contests/{ASSEMBLY}@{{}}"
ELECTION = "/v1/elections/house50"


class Storm:
    """Offices that sign, a clock that is set, and what readers see."""

    def __init__(self, client: httpx.Client, services: AppState, clock: SetClock) -> None:
        self._client = client
        self._services = services
        self._clock = clock
        self._sent = 0
        self._staff = SimulatedOffices(bytes(SEED_BYTES), self._send)

    def at(self, moment: str) -> None:
        """Set the clock, in Japanese time."""
        self._clock.shows = datetime.fromisoformat(f"{moment}+09:00")

    def post(self, command: Command, office: str = TOKYO, **more: object) -> None:
        """Post what is taken."""
        self._sent += 1
        submission, _ = posting(f"storm-{self._sent:06d}", command, office=office, **more)
        self._staff.post(submission)

    def refuses(self, code: str, command: Command, office: str = TOKYO) -> str:
        """Post what is refused; gives the sentence."""
        with pytest.raises(PostingRefusedError) as caught:
            self.post(command, office)
        problem = caught.value.problem
        assert problem["type"] == f"urn:kaihyo:refusal:{code}", problem
        return str(problem["detail"])

    def document(self, address: str = f"contests/{ASSEMBLY}") -> dict[str, Any]:
        """A public document."""
        found: dict[str, Any] = self._client.get(f"{ELECTION}/{address}.json").json()
        return found

    def page(self, address: str = f"/contests/{ASSEMBLY}") -> str:
        """A page as readers see it."""
        return self._client.get(address).raise_for_status().text

    def votes(self) -> dict[str, int]:
        """Votes of each candidate in the document; the page shows the same ones."""
        page = self.page()
        found = {}
        for row in self.document()["options"]:
            found[row["id"]] = row["votes"]["thousandths"] // 1000
            assert f"{row['name']}" in page
            assert f"{found[row['id']]:,}" in page
        return found

    def look(self, at: int | None = None) -> "Seen":
        """The contest as it is, or as it was at a position."""
        address, past = (f"contests/{ASSEMBLY}", {}) if at is None else (AT.format(at), {"at": at})
        page = self._client.get(f"/contests/{ASSEMBLY}", params=past).raise_for_status().text
        # Where a page was read is another position than that of its moment, if nothing changed.
        main = re.sub(r'<p id="freshness".*?</p>', "", page[page.index("<h1") :], flags=re.DOTALL)
        words = re.sub(r"<[^>]+>", " ", main)
        return Seen(" ".join(words.split()), self.document(address))

    def require_pages(self) -> None:
        """Every page is there, in both languages."""
        for address in PAGES:
            for language in ("", "/en"):
                self._client.get(f"{language}{address}").raise_for_status()

    def _send(self, pending: PendingSubmission) -> None:
        assert pending.envelope is not None
        answer = self._client.post(
            f"{ELECTION}/submissions",
            content=encode_envelope(pending.envelope),
            headers={"content-type": "application/vnd.dsse+json"},
        )
        if answer.is_client_error:
            raise PostingRefusedError(answer.json())
        assert answer.status_code == 201, answer.text
        assert self._services.live.wait_for(answer.json()["position"], 60)


class Seen(NamedTuple):
    """The contest's page, in what it says, and its document."""

    page: str
    document: dict[str, Any]


class PostingRefusedError(Exception):
    """A posting was not taken: the offices go on as if it had not been sent."""

    def __init__(self, problem: dict[str, Any]) -> None:
        self.problem = problem
        super().__init__(problem["type"])


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime.fromisoformat("2024-10-20T09:00:00+09:00"))


@pytest.fixture
def storm_log(conninfo: str, log_name: LogName, clock: SetClock) -> Iterator[Log]:
    with Log(conninfo, log_name, clock=clock) as log:
        yield log


@pytest.fixture
def storm(storm_log: Log, clock: SetClock) -> Iterator[Storm]:
    with (
        open_app_state(storm_log) as services,
        serve_in_background(services, settings_with(None, port=free_port())) as address,
        client_of(address.rstrip("/")) as client,
    ):
        yield Storm(client, services, clock)


def sheet(invalid: int = 0, **votes: int) -> dict[str, object]:
    return b.sheet({each: votes.get(each, 0) for each in CANDIDATES}, invalid)


def moment(text: str) -> str:
    return f"2024-10-{text}:00+09:00"


def test_a_night_of_storm_and_its_two_months(storm: Storm, storm_log: Log, tmp_path: Path) -> None:
    published = Published(storm_log, tmp_path / "data")
    looked_at: dict[int, Seen] = {}
    for happen in (
        open_the_polls,
        a_candidate_dies_before_dawn,
        a_district_is_divided_at_noon,
        the_last_figures_tie,
        a_lot_at_midnight,
        a_ballot_is_found_three_weeks_later,
        the_decision_is_put_right,
        somebody_moves_up_after_two_months,
        a_judgment_takes_the_winners_back,
    ):
        happen(storm)
        require_verified(storm_log, published, tmp_path / f"{happen.__name__}.tar.gz")
        seen = storm.look()
        for said in SAID[happen.__name__]:
            assert said in seen.page, (happen.__name__, said)
        final = "確定しています" in SAID[happen.__name__]
        assert ("確定しています" in seen.page) == final, happen.__name__
        looked_at[storm_log.reader.last_position()] = seen

    assert len(looked_at) == len(SAID)
    for position, seen in looked_at.items():
        assert storm.look(position) == seen, position


SAID = {
    "open_the_polls": ("開票の途中です", "この表示は速報です", "未報告"),
    "a_candidate_dies_before_dawn": ("選挙後の異動", "2024-10-28", "この表示は速報です"),
    "a_district_is_divided_at_noon": (f"開票区{SPLIT_OFF}", "開票の途中です", " 100 "),
    "the_last_figures_tie": ("くじで決めます", "この表示は速報です", " 300 "),
    "a_lot_at_midnight": ("当選人決定", "繰上補充", "確定しています"),
    "a_ballot_is_found_three_weeks_later": (
        "決定の後に数が訂正されました",
        "新しい決定を待っています",
        " 301 ",
    ),
    "the_decision_is_put_right": ("当選人決定", "繰上補充", "確定しています", " 301 "),
    "somebody_moves_up_after_two_months": ("2024-12-20", "繰上補充", "確定しています"),
    "a_judgment_takes_the_winners_back": (
        "当選人の決定は取り消されました",
        "決まっていない選挙区があります",
    ),
}
"""What the page of the contest says at each moment."""


def require_verified(log: Log, published: Published, bundle: Path) -> None:
    """The log as it is now: published, sealed and verified, every posting signed."""
    published.sequence()
    with open_source(str(published.bundle(bundle))) as source:
        found = verify(source, key=published.key)
    assert found.size == log.reader.last_position()
    assert (found.unsigned, found.signed) == (0, found.size)


def open_the_polls(storm: Storm) -> None:
    for command in (
        *b.REGISTER,
        b.contest(ASSEMBLY, [b.CHIYODA, b.CHUO], 2),
        b.candidates(ASSEMBLY, *CANDIDATES, party="ao"),
    ):
        storm.post(command, "nation")
    storm.at("2024-10-27T20:00:00")
    storm.post(b.OPEN, "nation")
    storm.require_pages()
    assert storm.document()["progress"]["reporting"] == 0
    # Nothing is decided before it is counted, nothing closed before it is decided.
    storm.refuses("contest-not-final", b.declare(ASSEMBLY, "a", "b"))
    storm.refuses("contest-not-final", b.lot(ASSEMBLY, "b", "c"))
    storm.refuses("election-undecided", b.CLOSE, "nation")


def a_candidate_dies_before_dawn(storm: Storm) -> None:
    """The poll is over: nobody's votes are struck (POEA 95(1))."""
    storm.at("2024-10-28T04:30:00")
    storm.refuses("withdrawal-day-unstated", b.withdraw(ASSEMBLY, "a"))
    said = storm.refuses("withdrawn-after-polling", b.withdraw(ASSEMBLY, "a", day="2024-10-28"))
    assert "record-departure" in said

    storm.post(depart(ASSEMBLY, "a", "2024-10-28", "before-office"))

    (gone,) = storm.document()["succession"]
    assert (gone["person"], gone["day"]) == ("a", "2024-10-28")
    assert "選挙後の異動" in storm.page()
    assert not any(row.get("withdrawn") for row in storm.document()["options"])
    storm.require_pages()


def a_district_is_divided_at_noon(storm: Storm) -> None:
    """One box of 中央区 is counted; the rest is counted elsewhere, as a unit of its own."""
    storm.at("2024-10-28T11:00:00")
    box = sheet(a=100, b=60, c=40)
    storm.post(
        b.tally(box, ASSEMBLY, b.CHUO, final=False, as_of=moment("28T10:30")), "centre-13102"
    )
    storm.at("2024-10-28T12:00:00")
    storm.post(am.add_units(SPLIT_OFF))
    lost = storm.refuses(
        "reports-would-be-lost", am.amend_contest(ASSEMBLY, [b.CHIYODA, SPLIT_OFF], 2)
    )
    assert b.CHUO in lost

    storm.post(am.amend_contest(ASSEMBLY, [b.CHIYODA, b.CHUO, SPLIT_OFF], 2))

    found = storm.document()
    assert [unit["unit"] for unit in found["units"]] == [b.CHIYODA, b.CHUO, SPLIT_OFF]
    assert found["progress"]["units"] == 3
    assert storm.votes() == {"a": 100, "b": 60, "c": 40, "d": 0, "e": 0}
    assert f"開票区{SPLIT_OFF}" in storm.page()
    assert am.REASON in storm.page("/corrections")
    storm.require_pages()


def the_last_figures_tie(storm: Storm) -> None:
    storm.at("2024-10-28T23:30:00")
    for unit, votes in (
        (b.CHIYODA, sheet(a=200, b=150, c=160, d=150, e=10, invalid=5)),
        (b.CHUO, sheet(a=100, b=60, c=40)),
    ):
        storm.post(b.tally(votes, ASSEMBLY, unit, as_of=moment("28T23:00")), f"centre-{unit}")
    split_off = b.tally(
        sheet(a=100, b=90, c=100, d=50, e=10), ASSEMBLY, SPLIT_OFF, as_of=moment("28T23:00")
    )
    storm.post(split_off, on_behalf=True)
    storm.at("2024-10-29T00:00:00")
    found = storm.document()
    assert found["lot_between"] == ["b", "c"]
    assert "くじで決めます" in storm.page()
    storm.refuses("lot-required", b.declare(ASSEMBLY, "a", "b"))
    storm.refuses("election-undecided", b.CLOSE, "nation")
    storm.require_pages()


def a_lot_at_midnight(storm: Storm) -> None:
    storm.post(b.lot(ASSEMBLY, "b", "c"))
    storm.post(b.declare(ASSEMBLY, "a", "b"))
    # Who died is elected, as the votes are, and the loser of the lot moves up (POEA 97(1)).
    storm.post(succeed(ASSEMBLY, "a", "c"))
    storm.post(b.CLOSE, "nation")
    storm.refuses("election-closed", b.CLOSE, "nation")
    late = b.tally(sheet(a=200), ASSEMBLY, b.CHIYODA, as_of=moment("28T23:30"))
    storm.refuses("election-closed", late, "centre-13101")

    found = storm.document()
    assert found["declared"]["elected"] == ["a", "b"]
    assert found["succession"][0]["successor"] == "c"
    assert storm.votes() == {"a": 400, "b": 300, "c": 300, "d": 200, "e": 20}
    assert "確定しています" in storm.page()
    assert "繰上補充" in storm.page()
    storm.require_pages()


def a_ballot_is_found_three_weeks_later(storm: Storm) -> None:
    storm.at("2024-11-17T15:00:00")
    right = sheet(a=200, b=150, c=161, d=150, e=10, invalid=5)
    found = b.correction(right, ASSEMBLY, b.CHIYODA, as_of="2024-11-17T14:00:00+09:00")
    storm.refuses("two-persons-needed", found, "centre-13101")
    storm.post(found, on_behalf=True)

    assert storm.document()["contradicted"] is True
    assert "決定の後に数が訂正されました" in storm.page()
    assert storm.votes()["c"] == 301
    storm.require_pages()


def the_decision_is_put_right(storm: Storm) -> None:
    storm.post(b.declare(ASSEMBLY, "a", "c", reason="未開票の一票を加えた更正決定"))

    document = storm.document()
    assert document["declared"]["elected"] == ["a", "c"]
    assert not document.get("contradicted")
    # c has a seat of their own now: that of the dead is free, and b is the next.
    assert "successor" not in document["succession"][0]
    storm.post(succeed(ASSEMBLY, "a", "b"))
    assert storm.document()["succession"][0]["successor"] == "b"
    assert "未開票の一票" in storm.page("/corrections")
    storm.require_pages()


def somebody_moves_up_after_two_months(storm: Storm) -> None:
    storm.at("2024-12-27T10:00:00")
    storm.post(depart(ASSEMBLY, "c", "2024-12-20", "in-term"))
    storm.refuses("successor-differs-from-law", succeed(ASSEMBLY, "c", "e"))

    storm.post(succeed(ASSEMBLY, "c", "d"))

    rows = storm.document()["succession"]
    assert [(row["person"], row["successor"]) for row in rows] == [("a", "b"), ("c", "d")]
    assert storm.votes() == {"a": 400, "b": 300, "c": 301, "d": 200, "e": 20}
    storm.require_pages()


def a_judgment_takes_the_winners_back(storm: Storm) -> None:
    """Three months after the poll nothing is final any more, and no page says so."""
    storm.at("2025-01-24T10:00:00")
    storm.post(b.set_aside(ASSEMBLY))

    found = storm.document()
    assert "declared" not in found
    assert found["set_aside_position"]
    assert "確定しています" not in storm.page("/")
    storm.require_pages()
