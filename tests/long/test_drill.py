"""The core of the drill: half the read nodes, no monitoring, and nobody comes back."""

from pathlib import Path

import pytest

from infra.adapters.postgres.embedded import let_pass
from tests.deployment.drill import Drill
from tests.deployment.images import lacking

pytestmark = pytest.mark.kafka


def test_readers_notice_nothing_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    if lack := lacking():
        pytest.skip(lack)
    let_pass(tmp_path / "deployment")
    drill = Drill(tmp_path / "deployment")
    try:
        drill.start(without=("node3", "node4", "results", "prometheus"))
        drill.define()
        with drill.night():
            drill.require_alike(("node1", "node2"))
            drill.lose("writer1", "kafka1", "node1")
            drill.lose_primary(still=("writer2", "tiles", "relay", "sequencer"))
        drill.require_alike(("node2", "writer2"))
        drill.require_recorded(drill.offices.receipts)
        drill.require_vouched()
        drill.end_all()
    finally:
        drill.close()
