"""The transparency log in the published tree: a mirror that verifies by itself, at any moment."""

import base64
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from infra.adapters.event_log import Log
from infra.services.auditing.sources.open_source import NothingToVerify, open_source
from infra.services.auditing.verification import verify
from infra.services.auditing.verification_result import VerificationResult
from infra.services.publishing.publisher import PublishedElsewhere, Publisher
from infra.services.publishing.tlog_mirror import HistoryForked
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.sequencing_service import Sequencing, SequencingThread
from tests import builders as b
from tests.support.posting import record
from tests.unit.infra.services.sequencing.logs import key_of, place_of

BASE = "v1/elections/house50"
INTERRUPTIONS = 4


@pytest.fixture
def place(log: Log, tmp_path: Path) -> LogPlace:
    """An election that counts, all of it in the transparency log."""
    record(log, *b.DISTRICT, b.tally(b.sheet({b.A: 60, b.B: 40})))
    found = place_of(log, tmp_path / "data")
    grow(log, found)
    return found


def grow(log: Log, place: LogPlace) -> None:
    sequencing = Sequencing(log, place)
    sequencing.catch_up()
    sequencing.close()


def verified(tree: Path, place: LogPlace, base: str = BASE) -> VerificationResult:
    with open_source(str(tree / base)) as source:
        return verify(source, key=key_of(place))


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_published_folder_verifies_with_every_document(
    log: Log, place: LogPlace, tmp_path: Path
) -> None:
    publisher = Publisher(log, tmp_path / "tree", place.public)

    position = publisher.catch_up()

    found = verified(tmp_path / "tree", place)
    whole = verified(tmp_path / "tree", place, base="")
    assert (whole.root, whole.documents) == (found.root, found.documents)
    assert found.size == position == log.reader.last_position()
    assert found.documents == len({p for p in (tmp_path / "tree").rglob("*@*.json")
                                   if not p.name.endswith(".nist.json")})  # fmt: skip
    for name in ("checkpoint", "checkpoints", "key", "status.json"):
        carried = (tmp_path / "tree" / BASE / "log" / name).read_bytes()
        assert carried == (place.public / name).read_bytes()


def test_of_several_elections_in_one_folder_each_is_named(
    log: Log, place: LogPlace, tmp_path: Path
) -> None:
    tree = tmp_path / "tree"
    Publisher(log, tree, place.public).catch_up()
    shutil.copytree(tree / BASE, tree / "v1/elections/upper27")

    with pytest.raises(NothingToVerify, match=r"2 件.*/house50、.*/upper27$"):
        verified(tree, place, base="")
    with pytest.raises(NothingToVerify, match="公開された記録はありません"):
        verified(tree, place, base="v1/elections/house50/contests")


def test_it_verifies_at_every_moment_while_postings_come(
    log: Log, place: LogPlace, tmp_path: Path
) -> None:
    # Given a folder that is published while centres post and the log grows
    tree = tmp_path / "tree"
    publisher = Publisher(log, tree, place.public)
    publisher.catch_up()
    sequencer = SequencingThread(log, place)
    sequencer.start()
    threads = [
        threading.Thread(target=publisher.watch),
        threading.Thread(target=lambda: record(log, *[b.NOTE] * 150)),
    ]
    for thread in threads:
        thread.start()
    # When somebody verifies it again and again
    sizes: list[int] = []
    try:
        while not sizes or sizes[-1] < log.reader.last_position():
            sizes.append(verified(tree, place).size)
    finally:
        publisher.stop()
        for thread in threads:
            thread.join()
        sequencer.stop()

    # Then it was right each time, and never went back
    assert sizes == sorted(sizes)


def test_results_do_not_wait_for_a_log_that_fell_silent(
    log: Log, place: LogPlace, tmp_path: Path
) -> None:
    tree = tmp_path / "tree"
    Publisher(log, tree, place.public).catch_up()
    before = verified(tree, place).size
    record(log, b.NOTE)
    publisher = Publisher(log, tree, place.public, checkpoint_wait_seconds=0.0)

    # When postings come that no checkpoint vouches for, they are published all the same
    assert publisher.catch_up() == log.reader.last_position() > before
    # and what is vouched for still verifies
    assert verified(tree, place).size == before

    # When the log goes on, so does the mirror
    record(log, b.NOTE)
    grow(log, place)
    assert publisher.catch_up() == verified(tree, place).size == log.reader.last_position()


def test_nothing_is_published_beside_a_checkpoint_with_another_root(
    log: Log, place: LogPlace, tmp_path: Path
) -> None:
    path = place.public / "checkpoint"
    publisher = Publisher(log, tmp_path / "tree", place.public, checkpoint_wait_seconds=0.0)
    position = publisher.catch_up()
    record(log, b.NOTE)
    origin, size, _, *signatures = path.read_text().split("\n")
    other = base64.b64encode(bytes(32)).decode()
    path.write_text("\n".join([origin, size, other, *signatures]))

    # Whether results wait for the next checkpoint or not
    with pytest.raises(PublishedElsewhere, match="食い違って"):
        publisher.publish()
    assert publisher.position == position


def test_results_wait_a_moment_for_their_checkpoint(
    log: Log, place: LogPlace, tmp_path: Path
) -> None:
    publisher = Publisher(log, tmp_path / "tree", place.public, checkpoint_wait_seconds=60.0)
    position = publisher.catch_up()
    record(log, b.NOTE)

    assert publisher.publish() == position
    grow(log, place)
    assert publisher.publish() == log.reader.last_position() == position + 1


@contextmanager
def disk_fills(monkeypatch: pytest.MonkeyPatch, after: int) -> Iterator[None]:
    """After so many files nothing more can be written: the run ends there."""
    done = 0
    replace = os.replace

    def fail_or_replace(source: str, target: str) -> None:
        nonlocal done
        done += 1
        if done > after:
            raise OSError("no space left")
        replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", fail_or_replace)
        with pytest.raises(OSError, match="no space left"):
            yield


def test_whatever_an_interrupted_run_leaves_the_next_one_repairs(
    log: Log, place: LogPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given what an undisturbed run writes
    first = log.reader.last_position()
    whole = tmp_path / "whole"
    Publisher(log, whole, place.public).catch_up()
    record(log, b.correction(b.sheet({b.A: 61, b.B: 39})))
    grow(log, place)
    Publisher(log, whole, place.public).catch_up()
    expected = files(whole)
    renames = sum(1 for _ in expected)

    random = Random(3)
    for number in range(INTERRUPTIONS):
        # When a run is interrupted anywhere
        tree = tmp_path / f"tree-{number}"
        with disk_fills(monkeypatch, random.randrange(renames * 3 // 4)):
            Publisher(log, tree, place.public).catch_up()
        # Then a checkpoint names nothing that is not there
        if (tree / BASE / "log" / "checkpoints").exists():
            assert verified(tree, place).size >= first
        # and the next run ends with what an undisturbed one has
        Publisher(log, tree, place.public).catch_up()
        found = files(tree)
        assert found == {path: body for path, body in expected.items() if path in found}
        assert verified(tree, place).size == log.reader.last_position()


@pytest.mark.parametrize("ending", ["", ".br", ".gz", ".sha256"])
def test_a_file_that_lost_its_bytes_is_written_again(
    log: Log, place: LogPlace, tmp_path: Path, ending: str
) -> None:
    Publisher(log, tmp_path / "tree", place.public).catch_up()
    before = files(tmp_path / "tree")
    version = max((tmp_path / "tree" / BASE).glob("national@*[0-9].json")).name
    (tmp_path / "tree" / BASE / f"{version}{ending}").write_bytes(b"")

    Publisher(log, tmp_path / "tree", place.public).catch_up()

    assert files(tmp_path / "tree") == before


def test_checkpoints_of_another_course_are_refused(
    log: Log, place: LogPlace, tmp_path: Path
) -> None:
    Publisher(log, tmp_path / "tree", place.public).catch_up()
    history = tmp_path / "tree" / BASE / "log" / "checkpoints"
    history.write_bytes(history.read_bytes().replace(b"A", b"B", 1))

    with pytest.raises(HistoryForked):
        Publisher(log, tmp_path / "tree", place.public).catch_up()


def test_a_checkpoint_that_contradicts_the_record_is_not_published(
    log: Log, place: LogPlace, tmp_path: Path
) -> None:
    note = (place.public / "checkpoint").read_bytes()
    origin, size, root, rest = note.split(b"\n", 3)
    forged = b"\n".join([origin, size, root[::-1].replace(b"=", b"") + b"=", rest])
    (place.public / "checkpoint").write_bytes(forged)

    with pytest.raises((PublishedElsewhere, ValueError)):
        Publisher(log, tmp_path / "tree", place.public).catch_up()
    assert not (tmp_path / "tree" / BASE / "log" / "checkpoint").exists()
