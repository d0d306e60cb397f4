"""The feed over HTTP: versions, caches, time travel, and what it promises its readers."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import brotli  # type: ignore[import-untyped]
import httpx
import pytest

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.http import encoded_responses
from api.http.app_state import AppState
from api.http.encoded_responses import best_coding
from infra.adapters.event_log import Log
from infra.runtime.compression import encode_body
from projections.documents.document_format import DOCUMENT_FORMAT
from projections.election_projection import ElectionProjection
from projections.feeds.document_writer import write
from projections.feeds.layout import document_formats
from projections.feeds.public_entry import entry_bytes
from tests import builders as b
from tests.support.lines import PLAIN, client_of
from tests.support.ports import free_port
from tests.support.posting import happen
from tests.unit.api.reading import BASE, get, tally


def test_the_pointer_moves_with_the_log_and_names_every_document(
    client: httpx.Client, services: AppState
) -> None:
    before = get(client, "head.json").json()
    position = happen(services, tally(10, 5))
    answer = get(client, "head.json")
    head = answer.json()
    others = [get(client, f"{name}-head.json").json() for name in ("districts", "parts")]

    assert head["position"] == head["size"] == position > before["position"]
    assert answer.headers["etag"] == f'"{position}-f{DOCUMENT_FORMAT}"'
    assert answer.headers["kaihyo-root"] == head["root"]
    named = head["documents"] | others[0]["documents"] | others[1]["documents"]
    assert named == services.live.read(lambda night: dict(night.versions))
    assert head["environment"] == "rehearsal"
    assert "REHEARSAL" in head["warning"]


def test_every_format_of_every_document_at_every_position_is_what_it_was_live(
    client: httpx.Client, services: AppState
) -> None:
    # Given what was live after every posting
    live: dict[str, bytes] = {}
    for command in (
        tally(10, 5),
        tally(20, 15),
        b.correction(b.sheet({b.A: 150, b.B: 150}), supersedes=3),
    ):
        position = happen(services, command)
        for document in services.live.read(lambda night: list(night.versions)):
            for form in document_formats(document):
                answer = get(client, f"{document}{form.suffix}")
                assert answer.status_code == 200
                live[f"{document}@{position}{form.suffix}"] = answer.content

    # When it is asked for by position, and read again from the log by somebody else
    nights = {int(address.partition("@")[2].partition(".")[0]) for address in live}
    for position in nights:
        night = ElectionProjection()
        for at, event in services.log.reader.events():
            if at <= position:
                night.apply(event, at)
        for document in night.versions:
            for form in document_formats(document):
                address = f"{document}@{position}{form.suffix}"
                answer = get(client, address)

                # Then all three are the same bytes, for ever
                assert answer.content == live[address] == write(night, document, form), address
                assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_two_servers_on_one_log_answer_alike(
    log: Log, services: AppState, client: httpx.Client
) -> None:
    happen(services, tally(10, 5))

    with (
        open_app_state(log) as other,
        serve_in_background(other, settings_with(None, port=free_port())) as address,
        client_of(address) as second,
    ):
        paths = ["head.json", "districts-head.json", "changes?after=3", "catalogue.jsonld", "log/2"]
        for document in services.live.read(lambda night: list(night.versions)):
            paths += [f"{document}{form.suffix}" for form in document_formats(document)]
        for path in paths:
            mine, theirs = get(client, path), get(second, path)
            assert mine.content == theirs.content, path
            names = ("etag", "kaihyo-position", "kaihyo-root", "content-type", "cache-control")
            assert [mine.headers.get(n) for n in names] == [theirs.headers.get(n) for n in names]


@pytest.mark.parametrize("path", ["national.json", "head.json", "national.csv", "log/1"])
def test_what_did_not_change_is_not_sent_again(client: httpx.Client, path: str) -> None:
    for _ in range(2):  # by the routes, then from memory
        first = get(client, path)
        again = get(client, path, **{"if-none-match": f'"other", W/{first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize("path", ["national.json", "national.csv", "head.json", "changes"])
def test_another_format_of_documents_is_another_tag(
    client: httpx.Client, services: AppState, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = get(client, path).headers["etag"]
    monkeypatch.setattr(encoded_responses, "DOCUMENT_FORMAT", DOCUMENT_FORMAT + 1)
    happen(services, tally(10, 5))  # What is kept in memory is made anew.

    assert tag.endswith(f'-f{DOCUMENT_FORMAT}"')
    assert get(client, path).headers["etag"].endswith(f'-f{DOCUMENT_FORMAT + 1}"')


def test_after_a_posting_it_is_sent(client: httpx.Client, services: AppState) -> None:
    tag = get(client, "national.json").headers["etag"]
    get(client, "national.json", **{"if-none-match": tag})
    happen(services, tally(10, 5))

    answer = get(client, "national.json", **{"if-none-match": tag})

    assert answer.status_code == 200
    assert answer.headers["etag"] != tag


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (b"", ""),
        (b"gzip", "gzip"),
        (b"gzip, deflate, br", "br"),
        (b"br;q=0, gzip;q=0.5", "gzip"),
        (b"gzip;q=1, br;q=0.1", "gzip"),
        (b"*", "br"),
        (b"br;q=0, *;q=0", ""),
        (b"identity", ""),
        (b"br;q=nonsense", ""),
        (b"GZIP ; q=0.3", "gzip"),
    ],
)
def test_the_coding_is_what_the_reader_likes_most(accepted: bytes, coding: str) -> None:
    assert best_coding(accepted) == coding


def test_codings_differ_in_bytes_and_tag_only(client: httpx.Client) -> None:
    plain = get(client, "national.json")
    with client.stream("GET", f"{BASE}/national.json", headers={"accept-encoding": "br"}) as answer:
        body = b"".join(answer.iter_raw())

    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["etag"] != plain.headers["etag"]
    assert answer.headers["vary"] == "accept-encoding"
    assert brotli.decompress(body) == plain.content


@pytest.mark.parametrize(
    "path", ["national.json", "head.json", "national@3.csv", "changes", "nope.json", "stream"]
)
def test_head_is_get_without_a_body(client: httpx.Client, path: str) -> None:
    answer = client.head(f"{BASE}/{path}", headers={"accept-encoding": "identity"})
    assert answer.content == b""
    if path != "stream":
        full = get(client, path)
        assert answer.status_code == full.status_code
        for name in ("content-length", "etag", "cache-control", "content-type"):
            assert answer.headers.get(name) == full.headers.get(name)


@pytest.mark.parametrize(
    "path", ["head.json", "national.json", "national@2.csv", "changes", "log/1", "nope.json"]
)
def test_any_page_may_read_it_and_no_cookie_is_set(client: httpx.Client, path: str) -> None:
    for _ in range(2):
        answer = get(client, path)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "set-cookie" not in answer.headers


def test_a_preflight_is_answered(client: httpx.Client) -> None:
    asked = {"origin": "https://news.example", "access-control-request-method": "GET"}
    answer = client.options(f"{BASE}/national.json", headers=asked)

    assert answer.status_code == 204
    assert answer.headers["access-control-allow-headers"] == "If-None-Match, Last-Event-ID"


def test_what_many_ask_for_at_once_is_compressed_once(
    client: httpx.Client, services: AppState, monkeypatch: pytest.MonkeyPatch
) -> None:
    compressed: list[str] = []

    def counted(body: bytes, coding: str) -> bytes:
        compressed.append(coding)
        time.sleep(0.05)
        return encode_body(body, coding)

    monkeypatch.setattr(encoded_responses, "encode_body", counted)
    happen(services, tally(10, 5))
    with ThreadPoolExecutor(8) as readers:
        found = readers.map(
            lambda _: (
                PLAIN.get(
                    client.base_url.join(f"{BASE}/national.json"),
                    headers={"accept-encoding": "gzip"},
                ).content
            ),
            range(8),
        )
        assert set(found) == {services.live.document("national").body}
    assert compressed == ["gzip"]


def test_unknown_parameters_change_nothing(client: httpx.Client, services: AppState) -> None:
    first = get(client, "national.json")
    before = sum(services.counts.from_routes.values())

    assert get(client, "national.json?_=123&utm_source=x").content == first.content
    assert sum(services.counts.from_routes.values()) == before


# --- time travel ------------------------------------------------------------------------------


def test_a_moment_leads_to_the_version_of_then(client: httpx.Client, services: AppState) -> None:
    first = happen(services, tally(10, 5))
    moment = services.live.read(lambda night: night.times[-1])
    happen(services, tally(20, 15))
    # A plus sign that was not encoded arrives as a space.
    for text in (moment.isoformat(), moment.isoformat().replace("+", "%2B")):
        answer = get(client, f"national.json?as_of={text}")

        assert answer.status_code == 302
        assert answer.headers["location"] == f"{BASE}/national@{first}.json"
        assert "immutable" in answer.headers["cache-control"]


def test_the_future_may_still_change(client: httpx.Client) -> None:
    moment = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")

    answer = get(client, f"national.json?as_of={moment}")

    assert answer.status_code == 302
    assert answer.headers["cache-control"] == "public, max-age=2"


def test_a_part_is_asked_for_and_the_whole_is_given(client: httpx.Client) -> None:
    whole = get(client, "national.json")
    answer = get(client, "national.json", range="bytes=0-9")
    assert (answer.status_code, answer.content) == (200, whole.content)


def test_cp932_on_request(client: httpx.Client) -> None:
    plain, old = get(client, "candidates.csv"), get(client, "candidates.csv?encoding=cp932")

    assert old.headers["content-type"] == "text/csv; charset=Shift_JIS; header=present"
    assert old.content.decode("cp932") == plain.content.decode("utf-8-sig")
    assert old.headers["etag"] != plain.headers["etag"]
    assert old.headers["kaihyo-replaced"] == "0"


def test_an_entry_is_the_recorded_bytes(client: httpx.Client, services: AppState) -> None:
    row = services.log.reader.row(2)

    answer = get(client, "log/2")

    assert answer.content == entry_bytes(2, row.topic, row.state)
    assert answer.headers["kaihyo-root"] == services.live.root(2)


# --- load -------------------------------------------------------------------------------------


def test_schemas_are_published(client: httpx.Client) -> None:
    index = client.get("/v1/schemas/index.json").json()
    for name, path in index.items():
        answer = client.get(path)
        assert answer.json()["$id"] == path, name
        assert answer.headers["content-type"] == "application/schema+json"
    assert client.get("/v1/schemas/nothing.json").status_code == 404


def test_nobody_on_the_way_keeps_that_something_is_not_there_yet(
    client: httpx.Client, services: AppState
) -> None:
    ahead = services.live.position + 1
    early = get(client, f"national@{ahead}.json")
    assert (early.status_code, early.headers["cache-control"]) == (404, "no-store")

    assert happen(services, tally(10, 5)) == ahead

    assert get(client, f"national@{ahead}.json").status_code == 200
