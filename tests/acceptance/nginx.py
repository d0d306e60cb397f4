"""A real nginx on loopback: configured as in docs/nginx.md, or in the barest way there is."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.lines import PLAIN

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
MISSING = "nginx is not there; install it with: apt-get install nginx-light"
DOCUMENT = Path(__file__).parents[2] / "docs" / "nginx.md"
_SECONDS_MAX = 120.0


def documented(tree: Path, port: int) -> str:
    """What docs/nginx.md says, on this folder and port."""
    found = re.search(r"```nginx\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert found is not None
    text = found.group(1)
    assert "listen 127.0.0.1:8080;" in text
    assert "root /srv/kaihyo;" in text
    return text.replace("127.0.0.1:8080", f"127.0.0.1:{port}").replace("/srv/kaihyo", str(tree))


def barest(tree: Path, port: int) -> str:
    """A folder, served."""
    return f"server {{ listen 127.0.0.1:{port}; root {tree}; sendfile on; }}"


@contextmanager
def nginx(work: Path, server: str, port: int) -> Iterator[str]:
    """Serve with one worker; gives the address."""
    work.mkdir()
    let_in(work)
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
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(60)


def let_in(folder: Path) -> None:
    """Let the worker, who is nobody, pass through the folders above."""
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == folder.stat().st_uid and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _SECONDS_MAX
    while time.monotonic() < end and process.poll() is None:
        try:
            PLAIN.get(address)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("nginx did not begin")
