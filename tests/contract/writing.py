"""What one of several writer processes does; started by `test_many_processes`."""

import random
import sys

from aggregates.errors import Refusal
from infra.adapters.event_log import Log, Receipt
from infra.adapters.postgres.schemas import LogName
from tests import builders as b
from tests.support.budgets import examples
from tests.support.posting import posting

ROUNDS = examples(15)


def write(conninfo: str, units: list[str], writer: int) -> None:
    """Post interims and finals for every unit against all the other writers.

    Prints a line per posting: the id, then the position or the code of the refusal.
    """
    source = random.Random(writer)
    with Log(conninfo, LogName("house50", "rehearsal")) as log:
        for round_number in range(ROUNDS):
            waiting = {}
            for unit in source.sample(units, len(units)):
                own = round_number * 10
                final = round_number == ROUNDS - 1
                sheet = b.sheet({b.A: own, b.B: own})
                submission_id = f"writer-{writer}/{round_number}/{unit}"
                command = b.tally(sheet, unit_code=unit, final=final)
                waiting[submission_id] = log.writer.submit(*posting(submission_id, command))
            for submission_id, future in waiting.items():
                print(submission_id, _outcome(future.exception() or future.result()))


def _outcome(outcome: BaseException | Receipt) -> str:
    if isinstance(outcome, Receipt):
        return str(outcome.position)
    if isinstance(outcome, Refusal):
        return outcome.code
    raise outcome


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2].split(","), int(sys.argv[3]))
