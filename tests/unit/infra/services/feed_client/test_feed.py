"""The client that newsrooms copy: it resumes, and it refuses what it should not believe."""

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.http.app_state import AppState
from infra.adapters.event_log import Log
from infra.services.feed_client.feed_reader import Feed, FeedBroken, FeedForked, FeedWentBack
from infra.services.publishing.publisher import Publisher
from tests import builders as b
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.posting import posting, record


@pytest.fixture
def services(log: Log) -> Iterator[AppState]:
    record(log, *b.DISTRICT)
    with open_app_state(log) as opened:
        yield opened


def feed_at(port: int, position: int = 0) -> Feed:
    http = client_of()
    http.timeout = 5
    return Feed(f"http://127.0.0.1:{port}/v1/elections/house50", position, http=http)


def test_it_goes_on_through_restarts_of_the_server(services: AppState) -> None:
    port, done = free_port(), threading.Event()
    settings = settings_with(None, port=port)

    def post() -> None:
        for number in range(150):
            services.log.writer.post(*posting(f"note-{number:05d}", b.NOTE))
            done.wait(0.01)
        done.set()
        # One more, so that the reader hears of something after the end.
        services.log.writer.post(*posting("note-99999", b.NOTE))

    poster = threading.Thread(target=post)
    poster.start()
    feed, chain = feed_at(port), [0]
    while poster.is_alive() or feed.position < services.log.reader.last_position():
        # When the server goes away again and again
        with serve_in_background(services, settings):
            for news in feed.follow():
                assert news.after == chain[-1]
                chain.append(news.position)
                if len(chain) % 7 == 0 or (
                    done.is_set() and feed.position >= services.log.reader.last_position()
                ):
                    break
        # Who has heard of the last one would wait for ever while its sender still ends.
        if done.is_set():
            poster.join()

    # Then it has everything, once
    assert chain == sorted(set(chain))
    assert feed.known == services.live.read(lambda night: dict(night.versions))


def test_a_mirror_of_files_is_followed_by_its_pointer(log: Log, tmp_path: Path) -> None:
    record(log, *b.DISTRICT)
    Publisher(log, tmp_path).publish()

    def serve(request: httpx.Request) -> httpx.Response:
        path = tmp_path / request.url.path.removeprefix("/")
        return httpx.Response(200, content=path.read_bytes()) if path.is_file() else _NONE

    http = httpx.Client(transport=httpx.MockTransport(serve))
    feed = Feed("http://mirror.example/v1/elections/house50", http=http)

    [news] = feed.follow(for_ever=False)

    assert news.position == log.reader.last_position()
    assert feed.known == news.documents
    assert msgspec.json.decode(feed.document("national"))["head"]["document"] == "national"


_NONE = httpx.Response(404)


def test_a_feed_that_went_back_is_refused(services: AppState) -> None:
    port = free_port()
    with serve_in_background(services, settings_with(None, port=port)):
        ahead = feed_at(port, position=services.live.position + 1)
        with pytest.raises(FeedWentBack):
            ahead.head()


def test_a_feed_never_changes_from_rehearsal_to_live(services: AppState) -> None:
    port = free_port()
    with serve_in_background(services, settings_with(None, port=port)):
        feed = feed_at(port)
        feed.environment = "live"
        with pytest.raises(FeedForked, match="live"):
            feed.head()


def test_an_event_that_does_not_follow_is_refused(services: AppState) -> None:
    port = free_port()
    with serve_in_background(services, settings_with(None, port=port)):
        feed = feed_at(port, position=2)
        stream = feed.follow()
        next(stream)
        feed.position -= 1  # as if an event had been lost
        services.log.writer.post(*posting("note-00001", b.NOTE))
        with pytest.raises(FeedBroken):
            next(stream)
