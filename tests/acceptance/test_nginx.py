"""The configuration in docs/nginx.md, on a real nginx in front of a published folder."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from api.cli.main import app
from api.mirror.mirror_folder import LIST
from api.mirror.site_mirror import SiteMirror
from infra.adapters.event_log import Log
from infra.services.publishing.publisher import Publisher
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.sequencing_service import Sequencing
from projections.feeds.layout import JSON, JSON_LD, JSON_SCHEMA
from tests import builders as b
from tests.acceptance.nginx import MISSING, NGINX, documented, let_in, nginx
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import record
from tests.unit.infra.services.sequencing.logs import key_of, place_of

BASE = "v1/elections/house50"

pytestmark = pytest.mark.skipif(NGINX is None, reason=MISSING)


@pytest.fixture
def place(log: Log, tmp_path: Path) -> LogPlace:
    return place_of(log, tmp_path / "data")


@pytest.fixture
def tree(log: Log, place: LogPlace, tmp_path: Path) -> Path:
    record(log, *b.DISTRICT, b.tally(b.sheet({b.A: 60, b.B: 40})))
    grow(log, place)
    folder = tmp_path / "tree"
    publisher = Publisher(log, folder, place.public)
    publisher.catch_up()
    with closing(SiteMirror(log, publisher, folder)) as mirror:
        mirror.write()
    let_in(folder)
    return folder


@pytest.fixture
def client(tree: Path, tmp_path: Path) -> Iterator[httpx.Client]:
    port = free_port()
    with (
        nginx(tmp_path / "nginx", documented(tree, port), port) as address,
        client_of(address) as opened,
    ):
        yield opened


def grow(log: Log, place: LogPlace) -> None:
    sequencing = Sequencing(log, place)
    sequencing.catch_up()
    sequencing.close()


def test_every_file_is_served_as_it_is(client: httpx.Client, tree: Path) -> None:
    types = {".json": JSON, ".jsonld": JSON_LD, ".csv": "text/csv", ".xml": "application/xml"}
    types |= {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
    types |= {".png": "image/png", ".svg": "image/svg+xml"}
    for path in tree.rglob("*"):
        if path.is_dir() or path.suffix in {".gz", ".br"} or path.name == LIST:
            continue
        address = str(path.relative_to(tree))
        answer = client.get(f"/{address}", headers={"accept-encoding": "identity"})
        assert answer.content == path.read_bytes()
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["x-content-type-options"] == "nosniff"
        forever = "immutable" in answer.headers["cache-control"]
        assert forever is ("@" in path.name or "/tile/" in address or "static/" in address), address
        is_schema = "/schemas/" in address and path.name != "index.json"
        expected = JSON_SCHEMA if is_schema else types.get(path.suffix)
        if path.suffix != ".sha256" and expected is not None:
            assert answer.headers["content-type"].partition(";")[0] == expected, address


def test_a_page_is_found_with_and_without_the_slash(client: httpx.Client) -> None:
    sent_on = client.get("/races", follow_redirects=False)
    assert sent_on.headers["location"] == "/races/"
    page = client.get("/races/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "これは写しです" in page.text
    assert client.get(f"/{LIST}").status_code == 404


def test_compressed_forms_are_used_and_what_did_not_change_is_not_sent(
    client: httpx.Client, tree: Path
) -> None:
    path = f"/{BASE}/national.json"
    with client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        body = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert body == (tree / f"{path[1:]}.gz").read_bytes()
    again = client.get(
        path, headers={"accept-encoding": "gzip", "if-none-match": answer.headers["etag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "v1/.national.json.unfinished.123",
        f"{BASE}/nowhere.json",
        f"{BASE}/stream",
        f"{BASE}/log/../../../../../etc/passwd",
        f"{BASE}/..%2f..%2f..%2fetc%2fpasswd",
    ],
)
def test_what_is_not_there_is_a_problem(client: httpx.Client, tree: Path, path: str) -> None:
    (tree / "v1" / ".national.json.unfinished.123").write_bytes(b"half")
    answer = client.get(f"/{path}")
    assert answer.status_code in {400, 404}
    if answer.status_code == 404:
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert "写し" in answer.json()["detail"]


def test_the_mirror_verifies_and_is_followed_with_the_key(
    client: httpx.Client, log: Log, place: LogPlace, tree: Path, tmp_path: Path
) -> None:
    url, key, to = f"{client.base_url}/{BASE}", str(key_of(place)), tmp_path / "news"
    run = CliRunner().invoke

    def told(*arguments: str) -> str:
        done = run(app, arguments)
        assert done.exit_code == 0, done.output
        return done.output

    # Given a mirror that anybody can check without the server
    assert "相違ありません" in told("verify", url, "--key", key)
    told("follow", url, "--key", key, "--to", str(to), "--once")

    # When it goes on
    record(log, b.correction(b.sheet({b.A: 61, b.B: 39})))
    grow(log, place)
    Publisher(log, tree, place.public).catch_up()

    # Then both do
    told("follow", url, "--key", key, "--to", str(to), "--once")
    assert "相違ありません" in told("verify", url, "--key", key)
    assert int((to / "position").read_text()) == log.reader.last_position()
    assert (to / "checkpoint").read_bytes() == (place.public / "checkpoint").read_bytes()

    # When somebody changes a single figure, it is named
    version = max((tree / BASE).glob("corrections@*[0-9].json"))
    version.write_bytes(version.read_bytes().replace(b"61", b"62"))
    done = run(app, ["verify", url, "--key", key])
    assert done.exit_code == 1
    assert "corrections" in done.output
