"""Spreadsheets of strangers are read in a lane of their own; no posting waits for them."""

import asyncio
import io
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import httpx
import xlsxwriter

from api.http.app_state import AppState
from api.http.limits.rate_limits import RateLimit
from api.http.limits.upload_lanes import PER_CLIENT_MAX, WAITING_MAX, UploadLane
from api.http.problems import Unanswered
from tests.support.lines import client_of
from tests.unit.api.http.test_submissions import DOOR, body
from tests.unit.api.reading import require_problem, tally

ROWS = "/centre/data/rows"


def workbook(rows: int, columns: int) -> bytes:
    """A workbook of figures."""
    packed = io.BytesIO()
    made = xlsxwriter.Workbook(packed, {"in_memory": True})
    sheet = made.add_worksheet()
    for row in range(rows):
        sheet.write_row(row, 0, range(row, row + columns))
    made.close()
    return packed.getvalue()


def lane(*, is_per_client: bool = True, at_once: int = 100) -> UploadLane:
    return UploadLane(RateLimit(0.001, at_once), is_per_client=is_per_client)


def held(one: UploadLane, clients: list[str]) -> Counter[int]:
    """Statuses of uploads that all come while the others are still there; 0 has a place."""
    found: Counter[int] = Counter()
    waits: list[int] = []

    async def upload(client: str, end: asyncio.Event) -> None:
        try:
            async with one.place(client):
                found[0] += 1
                await end.wait()
        except Unanswered as refused:
            waits.append(int((refused.headers or {})["Retry-After"]))
            found[refused.status_code] += 1

    async def all_of_them() -> None:
        end = asyncio.Event()
        tasks = [asyncio.create_task(upload(client, end)) for client in clients]
        await asyncio.sleep(0)
        end.set()
        await asyncio.gather(*tasks)

    asyncio.run(all_of_them())
    assert all(waits), "who is refused hears when to come again"
    return found


def test_a_lane_holds_so_many_and_asks_the_others_to_come_again() -> None:
    one = lane()
    assert held(one, [f"192.0.2.{n}" for n in range(40)]) == {0: WAITING_MAX, 503: 40 - WAITING_MAX}
    assert held(one, ["192.0.2.1"]) == {0: 1}, "who comes later finds room again"


def test_one_address_cannot_fill_the_lane() -> None:
    assert held(lane(), ["192.0.2.1"] * 10) == {0: PER_CLIENT_MAX, 429: 10 - PER_CLIENT_MAX}


def test_one_address_may_not_go_on_for_ever() -> None:
    one = lane(at_once=3)
    assert [held(one, ["192.0.2.1"]) for _ in range(4)] == [{0: 1}, {0: 1}, {0: 1}, {429: 1}]


def test_behind_a_proxy_that_limits_all_addresses_share_the_lane() -> None:
    found = held(lane(is_per_client=False, at_once=1), ["proxy"] * 10)
    assert found == {0: WAITING_MAX, 503: 10 - WAITING_MAX}


def test_uploads_that_find_no_room_hear_when_to_come_again(
    client: httpx.Client, services: AppState
) -> None:
    services.uploads.strangers = lane(at_once=1)
    content = workbook(2, 2)
    assert client.post(ROWS, content=content).status_code == 200

    answer = client.post(ROWS, content=content)

    require_problem(answer, 429)
    assert int(answer.headers["retry-after"]) > 0


def test_limits_count_by_the_address_that_a_trusted_proxy_names(
    client: httpx.Client, services: AppState
) -> None:
    services.uploads.strangers = lane(at_once=1)
    content = workbook(2, 2)
    statuses = [
        client.post(ROWS, content=content, headers={"x-forwarded-for": f"192.0.2.{n}"}).status_code
        for n in (1, 2, 1)
    ]
    assert statuses == [200, 200, 429]


def test_postings_do_not_wait_for_uploads(client: httpx.Client) -> None:
    # Given strangers from many addresses who send more workbooks than can be read
    content = workbook(2_000, 40)
    ended = threading.Event()
    found: Counter[int] = Counter()
    readings: list[float] = []

    def upload(number: int) -> None:
        address = {"x-forwarded-for": f"192.0.2.{number}"}
        while not ended.is_set():
            start = time.monotonic()
            status = client.post(ROWS, content=content, headers=address).status_code
            found[status] += 1
            if status == 200:
                readings.append(time.monotonic() - start)

    with ThreadPoolExecutor(24) as strangers:
        for number in range(24):
            strangers.submit(upload, number)
        try:
            while not found[503]:
                time.sleep(0.01)

            # When an office posts
            waits = []
            with client_of(str(client.base_url)) as office:
                for number in range(1, 11):
                    start = time.monotonic()
                    sent = body(tally(number, number), f"centre-13101-{number}")
                    assert office.post(DOOR, json=sent).status_code == 201
                    waits.append(time.monotonic() - start)
        finally:
            ended.set()

    # Then it waits for none of them, of which each takes longer than that
    assert median(waits) < min(readings), (waits, readings)
    assert set(found) <= {200, 429, 503}
