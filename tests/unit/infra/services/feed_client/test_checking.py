"""`kaihyo follow --key`: what the key does not vouch for is refused, and nothing goes back."""

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.cli.main import app
from api.http.app_state import AppState
from infra.adapters.event_log import Log
from infra.protocols.protocol_errors import KeyMalformed, NoteUnverified
from infra.protocols.signed_note.keys import PrivateKey
from infra.protocols.signed_note.note import Signer
from infra.protocols.tlog.checkpoint import Checkpoint, sign_checkpoint
from infra.services.feed_client.feed_reader import Feed, FeedForked, FeedWentBack
from infra.services.feed_client.feed_verification import CheckpointWatch
from infra.services.sequencing.log_key import load_key
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.sequencing_service import Sequencing, SequencingThread
from tests import builders as b
from tests.acceptance.served import started
from tests.support.ports import free_port
from tests.support.posting import happen, posting, record
from tests.unit.infra.services.sequencing.logs import key_of, place_of, published


@pytest.fixture
def place(log: Log, tmp_path: Path) -> LogPlace:
    record(log, *b.DISTRICT)
    found = place_of(log, tmp_path / "data")
    grow(log, found)
    return found


@pytest.fixture
def services(log: Log, place: LogPlace) -> Iterator[AppState]:
    with open_app_state(log) as opened:
        opened.public = place.public
        yield opened


@pytest.fixture
def feed(services: AppState) -> Iterator[Feed]:
    port = free_port()
    with serve_in_background(services, settings_with(None, port=port)):
        yield Feed(f"http://127.0.0.1:{port}/v1/elections/house50")


def grow(log: Log, place: LogPlace) -> None:
    sequencing = Sequencing(log, place)
    sequencing.catch_up()
    sequencing.close()


def sign_instead(place: LogPlace, checkpoint: Checkpoint) -> None:
    """Publish another checkpoint under the log's own key, as a dishonest operator can."""
    signer = load_key(place.secret, place.origin)
    (place.public / "checkpoint").write_bytes(sign_checkpoint(checkpoint, signer))


def test_every_root_that_was_told_is_a_prefix_of_what_is_signed(
    feed: Feed, services: AppState, place: LogPlace
) -> None:
    watch = CheckpointWatch(feed, str(key_of(place)))
    for number, news in enumerate(feed.follow()):
        watch.tell(news)
        # What no checkpoint covers yet waits for the next one
        if number:
            watch.check()
            assert watch.waiting == 1
        grow(services.log, place)
        assert watch.check() == published(place)
        assert watch.waiting == 0
        if number == 3:
            break
        services.log.writer.post(*posting(f"note-{number:05d}", b.NOTE))


def test_a_key_that_did_not_sign_is_refused(feed: Feed, place: LogPlace) -> None:
    other = Signer(place.origin, PrivateKey(bytes([9]) * 32)).verifier
    with pytest.raises(NoteUnverified):
        CheckpointWatch(feed, str(other)).check()
    with pytest.raises(KeyMalformed):
        CheckpointWatch(feed, "no key")


def test_a_checkpoint_that_shrank_is_refused_after_a_restart_as_well(
    feed: Feed, services: AppState, place: LogPlace
) -> None:
    key, old = str(key_of(place)), (place.public / "checkpoint").read_bytes()
    services.log.writer.post(*posting("note-00001", b.NOTE))
    grow(services.log, place)
    watch = CheckpointWatch(feed, key)
    watch.check()

    (place.public / "checkpoint").write_bytes(old)

    for each in (watch, CheckpointWatch(feed, key, watch.note)):
        with pytest.raises(FeedWentBack):
            each.check()


def test_two_signed_roots_of_one_size_are_refused(feed: Feed, place: LogPlace) -> None:
    watch = CheckpointWatch(feed, str(key_of(place)))
    real = watch.check()

    sign_instead(place, real._replace(root=bytes(32)))

    with pytest.raises(FeedForked):
        watch.check()


def test_a_root_that_is_not_signed_is_refused(feed: Feed, place: LogPlace) -> None:
    watch = CheckpointWatch(feed, str(key_of(place)))
    [news] = [next(feed.follow())]
    watch.tell(type(news)(**{**vars(news), "root": "00" * 32}))

    with pytest.raises(FeedForked):
        watch.check()


# --- the command ------------------------------------------------------------------------------


def followed(address: str, to: Path, key: str) -> Result:
    return CliRunner().invoke(app, ["follow", address, "--to", str(to), "--key", key, "--once"])


def test_the_command_goes_on_where_it_was_and_refuses_what_went_back(
    feed: Feed, services: AppState, place: LogPlace, tmp_path: Path
) -> None:
    key, to = str(key_of(place)), tmp_path / "news"
    old = (place.public / "checkpoint").read_bytes()
    first = followed(feed.url, to, key)
    assert first.exit_code == 0, first.output
    assert json.loads(first.stdout)["position"] == services.live.position
    assert (to / "checkpoint").read_bytes() == old

    happen(services, b.NOTE)
    grow(services.log, place)
    second = followed(feed.url, to, key)
    assert json.loads(second.stdout)["documents"] == {"national": services.live.position}

    (place.public / "checkpoint").write_bytes(old)
    third = followed(feed.url, to, key)
    assert third.exit_code == 1
    assert "信用できません" in third.stderr

    (to / "position").write_text(f"{services.live.position + 5}\n")
    fourth = followed(feed.url, to, key)
    assert fourth.exit_code == 1
    assert "信用できません" in fourth.stderr


def test_the_command_outlives_restarts_of_the_server(
    services: AppState, place: LogPlace, tmp_path: Path
) -> None:
    # Given a newsroom that follows with the key
    port, to = free_port(), tmp_path / "news"
    settings = settings_with(None, port=port)
    address = f"http://127.0.0.1:{port}/v1/elections/house50"
    sequencer = SequencingThread(services.log, place)
    sequencer.start()
    process = started("follow", address, "--to", to, "--key", str(key_of(place)))
    try:
        # When the server restarts, and postings come while it is away as well
        with serve_in_background(services, settings):
            last = services.log.writer.post(*posting("note-while-up", b.NOTE)).position
            wait_for(to, last, process)
        services.log.writer.post(*posting("note-while-down", b.NOTE))
        with serve_in_background(services, settings):
            wait_for(to, services.log.reader.last_position(), process)
    finally:
        process.terminate()
        out, error = process.communicate(timeout=120)
        sequencer.stop()

    # Then it told every position once, in order, and all of it was vouched for
    told = [json.loads(line)["position"] for line in out.splitlines()]
    assert told == sorted(set(told))
    assert told[-1] == services.log.reader.last_position()
    assert "確かめられていません" not in error


def wait_for(to: Path, position: int, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 200
    while time.monotonic() < end:
        assert process.poll() is None, process.communicate()
        if (to / "position").exists() and int((to / "position").read_text()) >= position:
            return
        time.sleep(0.05)
    raise AssertionError(f"position {position} was not reached")
