"""The short fingerprint of a key: the same digits here and on the pages (tests/javascript)."""

import json
from pathlib import Path

from aggregates.election.key import short_fingerprint

VECTORS = Path(__file__).parents[2] / "support" / "key_fingerprints.json"


def test_a_key_reads_the_same_aloud_as_on_the_pages() -> None:
    vectors: dict[str, str] = json.loads(VECTORS.read_text(encoding="utf-8"))

    assert {keyid: short_fingerprint(keyid) for keyid in vectors} == vectors
    assert all(len(each.replace(" ", "")) == 12 for each in vectors.values())
