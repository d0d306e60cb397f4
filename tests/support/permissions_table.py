"""Write docs/permissions.md from the permissions: `python -m tests.support.permissions_table`."""

from collections.abc import Iterator
from pathlib import Path

from aggregates.commands.election_commands import COMMANDS
from aggregates.commands.permissions import SCOPES
from aggregates.decisions.command_table import COMMAND_TABLE
from aggregates.election.office import ROLES

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"

_NONE = "—"
_HEAD = """# Who may do what

Every command × every role. A cell says for what: `everything`; `prefecture` — units, contests and
offices of its own prefecture; `contests` — its own mayor and council, on units that are all its
own (POEA 5), signed by two persons, since rules 2; `units` — units that are its own in the
register; `below` — offices
below it in the line centre → municipality → prefecture → nation; `own` — itself. An empty cell (—)
is refused with `role-not-permitted`, another unit, contest or office with `outside-scope`.

* A report for a unit that is not the office's own is said to be on behalf (`on_behalf`), and
  nothing else is: refused with `on-behalf-unstated` and `on-behalf-untrue`.
* Tallies and turnout on behalf are signed by two keys, also where the office signs with one:
  refused with `substitute-alone`.
* A key is approved by an office that neither owns nor enrolled it. A founder may approve keys of
  any other office.
* The definition of an election is signed by a founder of those who manage it, whose keys it names:
  the nation, or the prefecture or municipality that holds an election of its own (`managed_by`,
  Public Offices Election Act, article 5). It needs nobody above it, and its row is the nation's.
  Alone it founds with two persons who sign, and approves keys of others that it enrolled.
* Where an election is an unsigned rehearsal, an office that is not in the register is not checked.
* Unsigned or signed, the check is made under the lock of the log, on the state that the posting
  follows; a verifier makes the same check at the same position.

This page is written by `python -m tests.support.permissions_table`; every cell is tested.

"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(f"{row}\n" for row in _rows())


def _rows() -> Iterator[str]:
    yield "| command | " + " | ".join(f"{role}<br>{word}" for role, word in ROLES.items()) + " |"
    yield "|---" * (len(ROLES) + 1) + "|"
    for name, command in sorted(COMMANDS.items()):
        words, row = COMMAND_TABLE[command].words, COMMAND_TABLE[command].scopes
        cells = (f"{row[role]}<br>{SCOPES[row[role]]}" if role in row else _NONE for role in ROLES)
        yield f"| `{name}`<br>{words} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
