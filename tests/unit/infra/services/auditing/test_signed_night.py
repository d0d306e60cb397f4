"""A signed night: the operator holds the key of the log and writes another history.

Everything is hashed and signed once more, so tree and checkpoints are in order. What the offices
signed is not, and nobody but them can make it so.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from infra.adapters.event_log import Log
from infra.adapters.event_log.event_codec import canonical
from infra.services.auditing.sources.audit_difference import AuditDifference, Rule
from infra.services.auditing.sources.open_source import open_source
from infra.services.auditing.verification import verify
from infra.services.auditing.verification_result import VerificationResult
from infra.services.signing.simulated_offices import SEED_BYTES, SimulatedOffices
from tests import builders as b
from tests.support.posting import posting
from tests.unit.infra.services.auditing.published import Published, fresh_log
from tests.unit.infra.services.auditing.test_row_changes import (
    Row,
    row_forgotten,
    rows_of,
    rows_replaced,
)

REPORTS = 12


def send(log: Log) -> None:
    """A night by offices that sign: two founders, a prefecture, two centres."""
    staff = SimulatedOffices(bytes(SEED_BYTES), lambda each: log.writer.take(each).result())
    for number, command in enumerate(b.DISTRICT):
        staff.post(posting(f"define-{number:04d}", command)[0])
    for number in range(1, REPORTS + 1):
        tally = b.tally(b.sheet({b.A: number * 2, b.B: number}), final=False)
        submission, _ = posting(f"report-{number:04d}", tally, office=f"centre-{b.CHIYODA}")
        staff.post(submission)


@pytest.fixture(scope="module")
def night(conninfo: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    with fresh_log(conninfo) as log:
        found = Published(log, tmp_path_factory.mktemp("signed"))
        send(log)
        found.sequence()
        yield found


def verified(where: Path, night: Published) -> VerificationResult:
    with open_source(str(where)) as source:
        return verify(source, key=night.key)


def test_every_signature_of_the_night_is_verified(night: Published, tmp_path: Path) -> None:
    found = verified(night.bundle(tmp_path / "bundle.tar.gz"), night)
    assert found.unsigned == 0
    assert found.signed == found.size
    assert found.keys >= 5
    assert found.signatures > REPORTS


Forge = Callable[[list[Row]], list[Row]]


def tallies(rows: list[Row]) -> list[int]:
    return [number for number, row in enumerate(rows) if row.topic == "count.tally-posted"]


def states(row: Row) -> dict[str, object]:
    found: dict[str, object] = msgspec.json.decode(row.state)
    return found


def with_state(row: Row, **changes: object) -> Row:
    return row._replace(state=canonical({**states(row), **changes}))


def another_figure(rows: list[Row]) -> list[Row]:
    """A hundred votes more than the centre signed for."""
    at = tallies(rows)[5]
    row = rows[at]
    changed = row.state.replace(b'"13-01-a":12000', b'"13-01-a":112000')
    assert changed != row.state
    return [*rows[:at], row._replace(state=changed), *rows[at + 1 :]]


def another_signature(rows: list[Row]) -> list[Row]:
    """The envelope of another posting of the same centre."""
    one, other = tallies(rows)[3], tallies(rows)[4]
    provenance = states(rows[one])["provenance"]
    assert isinstance(provenance, dict)
    theirs = states(rows[other])["provenance"]
    assert isinstance(theirs, dict)
    row = with_state(rows[one], provenance={**provenance, "envelope": theirs["envelope"]})
    return [*rows[:one], row, *rows[one + 1 :]]


def broken_signature(rows: list[Row]) -> list[Row]:
    """A letter of a signature is another."""
    at = tallies(rows)[7]
    state = rows[at].state
    begin = state.index(b'"sig":"') + 10
    letter = b"A" if state[begin : begin + 1] != b"A" else b"B"
    row = rows[at]._replace(state=state[:begin] + letter + state[begin + 1 :])
    return [*rows[:at], row, *rows[at + 1 :]]


def no_signature(rows: list[Row]) -> list[Row]:
    """The envelope is left out, as if a rehearsal allowed it."""
    at = tallies(rows)[-1]
    provenance = states(rows[at])["provenance"]
    assert isinstance(provenance, dict)
    kept = {key: value for key, value in provenance.items() if key != "envelope"}
    return [*rows[:at], with_state(rows[at], provenance=kept), *rows[at + 1 :]]


def posting_left_out(rows: list[Row]) -> list[Row]:
    """A report of the centre is dropped, and everything behind it moved up."""
    gone = tallies(rows)[6]
    found: list[Row] = []
    for row in (*rows[:gone], *rows[gone + 1 :]):
        position = row.position - (row.position > rows[gone].position)
        is_later = row.stream == rows[gone].stream and row.version > rows[gone].version
        moved = row._replace(position=position, version=row.version - is_later)
        found.append(with_state(moved, stream_version=moved.version) if is_later else moved)
    return found


def postings_reordered(rows: list[Row]) -> list[Row]:
    """Two reports of the centre change places."""
    one, other = tallies(rows)[2], tallies(rows)[3]
    first, second = rows[one], rows[other]
    found = list(rows)
    found[one] = with_state(
        first._replace(state=second.state),
        stream_version=first.version,
        recorded_at=states(first)["recorded_at"],
    )
    found[other] = with_state(
        second._replace(state=first.state),
        stream_version=second.version,
        recorded_at=states(second)["recorded_at"],
    )
    return found


def backdated(rows: list[Row]) -> list[Row]:
    """A report states a moment before the one in front of it."""
    at = tallies(rows)[8]
    row = with_state(rows[at], recorded_at="2020-01-01T00:00:00Z")
    return [*rows[:at], row, *rows[at + 1 :]]


def key_never_approved(rows: list[Row]) -> list[Row]:
    """The approval of the centre's key disappears; the centre goes on signing with it."""
    gone = max(number for number, row in enumerate(rows) if row.topic == "key.approved")
    return [
        row._replace(position=row.position - (number > gone))
        for number, row in enumerate(rows)
        if number != gone
    ]


@pytest.mark.parametrize(
    ("forge", "rules"),
    [
        (another_figure, {"decision"}),
        (another_signature, {"chain"}),
        (broken_signature, {"signature"}),
        (no_signature, {"signature"}),
        (posting_left_out, {"chain"}),
        (postings_reordered, {"chain"}),
        (backdated, {"time"}),
        (key_never_approved, {"permission", "chain"}),
    ],
)
def test_another_history_signed_by_the_operator_is_found(
    conninfo: str, night: Published, tmp_path: Path, forge: Forge, rules: set[Rule]
) -> None:
    rows = rows_of(conninfo)
    again = Published(night.log, tmp_path)
    again.place.secret.parent.mkdir(parents=True)
    shutil.copy2(night.place.secret, again.place.secret)
    with rows_replaced(conninfo, rows, forge(rows)), row_forgotten(conninfo):
        again.sequence()
    with open_source(str(again.public)) as source, pytest.raises(AuditDifference) as found:
        verify(source, key=night.key)
    assert found.value.rule in rules
    assert found.value.where.startswith("entry ")


def test_the_forgers_tools_alone_change_nothing(
    conninfo: str, night: Published, tmp_path: Path
) -> None:
    rows = rows_of(conninfo)
    again = Published(night.log, tmp_path)
    again.place.secret.parent.mkdir(parents=True)
    shutil.copy2(night.place.secret, again.place.secret)
    with rows_replaced(conninfo, rows, list(rows)), row_forgotten(conninfo):
        again.sequence()
    assert verified(again.public, night).signed == len(rows)
