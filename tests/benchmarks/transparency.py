"""How fast the transparency log hashes, signs and verifies.

Run it with `python -m tests.benchmarks.transparency`.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.protocols.signed_note.keys import PrivateKey, fingerprint
from infra.protocols.tlog.tiles import Growth
from infra.services.signing import envelope as dsse
from tests.unit.infra.services.sequencing.tlog_logs import StoredLog

ENTRIES = 200_000
ENTRY_BYTES = 400
BATCH = 16_384
SIGNATURES = 5_000


def per_second(count: int, work: Callable[[], object]) -> int:
    """How many of so many are done in a second."""
    begun = time.perf_counter()
    work()
    return round(count / (time.perf_counter() - begun))


def measures() -> dict[str, int]:
    """Every measure by its name."""
    key = PrivateKey(os.urandom(32))
    keys = {fingerprint(key.public): key.public}
    kind = dsse.payload_type("tally")
    body = b'{"votes":[%b]}' % b",".join(b"%d" % (n * 1000) for n in range(40))
    envelope = dsse.sign_envelope(kind, body, [key])
    message, signature = body, key.sign(body)
    items = [os.urandom(ENTRY_BYTES) for _ in range(ENTRIES)]
    return {
        "entries hashed into tiles per second": per_second(ENTRIES, lambda: _hash(items)),
        "entries sequenced to disk per second": _sequenced(items),
        "signatures verified per second": per_second(
            SIGNATURES, lambda: [key.public.fits(message, signature) for _ in range(SIGNATURES)]
        ),
        "envelopes opened per second": per_second(
            SIGNATURES,
            lambda: [dsse.open_envelope(envelope, keys, kind) for _ in range(SIGNATURES)],
        ),
    }


def _hash(items: list[bytes]) -> None:
    growth = Growth()
    for start in range(0, len(items), BATCH):
        growth.add(items[start : start + BATCH])


def _sequenced(items: list[bytes]) -> int:
    """With everything: tiles synced, checked again, signed, published."""
    with TemporaryDirectory() as folder:
        stored = StoredLog(Path(folder))
        sequencer = stored.start()
        stored.source.all = items
        rate = per_second(len(items), lambda: _drain(sequencer.step))
        stored.close()
    return rate


def _drain(step: Callable[[], int]) -> None:
    while step():
        pass


if __name__ == "__main__":
    for name, value in measures().items():
        print(f"{value:>10,}  {name}")
