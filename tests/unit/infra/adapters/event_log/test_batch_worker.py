import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future

import pytest

from infra.adapters.event_log import log_writer
from infra.adapters.event_log.log_errors import LogClosed, LogUnavailable
from infra.adapters.event_log.log_writer import BatchWorker


class Scribe:
    """Notes the groups it is given; its first answer waits until it is let go."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.begun = threading.Event()
        self.go = threading.Event()

    def answer(self, group: list[int]) -> Sequence[int | Exception]:
        self.groups.append(group)
        self.begun.set()
        self.go.wait(60)
        return [number * 2 if number >= 0 else ValueError(number) for number in group]


@pytest.fixture
def scribe() -> Scribe:
    return Scribe()


def _while_busy(
    scribe: Scribe, thread: BatchWorker[int, int], *numbers: int
) -> list["Future[int]"]:
    """Submit while the thread is busy with a first request, 0."""
    thread.submit(0)
    scribe.begun.wait(60)
    return [thread.submit(number) for number in numbers]


def test_whoever_waits_is_answered_together_and_in_order(scribe: Scribe) -> None:
    thread = BatchWorker(scribe.answer, name="test")
    waiting = _while_busy(scribe, thread, 1, 2, 3)
    scribe.go.set()
    assert [future.result(60) for future in waiting] == [2, 4, 6]
    assert scribe.groups == [[0], [1, 2, 3]]
    thread.close()


def test_a_group_has_a_limit(scribe: Scribe) -> None:
    thread = BatchWorker(scribe.answer, name="test", group_max=2)
    waiting = _while_busy(scribe, thread, 1, 2, 3)
    scribe.go.set()
    assert [future.result(60) for future in waiting] == [2, 4, 6]
    assert scribe.groups == [[0], [1, 2], [3]]
    thread.close()


def test_what_is_handed_over_together_is_answered_together(scribe: Scribe) -> None:
    thread = BatchWorker(scribe.answer, name="test")
    thread.submit(0)
    scribe.begun.wait(60)
    senders: list[Future[int]] = [Future() for _ in range(3)]
    thread.submit_all([(number, sender) for number, sender in zip((1, 2, 3), senders, strict=True)])
    scribe.go.set()
    assert [sender.result(60) for sender in senders] == [2, 4, 6]
    assert scribe.groups == [[0], [1, 2, 3]]
    thread.close()


def test_of_too_many_handed_over_together_none_is_taken(
    scribe: Scribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_writer, "WAITING_MAX", 2)
    thread = BatchWorker(scribe.answer, name="test")
    thread.submit(0)
    scribe.begun.wait(60)
    with pytest.raises(LogUnavailable, match="waiting"):
        thread.submit_all([(number, Future()) for number in range(3)])
    scribe.go.set()
    thread.close()
    assert scribe.groups == [[0]]


def test_an_exception_among_the_answers_goes_to_its_sender_alone(scribe: Scribe) -> None:
    thread = BatchWorker(scribe.answer, name="test")
    good, bad, better = _while_busy(scribe, thread, 1, -2, 3)
    scribe.go.set()
    assert (good.result(60), better.result(60)) == (2, 6)
    with pytest.raises(ValueError, match="-2"):
        bad.result(60)
    thread.close()


def test_an_exception_of_the_whole_group_goes_to_everyone_and_the_thread_lives_on() -> None:
    calls: list[int] = []

    def answer(group: list[int]) -> Sequence[int | Exception]:
        calls.append(len(group))
        if len(calls) == 1:
            raise LogUnavailable("away")
        return group

    thread = BatchWorker(answer, name="test")
    with pytest.raises(LogUnavailable):
        thread.submit(1).result(60)
    assert thread.submit(2).result(60) == 2
    thread.close()


def test_a_request_withdrawn_while_it_waits_is_not_answered(scribe: Scribe) -> None:
    thread = BatchWorker(scribe.answer, name="test")
    withdrawn, kept = _while_busy(scribe, thread, 1, 2)
    assert withdrawn.cancel()
    scribe.go.set()
    assert kept.result(60) == 4
    with pytest.raises(CancelledError):
        withdrawn.result(60)
    assert scribe.groups == [[0], [2]]
    thread.close()


def test_closing_answers_who_waits_and_takes_nothing_more(scribe: Scribe) -> None:
    thread = BatchWorker(scribe.answer, name="test")
    waiting = _while_busy(scribe, thread, 1)
    scribe.go.set()
    thread.close()
    thread.close()
    assert waiting[0].result(0) == 2
    with pytest.raises(LogClosed):
        thread.submit(2)


def test_too_many_waiting_are_turned_away_at_once(
    scribe: Scribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_writer, "WAITING_MAX", 2)
    thread = BatchWorker(scribe.answer, name="test")
    _while_busy(scribe, thread, 1, 2)
    with pytest.raises(LogUnavailable):
        thread.submit(3)
    scribe.go.set()
    thread.close()
