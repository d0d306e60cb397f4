"""An election written as tables, and recorded again from them in an empty log."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from aggregates.commands import election_commands as c
from aggregates.commands import reception_commands as r
from aggregates.reference.office_ids import NATION_OFFICE, centre_office_id
from infra.services.importing.definition.definition_check import check
from infra.services.importing.import_faults import Faults
from infra.services.importing.name_mapping import Mapping
from infra.services.importing.table_source import read_sheets
from infra.services.importing.tallies.recorded_register import RecordedRegister
from infra.services.importing.tallies.report_assembly import (
    Compiler,
    Draft,
    build_tally,
    build_turnout,
)
from infra.services.importing.tallies.tallies_long import Defaults, figures
from infra.services.table_export.export_folder import (
    DEFINITION,
    REPORTS,
    WORKBOOK,
    write_tables,
)
from infra.services.table_export.recorded_acts import decisions, withdrawals
from projections.election_projection import ElectionProjection
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from tests.unit.infra.services.importing.folds import FoldDocuments
from tests.unit.infra.services.rehearsal.recording import Recording


def import_again(state: ElectionState, folder: Path) -> FoldDocuments:
    """Export an election and import it into an empty log: definition, figures, lots, decisions."""
    written = write_tables(state, folder)
    assert folder / REPORTS in written
    found = check(folder / DEFINITION, {})
    assert found.faults == []
    assert check(folder / WORKBOOK, {}).submissions == found.submissions
    again = FoldDocuments(*found.submissions)
    post = _Posting(again, state)
    post.all_of(NATION_OFFICE, [*withdrawals(state), r.OpenCounting()])
    for office, command in _reports(folder / REPORTS, RecordedRegister(again, folder / "kept")):
        post.all_of(office, [command])
    post.all_of(NATION_OFFICE, decisions(state))
    return again


class _Posting:
    def __init__(self, to: FoldDocuments, state: ElectionState) -> None:
        self._to = to
        self._facts = state.register().facts
        self._number = 0

    def all_of(self, office: str, commands: Iterable[c.Command]) -> None:
        for command in commands:
            self._number += 1
            self._to.post(
                c.Submission(
                    election=self._facts.id,
                    environment=self._facts.environment,
                    office=office,
                    submission_id=f"again-{self._number:08d}",
                    command=command,
                )
            )


def _reports(
    table: Path, register: RecordedRegister
) -> Iterable[tuple[str, c.PostTally | c.ReportTurnout]]:
    faults = Faults()
    given = figures(read_sheets(table, faults), Mapping(), Defaults(), faults)
    drafts = Compiler(register, Mapping(), faults).drafts(given)
    made = [command for draft in drafts for command in _commands(draft, faults)]
    assert list(faults) == []
    return sorted(made, key=lambda each: isinstance(each[1], c.PostTally))


def _commands(draft: Draft, faults: Faults) -> Iterable[tuple[str, c.PostTally | c.ReportTurnout]]:
    office = centre_office_id(draft.unit)
    if (turnout := build_turnout(draft, faults)) is not None:
        yield (
            office,
            c.ReportTurnout(
                contest=draft.contest,
                unit=draft.unit,
                as_of=draft.as_of,
                final=True,
                figures=turnout,
            ),
        )
    if (tally := build_tally(draft, faults)) is not None:
        yield (
            office,
            c.PostTally(
                contest=draft.contest, unit=draft.unit, as_of=draft.as_of, final=True, tally=tally
            ),
        )


LEFT_OUT: Final = {
    "count.tally-posted": "interim reports",
    "count.tally-corrected": "reports that were replaced, reasons and remarks",
    "count.confirmed": "confirmations",
    "count.returned": "what was sent back",
    "turnout.reported": "turnout of the day",
    "turnout.corrected": "turnout that was replaced",
    "contest.candidate-amended": "how somebody was registered at first; likewise below",
    "contest.amended": "",
    "contest.ballot-reordered": "",
    "contest.list-amended": "",
    "contest.particulars-recorded": "what was inferred of persons",
    "contest.no-poll-announced": "announcements",
    "declaration.revised": "decisions that were replaced",
    "election.change-noted": "notes",
    "election.reception-paused": "pauses",
    "election.reception-resumed": "",
    "election.closed": "the end",
    "answer.begun": "surveys",
    "answer.given": "",
    "answer.returned": "",
    "survey.published": "",
    "survey.reminded": "",
}
"""Topics of events that are not in the tables, and what they said. In no topic of their own are
moments of recording, senders, notices, who drew a lot, keys, the mark of a replay, and the words
for why divided figures come without pools."""


def play_in_memory(submissions: Iterable[c.Submission]) -> tuple[ElectionProjection, set[str]]:
    """The fold of postings in memory, and the topics that were recorded."""
    recording = Recording()
    for submission in submissions:
        recording.submit(submission)
    state = ElectionProjection()
    state.apply_all(enumerate(recording.events, start=1))
    return state, {event.TOPIC for event in recording.events}


def require_same(before: ElectionState, topics: set[str], folder: Path) -> None:
    """Export, import into an empty log, and compare everything that is not left out."""
    again = import_again(before, folder)
    after = again.state

    assert topics - again.topics <= LEFT_OUT.keys()
    facts = msgspec.structs.replace(before.register().facts, replay=msgspec.UNSET)
    assert after.register().facts == facts
    assert after.register().units == before.register().units
    assert after.register().parties == before.register().parties
    assert after.register().previous == before.register().previous
    assert list(after.contests) == list(before.contests)
    for name, contest in before.contests.items():
        found = after.contests[name]
        assert found.facts == contest.facts
        assert found.options == contest.options
        assert found.withdrawn == contest.withdrawn
        assert _final_figures(found) == _final_figures(contest)
        assert found.lots == contest.lots
        assert found.declared == contest.declared


def _final_figures(contest: ContestRecord) -> dict[str, object]:
    return {
        code: (
            msgspec.structs.replace(count.tally, pools_unstated="") if count.tally else None,
            count.as_of,
            count.turnout.figures,
            count.final,
        )
        for code, count in contest.counts.items()
    }
