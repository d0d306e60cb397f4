"""Reports as postings: each with an id from its content, sent once, in order of their moments."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from aggregates.base import SubmissionKey
from aggregates.commands import election_commands as c
from aggregates.counting.turnout import TurnoutFigures
from aggregates.election.tally import Tally
from infra.services.importing.content_id import content_id
from infra.services.importing.import_faults import Faults
from infra.services.importing.server_documents import Documents
from infra.services.importing.submission_delivery import Delivery
from infra.services.importing.tallies import count_history
from infra.services.importing.tallies.count_history import CountHistory
from infra.services.importing.tallies.question_client import QuestionClient
from infra.services.importing.tallies.recorded_register import RecordedRegister
from infra.services.importing.tallies.report_assembly import (
    Draft,
    about,
    build_tally,
    build_turnout,
)
from infra.services.outbox.server_connection import NoAnswer
from projections.documents.district_document import DistrictDocument, UnitContest

_COUNT_TOPICS: Final = {
    "interim": "count.tally-posted",
    "final": "count.tally-finalised",
    "correction": "count.tally-corrected",
}
_TURNOUT_TOPICS: Final = {
    "interim": "turnout.reported",
    "final": "turnout.finalised",
    "correction": "turnout.corrected",
}


class TableSender(NamedTuple):
    """Who sends, for which election.

    Attributes:
        office: The office.
        election: Its code.
        environment: live or rehearsal.
        units: Units that are the office's own; None for one that is not in the register.
        one_entry: Why a table alone is sent where two persons type; empty where one does.
    """

    office: str
    election: str
    environment: str
    units: tuple[str, ...] | None
    one_entry: str = ""


class SendOutcome(NamedTuple):
    """What became of one report.

    Attributes:
        draft: The report.
        what: 開票 or 投票.
        word: 受付, 受付済み, 送信待ち or 不受理.
        detail: Position, warnings, or why not.
    """

    draft: Draft
    what: str
    word: str
    detail: str


class _Last(NamedTuple):
    """The last report of a count or turnout: its number, its moment, whether it is final."""

    report: int
    as_of: datetime | None
    final: bool


class Posts:
    """Sends reports.

    Args:
        sender: Who sends.
        register: What is on record.
        documents: Of the running server.
        delivery: The outbox.
        questions: Asks what is unlike other units; None asks nothing.
    """

    def __init__(
        self,
        sender: TableSender,
        register: RecordedRegister,
        documents: Documents,
        delivery: Delivery,
        questions: QuestionClient | None = None,
    ) -> None:
        self._questions = questions
        self._sender = sender
        self._register = register
        self._documents = documents
        self._delivery = delivery
        self._districts: dict[str, DistrictDocument | None] = {}
        self._last: dict[tuple[str, str, str], _Last] = {}
        self._down = register.is_old

    def send(self, drafts: list[Draft], faults: Faults) -> Iterator[SendOutcome]:
        """Send reports in their order, and tell what becomes of each.

        Reports that cannot be true are faults; the others are sent all the same.

        Raises:
            OutboxBusy, OutboxDamaged: See there.
        """
        reports = [(draft, each) for draft in drafts for each in _figures(draft, faults)]
        if self._questions is not None:
            finals = [(d, each) for d, each in reports if d.state != "interim"]
            self._questions.prepare((d.contest, d.unit, each) for d, each in finals)
        for draft, each in reports:
            yield self._send(draft, each)

    def _send(self, draft: Draft, figures: Tally | TurnoutFigures) -> SendOutcome:
        what = "開票" if isinstance(figures, Tally) else "投票"
        name = content_id(
            self._sender.office,
            self._sender.election,
            self._sender.environment,
            [what, draft.contest, draft.unit, draft.as_of.isoformat(), draft.state],
            figures,
            [draft.reason, draft.remark],
        )
        key = SubmissionKey(self._sender.office, name)
        if self._delivery.has(key):
            word = "送信待ち" if self._delivery.waits(key) else "受付済み"
            return SendOutcome(draft, what, word, "")
        past, topic = self._past(draft, figures), _topic(draft, figures)
        reason = draft.reason if draft.state == "correction" else ""
        if count_history.is_there(past, topic, draft.as_of, figures, reason):
            return SendOutcome(draft, what, "受付済み", "")
        if draft.state == "final":
            before = count_history.repeats_final(past, draft.as_of, figures)
            if before is not None:
                detail = f"{before:%m-%d %H:%M} の確定と同じ数字です。"
                return SendOutcome(draft, what, "受付済み", detail)
        last = self._find_last(what, draft, past)
        fault = self._fault(draft, figures, past, last)
        if fault:
            return SendOutcome(draft, what, "不受理", fault)
        if draft.state == "correction" and last is not None:
            command: c.Command = _correction(draft, figures, last)
        else:
            command = _report(draft, figures)
        if self._questions is not None and getattr(command, "final", False):
            answers = self._questions.answers(draft.contest, draft.unit, figures)
            command = replace(command, answers=answers)
        if isinstance(command, c.PostTally | c.CorrectTally):
            command = replace(command, one_entry=self._sender.one_entry)
        units = self._sender.units
        submission = c.Submission(
            election=self._sender.election,
            environment=self._sender.environment,
            office=self._sender.office,
            submission_id=name,
            command=command,
            on_behalf=units is not None and draft.unit not in units,
        )
        final = getattr(command, "final", False)
        return self._outcome(draft, what, submission, final=final)

    def _outcome(
        self, draft: Draft, what: str, submission: c.Submission, *, final: bool
    ) -> SendOutcome:
        """Send it, and say what became of it."""
        key = submission.key
        done = self._delivery.send([submission])
        for refused, problem in done.refused:
            if refused.key == key:
                return SendOutcome(draft, what, "不受理", problem.detail)
        if key in done.waiting:
            return SendOutcome(draft, what, "送信待ち", "")
        receipt = done.receipts.get(key)
        if receipt is None or key in done.known:
            return SendOutcome(draft, what, "受付済み", "")
        last = _Last(receipt.stream_version, draft.as_of, final)
        self._last[what, draft.contest, draft.unit] = last
        warnings = "".join(f" 警告 {n.code}: {n.before} → {n.now}" for n in receipt.notices)
        return SendOutcome(draft, what, "受付", f"位置 {receipt.position}{warnings}")

    # --- what is on record ----------------------------------------------------------------------

    def _past(self, draft: Draft, figures: Tally | TurnoutFigures) -> CountHistory:
        found = self._find_recorded(draft)
        return (
            count_history.count_history(found)
            if isinstance(figures, Tally)
            else count_history.turnout_history(found)
        )

    def _find_recorded(self, draft: Draft) -> UnitContest | None:
        """The unit's part of the record, as it was when this file was begun."""
        if not self._down and draft.unit not in self._districts:
            try:
                name = f"districts/{draft.unit}"
                self._districts[draft.unit] = self._documents.find(name, DistrictDocument)
            except NoAnswer:
                self._down = True
        found = self._districts.get(draft.unit)
        contests = found.contests if found is not None else []
        return next((each for each in contests if each.contest == draft.contest), None)

    def _fault(
        self,
        draft: Draft,
        figures: Tally | TurnoutFigures,
        past: CountHistory,
        last: _Last | None,
    ) -> str:
        """Why a report is not even sent, in Japanese; empty when it is."""
        if draft.state != "correction":
            topic = _topic(draft, figures)
            return count_history.contradiction(past, topic, draft.as_of, figures)
        if self._down:
            return "つながらない間は訂正を作れません（どの報告を直すかは記録で決まります）。"
        if last is None:
            return "訂正する報告がまだ記録にありません。"
        is_older = last.as_of is not None and draft.as_of < last.as_of
        return count_history.correction_fault(past, figures, draft.reason, is_older=is_older)

    def _find_last(self, what: str, draft: Draft, past: CountHistory) -> _Last | None:
        """The report that a correction would replace."""
        found = self._last.get((what, draft.contest, draft.unit))
        if found is None and past.reports:
            row = past.reports[-1]
            found = _Last(row.report, row.as_of, past.final)
        return found


def _figures(draft: Draft, faults: Faults) -> list[Tally | TurnoutFigures]:
    """What a draft reports; nothing where it has a fault."""
    before = len(faults)
    found = [build_tally(draft, faults), build_turnout(draft, faults)]
    if len(faults) > before:
        return []
    told = [each for each in found if each is not None]
    if not told:
        faults.add(draft.places[0], "", f"{about(draft)}: 報告になる数字がありません。")
    return told


def _topic(draft: Draft, figures: Tally | TurnoutFigures) -> str:
    topics = _COUNT_TOPICS if isinstance(figures, Tally) else _TURNOUT_TOPICS
    return topics[draft.state]


def _report(draft: Draft, figures: Tally | TurnoutFigures) -> c.PostTally | c.ReportTurnout:
    final = draft.state == "final"
    if isinstance(figures, TurnoutFigures):
        return c.ReportTurnout(
            contest=draft.contest, unit=draft.unit, as_of=draft.as_of, final=final, figures=figures
        )
    return c.PostTally(
        contest=draft.contest,
        unit=draft.unit,
        as_of=draft.as_of,
        final=final,
        tally=figures,
        ballot_sha256=draft.known.contest.ballot_sha256,
        remark=draft.remark,
    )


def _correction(
    draft: Draft, figures: Tally | TurnoutFigures, last: _Last
) -> c.CorrectTally | c.CorrectTurnout:
    """A correction of final figures is final, one of interim figures is not."""
    if isinstance(figures, TurnoutFigures):
        return c.CorrectTurnout(
            contest=draft.contest,
            unit=draft.unit,
            as_of=draft.as_of,
            final=last.final,
            figures=figures,
            reason=draft.reason,
            supersedes=last.report,
        )
    return c.CorrectTally(
        contest=draft.contest,
        unit=draft.unit,
        as_of=draft.as_of,
        final=last.final,
        tally=figures,
        reason=draft.reason,
        supersedes=last.report,
        ballot_sha256=draft.known.contest.ballot_sha256,
    )
