"""The configuration in docs/nginx.md, on a real nginx in front of a published folder."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from infra.log import Log
from infra.publish.publisher import Publisher
from tests import builders as b
from tests.posting import record
from tests.unit.api.conftest import free_port

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
DOCUMENT = Path(__file__).parents[2] / "docs" / "nginx.md"

pytestmark = pytest.mark.skipif(
    NGINX is None, reason="nginx is not there; install it with: apt-get install nginx-light"
)


@pytest.fixture
def tree(log: Log, tmp_path: Path) -> Path:
    record(log, *b.DISTRICT, b.tally(b.sheet({b.A: 60, b.B: 40})))
    folder = tmp_path / "tree"
    Publisher(log, folder).publish()
    for parent in folder.parents:
        if parent.stat().st_uid == folder.stat().st_uid and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)
    return folder


@pytest.fixture
def client(tree: Path, tmp_path: Path) -> Iterator[httpx.Client]:
    found = re.search(r"```nginx\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert found is not None
    port = free_port()
    server = found.group(1).replace("127.0.0.1:8080", f"127.0.0.1:{port}")
    server = server.replace("/srv/kaihyo", str(tree))
    work = tmp_path / "nginx"
    work.mkdir()
    temporary = "".join(
        f"{kind}_temp_path {work}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (work / "nginx.conf").write_text(
        f"daemon off; pid {work}/pid; error_log {work}/error.log; worker_processes 1;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary} {server} }}\n"
    )
    process = subprocess.Popen([str(NGINX), "-p", str(work), "-c", str(work / "nginx.conf")])
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as opened:
            _wait_for(opened)
            yield opened
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(client: httpx.Client) -> None:
    for _ in range(100):
        try:
            client.get("/")
        except httpx.ConnectError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("nginx did not begin")


def test_every_file_is_served_as_it_is(client: httpx.Client, tree: Path) -> None:
    for path in tree.rglob("*.json"):
        answer = client.get(f"/{path.relative_to(tree)}", headers={"accept-encoding": "identity"})
        assert answer.content == path.read_bytes()
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["content-type"].startswith("application/json")
        forever = "immutable" in answer.headers["cache-control"]
        assert forever is ("@" in path.name)


def test_compressed_forms_are_used_and_what_did_not_change_is_not_sent(
    client: httpx.Client, tree: Path
) -> None:
    path = "/v1/elections/house50/national.json"
    with client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        body = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert body == (tree / f"{path[1:]}.gz").read_bytes()
    again = client.get(
        path, headers={"accept-encoding": "gzip", "if-none-match": answer.headers["etag"]}
    )
    assert again.status_code == 304


def test_a_temporary_file_is_never_served(client: httpx.Client, tree: Path) -> None:
    (tree / "v1" / ".national.json.123").write_bytes(b"half")
    assert client.get("/v1/.national.json.123").status_code == 404
