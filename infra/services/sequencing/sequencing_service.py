"""The sequencer of one log, at work on its rows.

It runs inside the server as a thread, or as the process `kaihyo sequence`. The folder's lock and
the swapped row see to it that there is never more than one.
"""

import threading
from typing import Final

import psycopg
import structlog

from infra.adapters.event_log.event_log import Log
from infra.adapters.filesystem.tile_files import FileMemory
from infra.adapters.postgres.tree_rows import PostgresRows
from infra.protocols.protocol_errors import FolderTaken, RootsDiffer, SequencerEnded, StartRefused
from infra.protocols.signed_note.note import Signer, Verifier
from infra.protocols.tlog.checkpoint import Checkpoint
from infra.protocols.tlog.policy import Policy
from infra.runtime.clock import Clock, SystemClock
from infra.services.sequencing.log_key import load_key, make_key
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.public_folder import PublicFolder
from infra.services.sequencing.sequencer import (
    BATCH_MAX,
    STEP_SECONDS,
    KnownRoot,
    Parts,
    Sequencer,
)
from infra.services.sequencing.sequencing_status import State, Status
from infra.services.sequencing.tree_entries import LogEntries
from infra.services.sequencing.witness_client import Witnesses, WitnessQuorum

RETRY_SECONDS: Final = 1.0

_log = structlog.get_logger(__name__)


class Sequencing:
    """One sequencer on one log; made again after any failure.

    Args:
        log: The log.
        place: Where its files lie.
        policy: Witnesses to ask; None for none.
        clock: The time.
        known_root: Roots that something else read of this log; where they differ nothing is signed.

    Raises:
        FolderTaken: Another process sequences this log.
        StartRefused: What is stored contradicts what was signed or published.
        LogKeyUnusable: The private key is missing or not that of this log.
    """

    def __init__(
        self,
        log: Log,
        place: LogPlace,
        *,
        policy: Policy | None = None,
        clock: Clock | None = None,
        known_root: KnownRoot | None = None,
    ) -> None:
        self._place = place
        self._clock = clock or SystemClock()
        self._witnesses: Witnesses | None = None
        self._shown = 0
        self._folder = PublicFolder(place)
        try:
            rows = PostgresRows(log.conninfo, log.name.schema)
            signer = self._signer(rows)
            self._folder.show_key(signer.verifier)
            if policy is not None:
                self._witnesses = Witnesses(policy, signer.verifier, self._folder)
            memory = FileMemory(place.memory)
            parts = Parts(
                LogEntries(log.reader), rows, self._folder, memory, self._clock, known_root
            )
            cosigned = {} if self._witnesses is None else {"cosign": self._witnesses}
            self._sequencer = Sequencer.start(signer, parts, **cosigned)
        except BaseException:
            self._folder.close()
            raise
        self.verifier: Verifier = signer.verifier
        self._show("running")

    @property
    def checkpoint(self) -> Checkpoint:
        """What was published last."""
        return self._sequencer.checkpoint

    @property
    def quorum(self) -> WitnessQuorum:
        """Who attests it."""
        return WitnessQuorum() if self._witnesses is None else self._witnesses.quorum

    def step(self) -> int:
        """Take what is new into the log; give the number of new entries.

        Raises:
            SequencerEnded: Something failed; make a new one.
        """
        taken = self._sequencer.step()
        if self._folder.publications != self._shown:
            self._show("running")
        return taken

    def catch_up(self) -> Checkpoint:
        """Take all that is recorded into the log."""
        while self.step():
            continue
        return self.checkpoint

    def run(self, stop: threading.Event) -> None:
        """Step until asked to stop.

        Raises:
            SequencerEnded: Something failed; make a new one.
        """
        while not stop.is_set():
            if self.step() < BATCH_MAX:
                stop.wait(STEP_SECONDS)

    def close(self, state: State = "stopped", failure: str = "") -> None:
        """Say why it ends, and let another process sequence."""
        self._show(state, failure)
        self._folder.close()

    def _signer(self, rows: PostgresRows) -> Signer:
        """The key of the log; made only for a log that has never signed anything."""
        origin = self._place.origin
        is_new = rows.load(origin) is None and self._folder.checkpoint() is None
        if is_new and not self._place.secret.exists():
            return make_key(self._place.secret, origin)
        return load_key(self._place.secret, origin)

    def _show(self, state: State, failure: str = "") -> None:
        quorum = self.quorum
        status = Status(
            origin=self._place.origin,
            state=state,
            degraded=state != "running" or quorum.state == "missing",
            size=self.checkpoint.size,
            published_at=self._clock.now(),
            quorum=quorum,
            failure=failure,
        )
        try:
            self._folder.show_status(status.encode())
        except OSError as error:
            # A full disk stops the log for as long as it is full, and nothing depends on this.
            _log.warning("transparency.status", error=str(error))
        else:
            self._shown = self._folder.publications


class SequencingThread:
    """A sequencer that is made again after each failure that passes, beside a server.

    Args:
        log: The log.
        place: Where its files lie.
        policy: Witnesses to ask.
        known_root: See `Sequencing`.

    Raises:
        FolderTaken, StartRefused, LogKeyUnusable: See `Sequencing`.
    """

    def __init__(
        self,
        log: Log,
        place: LogPlace,
        *,
        policy: Policy | None = None,
        known_root: KnownRoot | None = None,
    ) -> None:
        self._known_root = known_root
        self._log = log
        self._place = place
        self._policy = policy
        self._sequencing: Sequencing | None = self._make()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sequencer", daemon=True)
        self.failure = ""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Take in what is recorded, then end."""
        self._stop.set()
        self._thread.join()
        if self._sequencing is None:
            return
        try:
            self._sequencing.catch_up()
        except SequencerEnded as error:
            self._sequencing.close("failed", str(error))
        else:
            self._sequencing.close()

    def _make(self) -> Sequencing:
        return Sequencing(self._log, self._place, policy=self._policy, known_root=self._known_root)

    def _run(self) -> None:
        while self._sequencing is not None and not self._stop.is_set():
            try:
                self._sequencing.run(self._stop)
            except SequencerEnded as error:
                self._fail(error)
                self._sequencing.close("failed", self.failure)
                if isinstance(error.__cause__, RootsDiffer):
                    # Signed once, it could not be taken back: a person has to look at the log.
                    self._sequencing = None
                    return
                self._sequencing = self._restart()

    def _restart(self) -> Sequencing | None:
        """A new sequencer as soon as what it stands on is there; None when it must not go on."""
        while not self._stop.wait(RETRY_SECONDS):
            try:
                made = self._make()
            except (psycopg.Error, OSError, FolderTaken) as error:
                self._fail(error)
            except StartRefused as error:
                self._fail(error)
                return None
            else:
                self.failure = ""
                return made
        return None

    def _fail(self, error: Exception) -> None:
        """Remember why, and say it when it is something new."""
        if self.failure != str(error):
            self.failure = str(error)
            _log.error("transparency.sequencer", error=self.failure)
