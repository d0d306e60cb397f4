"""Receipts and envelopes as this side writes them, kept for the tests of the browser's side.

`KAIHYO_UPDATE_GOLDEN=1 pytest tests/unit/infra/protocols/test_browser_vectors.py` writes them anew.
"""

import json
import os
from pathlib import Path

from infra.protocols.tlog.checkpoint import Checkpoint, sign_checkpoint
from infra.protocols.tlog.inclusion_receipt import make_receipt
from tests.unit.infra.protocols.trees import ORIGIN, entry, grown, log_signer, root_between

KEPT = Path(__file__).parents[3] / "golden" / "log_proofs.json"
SIZES = {1: [0], 2: [0, 1], 7: [0, 3, 6], 300: [0, 1, 255, 256, 299]}


def vectors() -> dict[str, object]:
    """The key of a log, and for trees of several sizes a checkpoint and receipts of entries."""
    log = log_signer()
    trees = []
    for size, numbers in SIZES.items():
        note = sign_checkpoint(Checkpoint(ORIGIN, size, root_between(0, size)), log)
        tiles, _ = grown(size)
        receipts = [
            {
                "index": n,
                "entry": entry(n).decode(),
                "receipt": make_receipt(n, size, note, tiles).encode().decode(),
            }
            for n in numbers
        ]
        trees.append({"size": size, "checkpoint": note.decode(), "receipts": receipts})
    return {"key": str(log.verifier), "origin": ORIGIN, "trees": trees}


def test_the_browsers_tests_read_what_this_side_writes() -> None:
    written = json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("KAIHYO_UPDATE_GOLDEN"):
        KEPT.write_text(written, encoding="utf-8")
    assert KEPT.read_text(encoding="utf-8") == written
