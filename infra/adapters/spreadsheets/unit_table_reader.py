"""Asking a published table for one unit, in a process of its own as every upload is read."""

import sys

import msgspec

from infra.adapters.spreadsheets.least_urgent import limit_process, run_apart
from projections.office_tables.unit_question import UnitQuestion, UnitTableFigures, answer


def ask_apart(question: UnitQuestion) -> UnitTableFigures:
    """What a table says of a unit; nothing when that takes more than a table may take."""
    done = run_apart([__name__], msgspec.json.encode(question))
    if done is None or done.returncode:
        return UnitTableFigures((), ())
    return msgspec.json.decode(done.stdout, type=UnitTableFigures)


def _main() -> None:
    limit_process()
    question = msgspec.json.decode(sys.stdin.buffer.read(), type=UnitQuestion)
    sys.stdout.buffer.write(msgspec.json.encode(answer(question)))


if __name__ == "__main__":
    _main()
