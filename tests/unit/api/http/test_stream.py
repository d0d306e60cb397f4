"""The stream: nothing missed, nothing twice, whoever cuts it and however often."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import httpx
import pytest
from starlette.types import Message

from api.cli.common.options import settings_with
from api.cli.common.server import serve_in_background
from api.http.app_state import AppState
from api.http.broadcast import HEARTBEAT, Broadcast, Piece
from api.http.routers.stream_routes import EventStream
from infra.services.feed_client.sse_events import SseEvent, events_in
from tests import builders as b
from tests.support.lines import client_of
from tests.support.loops import run
from tests.support.ports import free_port
from tests.support.posting import happen, posting
from tests.support.waiting import SECONDS_MAX

STREAM = "/v1/elections/house50/stream"
CUTS = 200


@contextmanager
def listening(client: httpx.Client, **headers: str) -> Iterator[Iterator[SseEvent]]:
    with client.stream("GET", STREAM, headers=headers, timeout=120) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield events_in(answer.iter_lines())


def note(services: AppState, number: int) -> int:
    return services.log.writer.post(*posting(f"note-{number:05d}", b.NOTE)).position


def test_it_begins_at_the_present_and_tells_what_comes(
    client: httpx.Client, services: AppState
) -> None:
    with listening(client) as events:
        first = json.loads(next(events).data)
        assert first["position"] == services.live.position
        position = note(services, 1)
        told = json.loads(next(events).data)

    assert (told["after"], told["position"]) == (first["position"], position)
    assert told["documents"] == {"national": position}
    assert told["root"] == services.live.root(position)
    assert told["environment"] == "rehearsal"


def test_it_resumes_from_any_position_however_old(client: httpx.Client, services: AppState) -> None:
    happen(services, *[b.NOTE] * 100)
    with listening(client, **{"Last-Event-ID": "2"}) as events:
        told = json.loads(next(events).data)

    assert told["after"] == 2
    assert told["position"] == services.live.position
    assert told["documents"] == services.live.read(
        lambda night: {d: v for d, v in night.versions.items() if v > 2}
    )


@pytest.mark.slow
def test_a_stream_cut_200_times_at_random_misses_nothing_and_repeats_nothing(
    client: httpx.Client, services: AppState
) -> None:
    # Given postings that go on all the time
    random, stopped = Random(5), threading.Event()
    start = services.live.position

    def post() -> None:
        number = 0
        while not stopped.is_set():
            note(services, number)
            number += 1
            stopped.wait(0.01)

    poster = threading.Thread(target=post)
    poster.start()
    # When a reader's line is cut at random, in the middle of an event as well
    position, chain, told = start, [start], dict[str, int]()
    for _ in range(CUTS):
        data = b""
        with client.stream("GET", STREAM, headers={"Last-Event-ID": str(position)}) as answer:
            size = random.randrange(50, 3000)
            for chunk in answer.iter_raw():
                data += chunk
                if len(data) >= size:
                    break
        for event in events_in(data[:size].decode(errors="ignore").split("\n")):
            news = json.loads(event.data)
            # Then every event follows the one before
            assert news["after"] == position
            assert int(event.id) == news["position"] > position
            position = news["position"]
            chain.append(position)
            told |= news["documents"]
    stopped.set()
    poster.join()
    assert services.live.wait_for(services.log.reader.last_position(), SECONDS_MAX)
    with listening(client, **{"Last-Event-ID": str(position)}) as events:
        while position < services.live.position:
            last = json.loads(next(events).data)
            assert last["after"] == position
            position = last["position"]
            told |= last["documents"]

    # and together they tell every document that changed, in its latest version
    assert chain == sorted(set(chain))
    assert told == services.live.read(
        lambda night: {d: v for d, v in night.versions.items() if v > start}
    )


def test_a_heartbeat_has_no_id(services: AppState) -> None:
    services.broadcast = Broadcast(services.live, heartbeat_seconds=0.1)
    with (
        serve_in_background(services, settings_with(None, port=free_port())) as address,
        client_of(address) as client,
        client.stream("GET", STREAM) as answer,
    ):
        data = b""
        for chunk in answer.iter_raw():
            data += chunk
            if data.count(HEARTBEAT) >= 3:
                break

    first, *_ = events_in(data.decode().split("\n"))
    assert data.endswith(HEARTBEAT)
    assert data.decode().count("id:") == 1
    assert int(first.id) == services.live.position


def test_a_reader_who_does_not_read_is_dropped_and_resumes(services: AppState) -> None:
    broadcast = Broadcast(services.live, heartbeat_seconds=0.05, slow_seconds_max=0.2)
    sent: list[bytes] = []
    full = asyncio.Event()

    async def send(message: Message) -> None:
        # Given a line that takes the beginning and then nothing any more
        sent.append(message.get("body", b""))
        if len(sent) > 2:
            full.set()
            await asyncio.Event().wait()

    async def receive() -> Message:
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def read() -> None:
        await EventStream(broadcast, 2, bodiless=False)({}, receive, send)

    async def night() -> None:
        reading = asyncio.create_task(read())
        await full.wait()
        await asyncio.to_thread(note, services, 1)
        # Then it is let go
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(asyncio.shield(reading), SECONDS_MAX)

    run(night())

    assert (broadcast.dropped, broadcast.readers) == (1, 0)
    [first] = events_in(sent[2].decode().split("\n"))
    assert json.loads(first.data)["after"] == 2


class Line:
    """A line to one reader; it can be full, and it can break."""

    def __init__(self) -> None:
        self.left: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.room, self.broken = asyncio.Event(), False
        self.room.set()
        self._bytes, self._more = b"", asyncio.Event()

    async def send(self, message: Message) -> None:
        if self.broken:
            raise OSError("the line is gone")
        await self.room.wait()
        self._bytes += message["body"]
        self._more.set()

    @property
    def told(self) -> list[SseEvent]:
        return list(events_in(self._bytes.decode().split("\n")))

    async def reaches(self, position: int) -> None:
        while not self.told or int(self.told[-1].id) < position:
            self._more.clear()
            await asyncio.wait_for(self._more.wait(), SECONDS_MAX)


@pytest.mark.parametrize("after", [None, 2])
def test_readers_who_come_back_together_share_one_event(
    services: AppState, monkeypatch: pytest.MonkeyPatch, after: int | None
) -> None:
    broadcast = Broadcast(services.live)
    made: list[int] = []
    of_the_fold = broadcast._piece

    def counted(told: int) -> Piece:
        made.append(told)
        return of_the_fold(told)

    monkeypatch.setattr(broadcast, "_piece", counted)

    async def first() -> list[SseEvent]:
        line = Line()
        telling = asyncio.create_task(broadcast.tell(after, line.send, line.left))
        await line.reaches(services.live.position)
        line.left.set_result(None)
        await telling
        return line.told

    async def all_at_once() -> list[list[SseEvent]]:
        return await asyncio.gather(*(first() for _ in range(500)))

    told = run(all_at_once())

    assert told == [told[0]] * 500
    assert [event.id for event in told[0]] == [str(services.live.position)]
    assert made == [services.live.position if after is None else after]


def test_a_reader_whose_line_is_full_is_told_everything_in_order(services: AppState) -> None:
    broadcast = Broadcast(services.live)

    async def night() -> list[SseEvent]:
        line = Line()
        telling = asyncio.create_task(broadcast.tell(None, line.send, line.left))
        await line.reaches(services.live.position)
        # Given a line that is full when something comes, and more comes meanwhile
        line.room.clear()
        for number in range(3):
            position = await asyncio.to_thread(note, services, number)
            await asyncio.to_thread(services.live.wait_for, position, SECONDS_MAX)
        # When there is room again
        line.room.set()
        await line.reaches(position)
        line.left.set_result(None)
        await asyncio.wait_for(telling, SECONDS_MAX)
        return line.told

    told = [json.loads(event.data) for event in run(night())]

    assert len(told) > 2
    assert [each["after"] for each in told[1:]] == [each["position"] for each in told[:-1]]


def test_a_line_that_breaks_ends_its_own_reader_alone(services: AppState) -> None:
    broadcast = Broadcast(services.live)

    async def night() -> int:
        lines = [Line(), Line()]
        tellings = [
            asyncio.create_task(broadcast.tell(None, line.send, line.left)) for line in lines
        ]
        for line in lines:
            await line.reaches(services.live.position)
        lines[0].broken = True
        position = await asyncio.to_thread(note, services, 1)
        with pytest.raises(OSError, match="the line is gone"):
            await asyncio.wait_for(tellings[0], SECONDS_MAX)
        await lines[1].reaches(position)
        lines[1].left.set_result(None)
        await asyncio.wait_for(tellings[1], SECONDS_MAX)
        return position

    assert run(night()) == services.live.position
    assert broadcast.readers == 0
