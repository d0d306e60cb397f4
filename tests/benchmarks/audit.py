"""Verifying a whole national night, signed, beside the bare signature checks of as many signatures.

`python -m tests.benchmarks.audit`; exit 1 when a bar is missed. Both use every core, and take turns
so that neither has the quieter minutes.
"""

import multiprocessing
import os
import resource
import secrets
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

import msgspec

from aggregates.base import Envelope
from infra.adapters.event_log import Log
from infra.adapters.postgres.embedded import server
from infra.adapters.postgres.schemas import LogName
from infra.protocols.signed_note.encoding import from_base64
from infra.protocols.signed_note.keys import PublicKey
from infra.protocols.tlog.tiles import Growth
from infra.runtime.clock import SystemClock
from infra.runtime.settings import Settings
from infra.services.auditing.bundle_writer import export
from infra.services.auditing.decision_replay import replay_decisions
from infra.services.auditing.envelope_audit import collect_keys
from infra.services.auditing.head_audit import read_head, read_key
from infra.services.auditing.history_replay import decode_entries
from infra.services.auditing.log_entries import split_entries
from infra.services.auditing.sources.audit_source import silent
from infra.services.auditing.sources.folder_source import BundleSource
from infra.services.auditing.time_bounds import TimeBounds
from infra.services.auditing.tree_audit import read_tree
from infra.services.auditing.verification import verify
from infra.services.auditing.verification_result import VerificationResult
from infra.services.rehearsal import national_night, play
from infra.services.rehearsal.submission_pipeline import Pipeline
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.sequencing_service import Sequencing
from infra.services.signing.envelope import pae
from infra.services.signing.simulated_offices import SEED_BYTES, SimulatedOffices

REPEATS = 3
ENTRIES_MIN = 100_000
VERIFY_BAR = 0.5
HASHING_BAR = 200_000
_BATCH = 16_384
_CHUNK = 2048
_AHEAD, _AT_ONCE = 500, 250


class Check(NamedTuple):
    """One signature to be checked."""

    key: bytes
    message: bytes
    signature: bytes


class _Provenance(msgspec.Struct):
    envelope: Envelope


class _Signed(msgspec.Struct):
    provenance: _Provenance


def record_night(data: Path, out: Path) -> int:
    """Play the whole nation, signed, into a log; export its bundle; give sequenced entries/s."""
    settings = Settings(data=data)
    with server(data) as conninfo, Log(conninfo, LogName("rehearsal", "rehearsal")) as log:
        with Pipeline(log.writer, _AHEAD, _AT_ONCE) as pipeline:
            play(
                national_night(),
                SimulatedOffices(secrets.token_bytes(SEED_BYTES), pipeline.take).post,
            )
        place = LogPlace.of(settings, log.name)
        sequencing = Sequencing(log, place)
        begun = perf_counter()
        size = sequencing.catch_up().size
        seconds = perf_counter() - begun
        sequencing.close()
        export(log, place.public, out)
    return round(size / seconds)


def entries_of(bundle: Path) -> list[bytes]:
    source = BundleSource(bundle)
    return read_tree(source, read_head(source, read_key(source, None), None), silent)


def checks_of(entries: Sequence[bytes]) -> list[Check]:
    """Every signature of the night, once, ready to be checked."""
    found: list[Check] = []
    taken_apart = split_entries(entries)
    keys = collect_keys(taken_apart)
    last = None
    for entry in taken_apart:
        envelope = msgspec.json.decode(entry.state, type=_Signed).provenance.envelope
        if envelope != last:
            message = pae(envelope.payload_type, from_base64(envelope.payload))
            found += [
                Check(keys[each.keyid].data, message, from_base64(each.sig))
                for each in envelope.signatures
            ]
            last = envelope
    return found


_checks: list[Check] = []


def _adopt(checks: list[Check]) -> None:
    _checks[:] = checks


def _check(at: int) -> int:
    keys: dict[bytes, PublicKey] = {}
    fitting = 0
    for key, message, signature in _checks[at : at + _CHUNK]:
        if key not in keys:
            keys[key] = PublicKey(key)
        fitting += keys[key].fits(message, signature)
    return fitting


class Cost(NamedTuple):
    """What something took.

    Attributes:
        seconds: From its beginning to its end.
        processor: Seconds of all cores together; other work on the machine disturbs it less.
    """

    seconds: float
    processor: float


def _spent() -> Cost:
    own, ended = (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    processor = own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
    return Cost(perf_counter(), processor)


def _cost(begun: Cost) -> Cost:
    now = _spent()
    return Cost(now.seconds - begun.seconds, now.processor - begun.processor)


def raw_cost(checks: list[Check]) -> Cost:
    """Nothing but signature checks, on every core."""
    begun = _spent()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(os.cpu_count(), context, _adopt, (checks,)) as pool:
        fitting = sum(pool.map(_check, range(0, len(checks), _CHUNK)))
    cost = _cost(begun)
    if fitting != len(checks):
        raise SystemExit(f"{fitting} of {len(checks)} signatures fit")
    return cost


def verify_cost(bundle: Path) -> tuple[Cost, VerificationResult]:
    """The whole check of the bundle."""
    begun = _spent()
    found = verify(BundleSource(bundle))
    return _cost(begun), found


def decisions_cost(entries: Sequence[bytes]) -> tuple[Cost, Cost]:
    """Making every decision again, and reading the same events without deciding anything."""
    taken_apart = split_entries(entries)
    begun = _spent()
    replay_decisions(taken_apart, TimeBounds(SystemClock().now(), ()))
    decisions = _cost(begun)
    begun = _spent()
    decode_entries(taken_apart)
    return decisions, _cost(begun)


def hashing_per_second(entries: Sequence[bytes]) -> float:
    """Entries hashed into tiles, as the sequencer does it."""
    begun = perf_counter()
    growth = Growth()
    for start in range(0, len(entries), _BATCH):
        growth.add(entries[start : start + _BATCH])
    return len(entries) / (perf_counter() - begun)


def main() -> int:
    """Measure and print."""
    with TemporaryDirectory() as folder:
        bundle = Path(folder) / "bundle"
        sequenced = record_night(Path(folder) / "data", bundle)
        entries = entries_of(bundle)
        checks = checks_of(entries)
        hashing = median(hashing_per_second(entries) for _ in range(REPEATS))
        raw, whole, beyond = [], [], []
        for _ in range(REPEATS):
            raw.append(raw_cost(checks))
            cost, found = verify_cost(bundle)
            whole.append(cost)
            decisions, decoding = decisions_cost(entries)
            believed = cost.processor - decisions.processor + decoding.processor
            beyond.append(cost.processor / believed)
    bare_seconds = median(cost.seconds for cost in raw)
    verify_seconds = median(cost.seconds for cost in whole)
    ratio = bare_seconds / verify_seconds
    processor = median(cost.processor for cost in raw) / median(cost.processor for cost in whole)
    average = sum(map(len, entries)) / len(entries)
    print(f"entries of the night                               {len(entries):10,}")
    print(f"bytes of an entry                                  {average:10,.0f}")
    print(f"signatures                                         {found.signatures:10,}")
    print(f"documents compared to the byte                     {found.documents:10,}")
    print(f"verify everything, seconds                         {verify_seconds:10.2f}")
    print(f"the same number of bare signature checks, seconds  {bare_seconds:10.2f}")
    print(f"sequenced from the database to disk, entries/s     {sequenced:10,}")
    print(f"the same ratio in seconds of processors            {processor:10.2f}")
    print(f"with all decisions / reading them, of processors   {median(beyond):10.2f}")
    print(f"bare / verify: {ratio:.2f} (bar {VERIFY_BAR})")
    print(f"hashing and tiles: {hashing:,.0f} entries/s (bar {HASHING_BAR:,})")
    held = ratio >= VERIFY_BAR and hashing >= HASHING_BAR and len(entries) >= ENTRIES_MIN
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
