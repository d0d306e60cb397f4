"""Write docs/count-states.md from what the code does: `python -m tests.support.count_states`."""

from collections.abc import Iterator
from pathlib import Path

from aggregates.counting.count import Count
from aggregates.election.identifiers import count_stream
from aggregates.errors import Refusal
from tests import builders as b
from tests.support.gwt import Command, Log

PAGE = Path(__file__).parents[2] / "docs" / "count-states.md"

_FEW = b.sheet({b.A: 500, b.B: 400})
_SOME = b.sheet({b.A: 1000, b.B: 900})
_MORE = b.sheet({b.A: 1200, b.B: 1100})
_INTERIM = b.tally(_SOME, final=False)
_FINAL = b.tally(_SOME)
_LATEST = 2
_OLDER = "2024-10-27T21:00:00+09:00"

STATES: dict[str, tuple[Command, ...]] = {
    "none": (),
    "interim": (_INTERIM,),
    "final": (_FINAL,),
    "confirmed": (_FINAL, b.confirm()),
    "returned interim": (_INTERIM, b.give_back()),
    "returned final": (_FINAL, b.give_back()),
}
"""Each state and how a count gets there after the zero report."""

COMMANDS: dict[str, Command] = {
    "post interim": b.tally(_MORE, final=False, as_of=b.AT_23),
    "post final": b.tally(_MORE, as_of=b.AT_23),
    "post a lower total": b.tally(_FEW, final=False, as_of=b.AT_23),
    "post an older report": b.tally(_MORE, final=False, as_of=_OLDER),
    "correct, interim": b.correction(_FEW, final=False, supersedes=_LATEST),
    "correct, final": b.correction(_FEW, supersedes=_LATEST),
    "correct, another report named": b.correction(_FEW, supersedes=_LATEST - 1),
    "correct, final, same figures": b.correction(_SOME, supersedes=_LATEST, as_of=b.AT_22),
    "confirm": b.confirm(),
    "return": b.give_back(),
}

_HEAD = """# The states of a count

A Count is one contest in one unit. Counting opens with its zero report; from then on the centre
posts cumulative tallies until a final one, which the prefecture confirms or returns.

* The latest tally is the whole truth; a correction replaces it, names the report it replaces and
  says why. After a final tally only corrections change figures, and they stay final.
* A correction after confirmation waits for another confirmation.
* Who confirms or returns names the report that was looked at; one that came in meanwhile is not
  meant.
* A returned interim tally is followed by the next tally. A returned final one is corrected; if the
  figures prove right, the prefecture confirms them as they stand.
* Winners are declared when every count is final or confirmed: a returned one stops the declaration.
* A contest without a poll (無投票) has no counts.

This page is written by `python -m tests.support.count_states`, which posts every command in
every state.
"""


def outcome_of(state: str, command: str) -> str:
    """The event and the state it leads to, or the code of the refusal."""
    log = Log().given(*b.DISTRICT, *STATES[state])
    try:
        [event] = log.post(COMMANDS[command])
    except Refusal as refusal:
        return refusal.code
    return f"{event.TOPIC} → {_state_of(log)}"


def _state_of(log: Log) -> str:
    count = log.find(Count, count_stream(b.DISTRICT_1, b.CHIYODA))
    if count.state != "returned":
        return count.state
    return "returned final" if count.is_final else "returned interim"


def page() -> str:
    """The whole page."""
    cells = {(c, s): outcome_of(s, c) for c in COMMANDS for s in STATES}
    diagram = "\n".join(_diagram(cells))
    table = "\n".join(_table(cells))
    return f"{_HEAD}\n```mermaid\n{diagram}\n```\n\n{table}\n"


def _diagram(cells: dict[tuple[str, str], str]) -> Iterator[str]:
    yield "stateDiagram-v2"
    for state in STATES:
        yield f'    state "{state}" as {_name(state)}'
    yield "    [*] --> none: open-counting"
    moves: dict[tuple[str, str], list[str]] = {}
    for (command, state), outcome in cells.items():
        _, arrow, to = outcome.partition(" → ")
        if arrow:
            moves.setdefault((state, to), []).append(command)
    for (state, to), commands in moves.items():
        yield f"    {_name(state)} --> {_name(to)}: {' / '.join(commands)}"


def _name(state: str) -> str:
    return state.replace(" ", "_")


def _table(cells: dict[tuple[str, str], str]) -> Iterator[str]:
    yield f"| command | {' | '.join(STATES)} |"
    yield "|---" * (len(STATES) + 1) + "|"
    for command in COMMANDS:
        yield f"| {command} | {' | '.join(cells[command, state] for state in STATES)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
