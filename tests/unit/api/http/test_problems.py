"""What cannot be answered is a problem (RFC 9457) with a sentence that says what to do."""

from itertools import product

import httpx
import pytest

from api.http.app_state import AppState
from tests.unit.api.reading import BASE, get, require_problem

UNANSWERED = [
    ("national.json?as_of=yesterday", 422),
    ("national.json?as_of=2024-10-27T22:14:00", 422),
    ("national.json?as_of=1999-01-01T00:00:00Z", 404),
    ("national.csv?encoding=ebcdic", 422),
    ("national@999999999.json", 404),
    ("national@0.json", 404),
    ("national@007.json", 404),
    ("nowhere.json", 404),
    ("national.atom", 404),
    ("contests/house-district/13-01@1.json", 404),
    ("log/0", 422),
    ("log/99999", 404),
    ("changes?after=-1", 422),
    ("changes?limit=0", 422),
    ("changes?after=999999", 404),
    ("changes?after=99999999999999999999", 422),
    ("stream?after=x", 422),
    ("stream?after=-1", 422),
    ("national", 404),
    ("national@-1.json", 404),
    ("national@abc.json", 404),
    ("national@99999999999999999999999.json", 404),
    ("national.pdf", 404),
    ("log/abc", 422),
    ("log/checkpoint", 404),
    ("receipts/1", 404),
    ("../../../etc/passwd", 404),
    ("..%2f..%2fetc%2fpasswd", 404),
    ("%E5%85%A8%E5%9B%BD.json", 404),
    ("%00.json", 404),
    ("national%40%32.json%0a", 404),
]


def test_what_cannot_be_answered_is_a_problem(client: httpx.Client) -> None:
    for path, status in UNANSWERED:
        answer = get(client, path)

        assert answer.status_code == status, path
        require_problem(answer, status)


def test_another_election_is_not_here(client: httpx.Client) -> None:
    for path in ("head.json", "stream", "national@3.csv", "changes", "log/1", "log/checkpoint"):
        answer = client.get(f"/v1/elections/house51/{path}")
        require_problem(answer, 404)
        assert "house50" in answer.json()["detail"]


def test_what_is_only_read_says_so(client: httpx.Client) -> None:
    paths = ("head.json", "national.json", "changes", "stream", "log/1")
    for method, path in product(("POST", "PUT", "PATCH", "DELETE", "OPTIONS"), paths):
        answer = client.request(method, f"{BASE}/{path}")

        assert answer.status_code == 405, (method, path)
        require_problem(answer, 405)
        assert answer.headers["allow"] == "GET, HEAD"


def test_a_wrong_last_event_id_is_a_problem(client: httpx.Client) -> None:
    require_problem(get(client, "stream", **{"last-event-id": "yesterday"}), 422)


def test_what_fails_inside_is_a_problem_as_well(
    client: httpx.Client, services: AppState, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(services.live, "position_at", fail)
    answer = get(client, "national.json?as_of=2024-10-27T22:14:00Z")
    require_problem(answer, 500)
    assert "secret" not in answer.text
