"""Reading the feed of a running server, as every test of it does."""

import re

import httpx

from tests import builders as b
from tests.support.gwt import Command

BASE = "/v1/elections/house50"


def tally(a: int, b_: int, *, final: bool = False) -> Command:
    return b.tally({**b.sheet({b.A: a, b.B: b_}), "voters": 300}, final=final)


def get(client: httpx.Client, path: str, **headers: str) -> httpx.Response:
    return client.get(f"{BASE}/{path}", headers={"accept-encoding": "identity", **headers})


def require_problem(answer: httpx.Response, status: int) -> None:
    """A problem with a sentence in Japanese that says what to do."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == status
    assert said["title"].isascii()
    assert re.search(r"(です|ます|ません|ください)[。（]", said["detail"]), said["detail"]
