"""A signed election on a real log: founders, a prefecture, a centre with an approved key."""

import pytest

from infra.adapters.event_log import Log
from tests.unit.infra.services.signing.signed_log import SignedLog, prepared


@pytest.fixture
def signed(log: Log) -> SignedLog:
    """Counting is open; `centre-13101` may post with its key `centre-a`."""
    return prepared(log)
