"""Readers that look through the front all the while, and what single nodes show them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import httpx

from infra.services.rehearsal.scenario.define_rehearsal import ELECTION

BASE = f"/v1/elections/{ELECTION}"
_PAUSE_SECONDS = 0.05


class Readers:
    """Asks for one document again and again, past every cache.

    Attributes:
        answered: How many answers were good.
        failures: Every other answer.
    """

    def __init__(self, client: httpx.Client, path: str) -> None:
        self._client = client
        self._path = path
        self._stopped = threading.Event()
        self.answered = 0
        self.failures: list[str] = []

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look while the block runs."""
        thread = threading.Thread(target=self._run, name="readers", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            thread.join(timeout=180)
        assert not thread.is_alive()

    def _run(self) -> None:
        for number in count():
            if self._stopped.wait(_PAUSE_SECONDS):
                return
            try:
                answer = self._client.get(self._path, params={"n": number})
            except httpx.HTTPError as error:
                self.failures.append(repr(error))
                continue
            if answer.status_code == 200:
                self.answered += 1
            else:
                self.failures.append(f"{answer.status_code} {answer.text[:200]}")


def head_of(address: str) -> int:
    """The position that a service shows; -1 while it does not answer."""
    try:
        answer = httpx.get(f"http://{address}:8000{BASE}/head.json", timeout=60)
    except httpx.HTTPError:
        return -1
    return int(answer.json()["position"]) if answer.status_code == 200 else -1


def health_of(address: str, port: int) -> str:
    """What a service says of itself."""
    try:
        return httpx.get(f"http://{address}:{port}/health", timeout=60).text
    except httpx.HTTPError as error:
        return repr(error)


def documents_of(address: str, position: int, limit: int = 40) -> dict[str, bytes]:
    """Documents of a service as they were at a position, by name."""
    with httpx.Client(base_url=f"http://{address}:8000{BASE}", timeout=60) as client:
        names = sorted(client.get("/head.json").raise_for_status().json()["documents"])
        chosen = names[:: max(1, len(names) // limit)]
        return {
            name: client.get(f"/{name}@{position}.json").raise_for_status().content
            for name in chosen
        }
