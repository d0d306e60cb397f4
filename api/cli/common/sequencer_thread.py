"""The transparency log of a running command: grown beside the server, refused with a sentence."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.cli.common.console import ERRORS, fail
from infra.adapters.event_log.event_log import Log
from infra.protocols.protocol_errors import FolderTaken, PolicyMalformed, StartRefused
from infra.protocols.tlog.policy import Policy
from infra.runtime.settings import Settings
from infra.runtime.system_faults import describe_fault
from infra.services.queries.live_read_model import LiveReadModel
from infra.services.sequencing.log_key import LogKeyUnusable
from infra.services.sequencing.log_location import STATUS, LogPlace
from infra.services.sequencing.sequencer import KnownRoot
from infra.services.sequencing.sequencing_service import Sequencing, SequencingThread
from infra.services.sequencing.sequencing_status import read_published_size

_PUBLISHED_SECONDS_MAX = 60.0
_LOOK_SECONDS = 0.1


@contextmanager
def refusals() -> Iterator[None]:
    """Say in a sentence why a log cannot be sequenced.

    Raises:
        typer.Exit: With code 1.
    """
    try:
        yield
    except StartRefused as error:
        raise fail(
            f"公開済みのチェックポイントと記録が合わないため、始められません（{error}）。"
            "古いバックアップから戻した場合は、続きのある新しいものに戻してください。"
            "公開済みの記録を短くしたり書き換えたりすることはできません。"
        ) from error
    except LogKeyUnusable as error:
        raise fail(f"記録の署名鍵が使えません（{error}）。") from error
    except FolderTaken as error:
        raise fail(f"この記録は別の処理が順序付けています（{error}）。") from error
    except (OSError, PolicyMalformed, ValueError) as error:
        raise fail(f"透明性ログを始められません（{describe_fault(error)}）。") from error


def read_policy(settings: Settings, given: Path | None = None) -> Policy | None:
    """The witnesses to ask, as the option or the setting says.

    Raises:
        OSError: The file cannot be read.
        PolicyMalformed: It is no policy.
    """
    path = given or settings.witness_policy
    return None if path is None else Policy.parse(path.read_text(encoding="utf-8"))


@contextmanager
def run_sequencer(
    log: Log, settings: Settings, known_root: KnownRoot | None = None
) -> Iterator[Path]:
    """Grow the transparency log in a thread while something is served; gives its public folder.

    Another process may do it already: then this one only serves what that one publishes.
    """
    place = LogPlace.of(settings, log.name)
    with refusals():
        policy = read_policy(settings)
        try:
            thread = SequencingThread(log, place, policy=policy, known_root=known_root)
        except FolderTaken:
            ERRORS.print("透明性ログは別の処理が順序付けています。")
            yield place.public
            return
    thread.start()
    try:
        yield place.public
    finally:
        thread.stop()


@contextmanager
def public_log(
    log: Log, settings: Settings, live: LiveReadModel, *, sequence: bool
) -> Iterator[Path]:
    """The public folder of the transparency log, grown here or by another process."""
    if sequence:
        with run_sequencer(log, settings, known_root=live.known_root) as public:
            yield public
    else:
        yield LogPlace.of(settings, log.name).public


def wait_until_published(public: Path, position: int) -> None:
    """Wait until a checkpoint covers a position.

    Raises:
        typer.Exit: With code 1 after a while.
    """
    end = time.monotonic() + _PUBLISHED_SECONDS_MAX
    while read_published_size(public) < position:
        if time.monotonic() > end:
            raise fail(f"透明性ログが記録に追いつきません。{public / STATUS} を確かめてください。")
        time.sleep(_LOOK_SECONDS)


def sequence_now(log: Log, settings: Settings) -> Path:
    """Take all that is recorded into the transparency log at once; gives its public folder."""
    place = LogPlace.of(settings, log.name)
    with refusals():
        sequencing = Sequencing(log, place, policy=read_policy(settings))
    try:
        sequencing.catch_up()
    finally:
        sequencing.close()
    return place.public
