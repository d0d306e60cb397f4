"""What the page of the first run asks: the law, the register, a check, and keys on their way."""

import base64
import hashlib
import io
import re
import socket
import threading
from collections import Counter
from collections.abc import Iterator, Sequence

import httpx
import msgspec
import pytest
import xlsxwriter
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from aggregates.election.identifiers import Environment
from api.app import create_founding_app
from api.cli.common.options import settings_with
from api.cli.common.server import build_app_server
from api.http.founding.founding_state import FoundingState
from api.http.limits import unread_bodies
from api.http.limits.founding_guard import FoundingOffer
from api.web.pages.page_routes import include_pages
from api.web.pages.setup.key_mailbox import APPLICATIONS_MAX, WORDS_MAX, KeyApplication, KeyMailbox
from infra.adapters.spreadsheets import sheet_reader
from infra.adapters.spreadsheets.sheet_reader import read_apart
from infra.services.founding.typed_tables import typed_sheets
from tests.support import keys
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.unit.api.reading import require_problem
from tests.unit.infra.services.founding.test_typed_tables import definition

WORD = "0123456789abcdef" * 2


@pytest.fixture(scope="module")
def offered() -> list[Environment]:
    """What may be founded."""
    return ["rehearsal", "live"]


@pytest.fixture(scope="module")
def client(offered: list[Environment]) -> Iterator[httpx.Client]:
    settings = settings_with(None, port=free_port())
    state = FoundingState(settings, lambda: FoundingOffer(environments=tuple(offered)))
    server = build_app_server(create_founding_app(state), settings)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    with client_of(f"http://{settings.host}:{settings.port}") as opened:
        yield opened
    server.should_exit = True
    thread.join()
    state.uploads.close()


def test_the_page_knows_the_register_and_the_law(client: httpx.Client) -> None:
    cities = client.get("/setup/data/municipalities.json?prefecture=01").json()
    kinds = {each["kind"]: each for each in client.get("/setup/data/kinds.json").json()}

    sapporo = next(each for each in cities if each["code"] == "011002")
    assert [each["name"] for each in sapporo["wards"]][:2] == ["中央区", "北区"]
    assert all(each["name"] != "札幌市中央区" for each in cities)
    assert kinds["mayor"]["is_single"]
    assert not kinds["municipal-assembly"]["is_single"]
    managers = {kind: each["manager"] for kind, each in kinds.items()}
    assert managers["mayor"] == "municipality"
    assert managers["governor"] == "prefecture"
    assert managers["national-referendum"] == "nation"


def test_a_definition_is_checked_and_its_postings_need_every_founders_keys(
    client: httpx.Client,
) -> None:
    typed = {
        name: getattr(definition(), name)
        for name in ("election", "parties", "units", "contests", "candidates", "offices")
    }
    made = [
        keys.new_key(name, "city-14201", election="mayor-14201", environment="rehearsal")
        for name in ("one", "two")
    ]

    without = client.post("/setup/data/check", json={"typed": typed}).json()
    complete = client.post(
        "/setup/data/check", json={"typed": typed, "founders": {"city-14201": made}}
    ).json()

    assert (without["faults"], without["submissions"]) == ([], [])
    assert without["summary"]["offices"] == 2
    posted = complete["submissions"]
    assert posted[0]["command"]["founders"][0]["keys"] == made
    assert {each["office"] for each in posted} == {"city-14201"}


def test_a_whole_workbook_is_read_and_checked_with_the_founders_keys(client: httpx.Client) -> None:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as written:
        for name, lines in typed_sheets(definition()).items():
            sheet = written.add_worksheet(name)
            for line in lines:
                sheet.write_row(line.number - 1, 0, line.cells)
    sheets = client.post("/setup/data/sheets", content=book.getvalue()).json()
    made = [
        keys.new_key(name, "city-14201", election="mayor-14201", environment="live")
        for name in ("one", "two")
    ]
    workbook = {"sheets": sheets, "environment": "live"}

    found = client.post(
        "/setup/data/check", json={"workbook": workbook, "founders": {"city-14201": made}}
    ).json()

    assert (found["faults"], found["election"]) == ([], "mayor-14201")
    assert [(each["id"], each["persons"], each["manages"]) for each in found["founders"]] == [
        ("city-14201", 2, True)
    ]
    assert {each["environment"] for each in found["submissions"]} == {"live"}


def test_the_form_of_a_whole_definition_is_there_for_each_kind(client: httpx.Client) -> None:
    answer = client.get("/setup/data/form.xlsx?kind=governor")
    sheets = read_apart(answer.content, 10, 40, 16)

    assert 'filename="kaihyo-governor.xlsx"' in answer.headers["content-disposition"]
    assert {each.name for each in sheets} >= {"選挙", "開票区", "選挙区", "候補者", "機関"}
    require_problem(client.get("/setup/data/form.xlsx?kind=other"), 422)


def test_a_key_of_another_founder_waits_before_there_is_an_election(client: httpx.Client) -> None:
    made = keys.new_key("one", "pref-33", election="mayor-14201", environment="rehearsal")
    keyid = hashlib.sha256(base64.b64decode(made["public_key"])).hexdigest()
    about = {"kaihyo": "enrol-key", "election": "mayor-14201", "environment": "rehearsal"}
    application = {**about, "office": "pref-33", "keyid": keyid, **made}

    left = client.post(f"/setup/data/applications/{WORD}", json=application)

    assert left.json() == {"keyid": keyid}
    assert client.get(f"/setup/data/applications/{WORD}").json() == [application]
    page = client.get("/setup/key?election=m1&environment=rehearsal")
    assert "setup/founder_key.js" in page.text.replace("&#x2F;", "/")


def test_what_is_no_definition_is_refused(client: httpx.Client) -> None:
    for body in (b"{}", b"[", b'{"typed":{"nothing":1}}', b'{"typed":{},"workbook":{}}'):
        answer = client.post("/setup/data/check", content=body)
        assert answer.json()["type"] == "urn:kaihyo:refusal:command-malformed"
    assert client.post("/setup/data/workbook", content=b"no workbook").status_code == 422


def test_a_workbook_is_read_apart_and_all_of_its_sheets(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        for name in ("選挙", "区域"):
            made.add_worksheet(name).write_row(0, 0, ["id", "name"])
    sheets = read_apart(book.getvalue(), 10, 10, 2)
    assert [(each.name, bool(each.lines)) for each in sheets] == [("選挙", True), ("区域", True)]

    def hang(_module: Sequence[str], _content: bytes) -> None:
        """What takes too much ends alone."""

    monkeypatch.setattr(sheet_reader, "run_apart", hang)
    answer = client.post("/setup/data/workbook", content=book.getvalue())
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:kaihyo:spreadsheet-unreadable")


def test_nothing_is_computed_where_nothing_can_be_founded(
    client: httpx.Client, offered: list[Environment]
) -> None:
    kept = offered[:]
    offered.clear()
    try:
        for address in ("/setup/data/check", "/setup/data/workbook", "/setup/data/sheets"):
            assert client.post(address, content=b"{}").status_code == 409
    finally:
        offered.extend(kept)


def test_an_address_without_an_election_leads_to_its_founding_or_says_that_there_is_none(
    client: httpx.Client,
) -> None:
    """Every address of a server that has one, read from its table."""
    running = FastAPI()
    include_pages(running)
    statuses: Counter[int] = Counter()
    for route in iter_route_contexts(running.routes):
        path = str(route.path).replace("{name:path}", "x.css").replace(":position", "")
        path = re.sub(r"\{[^}]*\}", "1", path)
        for method in route.methods or ():
            answer = client.request(method, path)
            statuses[answer.status_code] += 1
            assert answer.status_code < 500 or answer.status_code == 503, (method, path)
            if answer.status_code == 503 and method != "HEAD":
                assert answer.json()["type"] == "urn:kaihyo:no-election-yet"
                assert answer.headers["retry-after"]
            elif answer.is_redirect:
                assert answer.headers["location"] in {"/setup", "/en/setup"}, path
    assert statuses[303] > 50
    assert statuses[503] > 10


@pytest.mark.parametrize(
    "path",
    ["/healthz", "/nonsense", "/static/x/nothing.css", "/en/nonsense", "/.env",
     "/%00", "/setup/nothing", "/wp-login.php", "/contests"],
)  # fmt: skip
def test_an_unknown_address_is_not_there(client: httpx.Client, path: str) -> None:
    page = client.get(path, headers={"accept": "text/html"})
    program = client.get(path, headers={"accept": "application/json"})

    assert (page.status_code, program.status_code) == (404, 404)
    if not path.startswith("/static/"):
        assert page.headers["content-type"].startswith("text/html")
        require_problem(program, 404)
        # Nothing can be looked for yet: what is offered is the page that begins an election.
        main = page.text.partition("<main")[2].partition("</main>")[0]
        assert re.findall(r'(?:href|action)="([^"]*)"', main) in (["/setup"], ["/en/setup"])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/elections/m1/submissions"),
        ("POST", "/v1/elections/m1/challenges"),
        ("POST", "/centre/data/questions"),
        ("GET", "/v1/elections/m1/national.json"),
        ("GET", "/health"),
        ("GET", "/metrics"),
        ("GET", "/openapi.json"),
    ],
)
def test_what_needs_an_election_says_that_there_is_none(
    client: httpx.Client, method: str, path: str
) -> None:
    answer = client.request(method, path)
    require_problem(answer, 503)
    assert answer.json()["type"] == "urn:kaihyo:no-election-yet"
    assert "まだ選挙がありません" in answer.json()["detail"]


def test_a_wrong_method_hears_of_all_that_an_address_answers(client: httpx.Client) -> None:
    answer = client.put(f"/setup/data/applications/{WORD}")
    require_problem(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD, POST"
    assert client.head("/setup").status_code == 200


def test_a_founding_that_is_not_offered_is_no_page(
    client: httpx.Client, offered: list[Environment]
) -> None:
    found = "/setup/found?election=m1&environment="
    assert client.get(found + "live").status_code == 200
    require_problem(client.get(found + "other"), 422)
    offered.remove("live")
    try:
        require_problem(client.get(found + "live"), 404)
    finally:
        offered.append("live")


def send_slowly(client: httpx.Client, head: str, body: bytes) -> bytes:
    """What a sender reads that sends its whole body first."""
    with socket.create_connection((client.base_url.host, client.base_url.port or 0)) as line:
        line.settimeout(30)
        line.sendall(f"POST /setup/data/check HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode())
        line.sendall(body)
        return b"".join(iter(lambda: line.recv(65_536), b""))


@pytest.mark.parametrize("framing", ["declared", "chunked", "half"])
def test_a_body_that_is_too_large_is_answered_and_the_line_closed(
    client: httpx.Client, framing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unread_bodies, "THROWN_SECONDS_MAX", 0.5 if framing == "half" else 60.0)
    body = b"a" * 4_000_000
    if framing == "chunked":
        answer = send_slowly(
            client,
            "Transfer-Encoding: chunked",
            b"".join(b"186a0\r\n%b\r\n" % body[:100_000] for _ in range(40)) + b"0\r\n\r\n",
        )
    else:
        sent = body[:2_500_000] if framing == "half" else body
        answer = send_slowly(client, f"Content-Length: {len(body)}", sent)

    head, _, told = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in head.lower()
    assert "大きすぎます（上限 2,000,000 バイト）" in told.decode()


class TestKeyMailbox:
    """Applications between a device and the office that enrols its key."""

    def application(self, number: int) -> KeyApplication:
        return KeyApplication(
            kaihyo="enrol-key",
            election="mayor-14201",
            environment="rehearsal",
            office="centre-14201",
            keyid=f"{number:064x}",
            public_key="AAAA",
            proof="AAAA",
        )

    def test_its_number_is_that_of_its_key(self) -> None:
        made = keys.new_key("one", "centre-14201", election="mayor-14201", environment="rehearsal")
        digest = hashlib.sha256(base64.b64decode(made["public_key"])).hexdigest()
        right = msgspec.structs.replace(
            self.application(1), keyid=digest, public_key=made["public_key"]
        )

        assert right.is_keyid_right
        assert not self.application(1).is_keyid_right
        assert not msgspec.structs.replace(right, public_key="A").is_keyid_right

    def test_what_was_left_under_a_word_is_found_under_it_alone(self) -> None:
        mailbox = KeyMailbox()
        mailbox.put("a", self.application(1), "192.0.2.1")

        assert mailbox.find("a") == [self.application(1)]
        assert mailbox.find("b") == []

    def test_too_many_are_not_kept(self) -> None:
        mailbox = KeyMailbox()
        taken = [mailbox.put("a", self.application(n), "x") for n in range(APPLICATIONS_MAX + 1)]
        again = mailbox.put("a", self.application(0), "x")

        assert taken == [True] * APPLICATIONS_MAX + [False]
        assert again

    def test_who_fills_the_box_pushes_out_nobody_elses(self) -> None:
        mailbox = KeyMailbox()
        mailbox.put("a", self.application(1), "192.0.2.1")
        for number in range(2 * WORDS_MAX):
            mailbox.put(str(number), self.application(1), "192.0.2.2")
        mailbox.put("b", self.application(1), "192.0.2.3")

        assert mailbox.find("a") == mailbox.find("b") == [self.application(1)]
        assert mailbox.find("0") == []
        assert mailbox.find(str(2 * WORDS_MAX - 1)) != []
