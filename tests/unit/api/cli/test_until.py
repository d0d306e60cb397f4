"""A service ends when it is told to, at whatever moment, with what it had in hand finished."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from api.cli.common.signals import run_until_signal

_TOLD_AGAIN = 200


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Whoever was told before is told again afterwards."""
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_what_is_in_hand_is_finished(how: signal.Signals) -> None:
    stopped = threading.Event()
    done = []

    def run() -> None:
        os.kill(os.getpid(), how)
        done.append(stopped.wait(timeout=60))

    run_until_signal(run, stopped.set)

    assert done == [True]


def test_being_told_many_times_while_it_begins_and_ends_changes_nothing() -> None:
    stopped = threading.Event()

    def run() -> None:
        for _ in range(_TOLD_AGAIN):
            os.kill(os.getpid(), signal.SIGTERM)
        stopped.wait(timeout=60)

    run_until_signal(run, stopped.set)

    assert stopped.is_set()


def test_what_ends_by_itself_is_not_waited_for() -> None:
    stopped: list[bool] = []

    run_until_signal(lambda: None, lambda: stopped.append(True))

    assert stopped == [True]


def test_what_it_failed_of_is_said_to_whoever_started_it() -> None:
    def run() -> None:
        raise ValueError("台帳がありません")

    with pytest.raises(ValueError, match="台帳がありません"):
        run_until_signal(run, lambda: None)
