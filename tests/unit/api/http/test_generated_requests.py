"""Generated requests: none fails, and none records what it was not told to have recorded.

`python -m tests.fuzz` asks a hundred thousand of them.
"""

import pytest

from api.cli.common.server import open_app_state
from infra.adapters.event_log import Log
from tests import builders as b
from tests.fuzz.fuzz_server import fuzz
from tests.support.posting import record

NUMBER = 300


@pytest.mark.parametrize("counting", [False, True], ids=["empty", "counting"])
def test_no_generated_request_fails(log: Log, *, counting: bool) -> None:
    if counting:
        record(log, *b.DISTRICT)
    with open_app_state(log) as services:
        outcome = fuzz(services, 3, NUMBER)

    assert outcome.faults == []
    assert outcome.statuses.total() == NUMBER
    assert outcome.statuses[201] > 0, "nothing generated is ever taken"
