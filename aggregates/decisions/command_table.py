"""One row per command: what decides it, who may ask for it, and its words for people.

`decide`, permissions and docs/permissions.md are read from it; every cell of roles is tested.
A new command is a struct in `aggregates/commands` and a row here.
"""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeVar, cast

from aggregates.base import CommandContext
from aggregates.commands import amendment_commands as a
from aggregates.commands import declaration_commands as d
from aggregates.commands import election_commands as c
from aggregates.commands import office_commands as o
from aggregates.commands import reception_commands as r
from aggregates.commands import succession_commands as u
from aggregates.commands import survey_commands as s
from aggregates.commands.permissions import (
    BY_CENTRE,
    BY_KEY_HOLDER,
    BY_MANAGING_OFFICE,
    BY_NATION,
    BY_OFFICE_ABOVE,
    BY_OWN_OFFICE,
    BY_PREFECTURE,
    Scopes,
)
from aggregates.decisions import (
    amendment_decisions,
    closing_decisions,
    counting_decisions,
    declaration_decisions,
    definition_decisions,
    office_decisions,
    reception_decisions,
    succession_decisions,
    survey_decisions,
)
from aggregates.decisions.authorization import require_admitted
from aggregates.decisions.repository import ElectionRepository
from aggregates.election.election import Election

TCommand = TypeVar("TCommand")

Decision = Callable[[ElectionRepository, Election, c.Command, CommandContext], None]


class CommandRow(NamedTuple):
    """A command.

    Attributes:
        command: Its struct; the tag is its name on the wire.
        decide: Finds, decides, and leaves the changed aggregates in the store; None for the
            definition of the election, which is decided while there is none.
        scopes: Who may ask for it, and for what.
        words: Its name in Japanese, for pages and documents.
    """

    command: type[c.Command]
    decide: Decision | None
    scopes: Scopes
    words: str


def _row(
    command: type[TCommand],
    decide: Callable[[ElectionRepository, Election, TCommand, CommandContext], None],
    scopes: Scopes,
    words: str,
) -> CommandRow:
    """A row; that command and decision fit is checked here, the dispatch is by type."""
    return CommandRow(cast("type[c.Command]", command), cast("Decision", decide), scopes, words)


_ROWS = (
    CommandRow(c.DefineElection, None, BY_NATION, "選挙の登録"),
    _row(c.RegisterParties, definition_decisions.register_parties, BY_NATION, "党派の登録"),
    _row(c.RegisterUnits, definition_decisions.register_units, BY_PREFECTURE, "開票区の登録"),
    _row(
        c.DefineContest,
        definition_decisions.define_contest,
        BY_MANAGING_OFFICE,
        "選挙区の選挙の登録",
    ),
    _row(
        c.RegisterCandidates,
        definition_decisions.register_candidates,
        BY_MANAGING_OFFICE,
        "候補者の登録",
    ),
    _row(c.RegisterList, definition_decisions.register_list, BY_PREFECTURE, "名簿の登録"),
    _row(c.RegisterJustices, definition_decisions.register_justices, BY_PREFECTURE, "裁判官の登録"),
    _row(
        c.RegisterOptions,
        definition_decisions.register_options,
        BY_MANAGING_OFFICE,
        "選択肢の登録",
    ),
    _row(
        c.WithdrawCandidate,
        succession_decisions.withdraw,
        BY_MANAGING_OFFICE,
        "候補者の取下げ・除名",
    ),
    _row(
        c.AnnounceNoPoll,
        definition_decisions.announce_no_poll,
        BY_MANAGING_OFFICE,
        "投票を行わない旨の告示",
    ),
    _row(
        c.RecordParticulars,
        definition_decisions.record_particulars,
        BY_MANAGING_OFFICE,
        "候補者の事項の記録",
    ),
    _row(c.RecordPrevious, definition_decisions.record_previous, BY_NATION, "前回の結果の記録"),
    _row(r.OpenCounting, reception_decisions.open_counting, BY_NATION, "開票開始"),
    _row(r.PauseReception, reception_decisions.pause_reception, BY_NATION, "受付の一時停止"),
    _row(r.ResumeReception, reception_decisions.resume_reception, BY_NATION, "受付の再開"),
    _row(r.NoteChange, reception_decisions.note_change, BY_NATION, "変更の記録"),
    _row(r.ChangeRules, reception_decisions.change_rules, BY_NATION, "規則の番号の変更"),
    _row(r.CloseElection, closing_decisions.close_election, BY_NATION, "受付終了"),
    _row(c.PostTally, counting_decisions.post_tally, BY_CENTRE, "開票状況の報告"),
    _row(c.CorrectTally, counting_decisions.correct_tally, BY_CENTRE, "開票状況の訂正"),
    _row(c.ConfirmCount, counting_decisions.confirm_count, BY_MANAGING_OFFICE, "開票の確認"),
    _row(c.ReturnCount, counting_decisions.return_count, BY_MANAGING_OFFICE, "開票の差戻し"),
    _row(c.ReportTurnout, counting_decisions.report_turnout, BY_CENTRE, "投票状況の報告"),
    _row(c.CorrectTurnout, counting_decisions.correct_turnout, BY_CENTRE, "投票状況の訂正"),
    _row(d.RecordLot, declaration_decisions.record_lot, BY_MANAGING_OFFICE, "くじの記録"),
    _row(d.Declare, declaration_decisions.declare, BY_MANAGING_OFFICE, "当選人の決定"),
    _row(
        d.SetAsideDeclaration,
        closing_decisions.set_aside_declaration,
        BY_MANAGING_OFFICE,
        "決定の取消し",
    ),
    _row(
        u.RecordDeparture, succession_decisions.record_departure, BY_MANAGING_OFFICE, "選挙後の異動"
    ),
    _row(
        u.DeclareSuccessor, succession_decisions.declare_successor, BY_MANAGING_OFFICE, "繰上補充"
    ),
    _row(a.AmendCandidate, amendment_decisions.amend_candidate, BY_MANAGING_OFFICE, "候補者の補正"),
    _row(a.AmendList, amendment_decisions.amend_list, BY_PREFECTURE, "名簿の補正"),
    _row(a.AmendJustice, amendment_decisions.amend_justice, BY_PREFECTURE, "裁判官の補正"),
    _row(a.AmendOption, amendment_decisions.amend_poll_option, BY_MANAGING_OFFICE, "選択肢の補正"),
    _row(
        a.ReorderBallot, amendment_decisions.reorder_ballot, BY_MANAGING_OFFICE, "用紙の順序の補正"
    ),
    _row(
        a.AmendContest, amendment_decisions.amend_contest, BY_MANAGING_OFFICE, "選挙区の選挙の補正"
    ),
    _row(a.AddContest, amendment_decisions.add_contest, BY_MANAGING_OFFICE, "選挙区の選挙の追加"),
    _row(a.AddUnits, amendment_decisions.add_units, BY_PREFECTURE, "開票区の追加"),
    _row(a.AmendUnit, amendment_decisions.amend_unit, BY_PREFECTURE, "開票区の補正"),
    _row(a.AmendParty, amendment_decisions.amend_party, BY_NATION, "党派の補正"),
    _row(s.PublishSurvey, survey_decisions.publish_survey, BY_NATION, "調査の公表"),
    _row(s.AnswerSurvey, survey_decisions.answer_survey, BY_CENTRE, "調査の回答"),
    _row(s.ReturnAnswer, survey_decisions.return_answer, BY_PREFECTURE, "回答の差戻し"),
    _row(s.RemindSurvey, survey_decisions.remind_survey, BY_PREFECTURE, "調査の督促"),
    _row(o.RegisterOffice, office_decisions.register_office, BY_OFFICE_ABOVE, "機関の登録"),
    _row(o.EnrolKey, office_decisions.enrol_key, BY_KEY_HOLDER, "鍵の登録申請"),
    # A founder approves keys of any other office: someone has to approve the nation's.
    _row(o.ApproveKey, office_decisions.approve_key, BY_OFFICE_ABOVE, "鍵の承認"),
    _row(o.RotateKey, office_decisions.rotate_key, BY_OWN_OFFICE, "鍵の交換"),
    _row(o.RevokeKey, office_decisions.revoke_key, BY_KEY_HOLDER, "鍵の失効"),
)

COMMAND_TABLE: Final = {row.command: row for row in _ROWS}
"""Struct -> row."""


def decide(
    repository: ElectionRepository, submission: c.Submission, context: CommandContext
) -> None:
    """Let the aggregates decide one submission.

    Every decision refuses before it records anything, so a refusal leaves nothing behind.

    Raises:
        Refusal: Against a rule; nothing is to be recorded.
    """
    command = submission.command
    if isinstance(command, c.DefineElection):
        definition_decisions.define_election(repository, submission, command, context)
        return
    row = COMMAND_TABLE[type(command)]
    election = repository.election_for(submission.election, submission.environment)
    require_admitted(repository, election, submission, context, row.scopes)
    if row.decide is not None:
        row.decide(repository, election, command, context)
