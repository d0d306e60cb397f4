"""Published files under nginx as docs/nginx.md has it, against nginx on one file in the barest way.

The pointer is opened anew for every request, so that it never goes back; versions may stay open.
"""

import json
from pathlib import Path
from statistics import median
from urllib.parse import urljoin, urlsplit

import httpx

from infra.adapters.filesystem.atomic_files import put
from infra.runtime.compression import encode_body
from tests.acceptance.nginx import NGINX, barest, documented, let_in, nginx
from tests.benchmarks.pressing import requests_per_second

_OWN_PORT, _BARE_PORT = 8633, 8634
_TRIES = 9
_DOCUMENTS = ("national", "prefectures/13", "contests/house-district/13-01")


def static(base: str, folder: Path) -> dict[str, float]:
    """Ratio of the pointer and of versions of documents; nothing where nginx is missing.

    Args:
        base: URL of the election on a running server: the published bytes are the same.
        folder: Where files may be written.
    """
    if NGINX is None:
        return {}
    with httpx.Client() as client:
        head = json.loads(client.get(f"{base}/head.json").content)
        versions = [f"{name}@{head['documents'][name]}.json" for name in _DOCUMENTS]
        paths = [f"{urlsplit(base).path}/{name}" for name in ("head.json", *versions)]
        bodies = {path: client.get(urljoin(base, path)).content for path in paths}
    tree, constant = folder / "tree", folder / "constant"
    for path, body in bodies.items():
        put(tree / path[1:], body)
        (constant / path[1:]).parent.mkdir(parents=True, exist_ok=True)
        (constant / path[1:]).write_bytes(encode_body(body, "gzip"))
    for each in tree, constant:
        let_in(each)
    with (
        nginx(folder / "nginx-own", documented(tree, _OWN_PORT), _OWN_PORT),
        nginx(folder / "nginx-bare", barest(constant, _BARE_PORT), _BARE_PORT),
    ):
        return {path: _ratio(path) for path in bodies}


def _ratio(path: str) -> float:
    tries = [
        tuple(requests_per_second(port, path, coding="gzip") for port in (_OWN_PORT, _BARE_PORT))
        for _ in range(_TRIES)
    ]
    own, bare = median(one for one, _ in tries), median(other for _, other in tries)
    ratio = median(one / other for one, other in tries)
    print(f"nginx {path:60} {own:8.0f}/s of {bare:8.0f}/s: {ratio:.2f}", flush=True)
    return ratio
