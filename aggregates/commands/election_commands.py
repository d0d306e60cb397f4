"""Everything an office can ask for. One struct per command; its tag is permanent.

A command is what a posting contains after its form has been checked and before any rule has.
"""

from datetime import date
from typing import Annotated, TypeAlias, get_args

import msgspec

from aggregates.base import SubmissionKey
from aggregates.commands.amendment_commands import AmendmentCommand
from aggregates.commands.command import AsOf, CommandBase, ReportNumber, Sha256, SheetCommand
from aggregates.commands.declaration_commands import DeclarationCommand
from aggregates.commands.office_commands import (
    ApproveKey,
    EnrolKey,
    Founder,
    RegisterOffice,
    RevokeKey,
    RotateKey,
)
from aggregates.commands.reception_commands import ReceptionCommand
from aggregates.commands.succession_commands import SuccessionCommand
from aggregates.commands.survey_commands import SurveyCommand
from aggregates.counting.checks import Answers
from aggregates.counting.turnout import TurnoutFigures
from aggregates.election.ballot import (
    Candidate,
    Justice,
    Party,
    PartyList,
    PollOption,
    WithdrawalCause,
)
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.election_facts import ElectionFacts
from aggregates.election.geography import Unit
from aggregates.election.id_patterns import id_meta
from aggregates.election.identifiers import ContestId, OptionId, Reason, UnitCode
from aggregates.election.particulars import Particulars, PreviousElection
from aggregates.election.tally import Tally
from aggregates.rule_package.package import RulePackage


class DefineElection(CommandBase, frozen=True, kw_only=True, tag="define-election"):
    """Begin a log with its election.

    Attributes:
        election: What is fixed about it.
        founders: Offices whose keys are valid with it. A signed election has two or more, one of
            them of the nation.
        rules: Number of the rules under which the log begins (docs/rules.md). Where the founders
            state it, the server cannot begin under another; None leaves it to the server.
        rule_package: What the law says of each kind of contest, where it is not what the program
            has of Japan (decision 0021).
        municipality_register: SHA-256 of the register that municipality codes are held against,
            where it is not the first one that was released (rules 4).
    """

    election: ElectionFacts
    founders: Annotated[tuple[Founder, ...], msgspec.Meta(max_length=8)] = ()
    rules: Annotated[int, msgspec.Meta(ge=1, le=2**31)] | None = None
    rule_package: RulePackage | msgspec.UnsetType = msgspec.UNSET
    municipality_register: Sha256 | None = None


class RegisterParties(CommandBase, frozen=True, kw_only=True, tag="register-parties"):
    """Add parties."""

    parties: Annotated[tuple[Party, ...], msgspec.Meta(min_length=1, max_length=200)]


class RegisterUnits(CommandBase, frozen=True, kw_only=True, tag="register-units"):
    """Add reporting units."""

    units: Annotated[tuple[Unit, ...], msgspec.Meta(min_length=1, max_length=400)]


class DefineContest(CommandBase, frozen=True, kw_only=True, tag="define-contest"):
    """Add a contest."""

    contest: ContestFacts


class RegisterCandidates(CommandBase, frozen=True, kw_only=True, tag="register-candidates"):
    """Accept nominations of persons."""

    contest: ContestId
    candidates: Annotated[tuple[Candidate, ...], msgspec.Meta(min_length=1, max_length=200)]


class RegisterList(CommandBase, frozen=True, kw_only=True, tag="register-list"):
    """Accept a party's list."""

    contest: ContestId
    party_list: PartyList


class RegisterJustices(CommandBase, frozen=True, kw_only=True, tag="register-justices"):
    """Name the justices under review."""

    contest: ContestId
    justices: Annotated[tuple[Justice, ...], msgspec.Meta(min_length=1, max_length=15)]


class RegisterOptions(CommandBase, frozen=True, kw_only=True, tag="register-options"):
    """Name the options of a poll whose kind does not state them."""

    contest: ContestId
    options: Annotated[tuple[PollOption, ...], msgspec.Meta(min_length=2, max_length=20)]


class WithdrawCandidate(CommandBase, frozen=True, kw_only=True, tag="withdraw-candidate"):
    """A candidate, list, list member or justice no longer stands: since before the polling day.

    Attributes:
        contest: The contest.
        option: Who, or which list.
        cause: What happened.
        day: When; before the polling day. Needed once counting is open: what happened later is a
            departure, and the votes stay. Left out only under rules 1 or before the opening.
    """

    contest: ContestId
    option: OptionId
    cause: WithdrawalCause
    day: date | None = None


class AnnounceNoPoll(CommandBase, frozen=True, kw_only=True, tag="announce-no-poll"):
    """Announce that no poll is held on a contest, from the notice day on (無投票, POEA 100(5))."""

    contest: ContestId


class RecordParticulars(CommandBase, frozen=True, kw_only=True, tag="record-particulars"):
    """What is known of candidates or list members beyond their nomination."""

    contest: ContestId
    particulars: Annotated[tuple[Particulars, ...], msgspec.Meta(min_length=1, max_length=600)]


class RecordPrevious(CommandBase, frozen=True, kw_only=True, tag="record-previous"):
    """The figures of the last election that this one is compared with."""

    previous: PreviousElection


class PostTally(SheetCommand, frozen=True, kw_only=True, tag="post-tally"):
    """An interim or final tally."""

    contest: ContestId
    unit: UnitCode
    as_of: AsOf
    final: bool
    tally: Tally
    ballot_sha256: Sha256 | None = None
    remark: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    answers: Answers = ()


class CorrectTally(SheetCommand, frozen=True, kw_only=True, tag="correct-tally"):
    """Replace the last tally, with a reason."""

    contest: ContestId
    unit: UnitCode
    as_of: AsOf
    final: bool
    tally: Tally
    reason: Reason
    supersedes: ReportNumber
    ballot_sha256: Sha256 | None = None
    answers: Answers = ()


class ConfirmCount(CommandBase, frozen=True, kw_only=True, tag="confirm-count"):
    """The prefecture confirms a final tally.

    Attributes:
        report: Number in the count's stream of the report that was looked at: another that came
            in meanwhile is not confirmed. Left out by clients that do not show reports.
    """

    contest: ContestId
    unit: UnitCode
    report: ReportNumber | None = None


class ReturnCount(CommandBase, frozen=True, kw_only=True, tag="return-count"):
    """The prefecture returns a tally for correction.

    Attributes:
        report: As in `ConfirmCount`.
    """

    contest: ContestId
    unit: UnitCode
    reason: Reason
    report: ReportNumber | None = None


class ReportTurnout(CommandBase, frozen=True, kw_only=True, tag="report-turnout"):
    """Turnout so far, or the final one.

    Attributes:
        remark: What the sender says about what looks wrong; recorded with the notices.
    """

    contest: ContestId
    unit: UnitCode
    as_of: AsOf
    final: bool
    figures: TurnoutFigures
    remark: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    answers: Answers = ()


class CorrectTurnout(CommandBase, frozen=True, kw_only=True, tag="correct-turnout"):
    """Replace the last turnout report, with a reason."""

    contest: ContestId
    unit: UnitCode
    as_of: AsOf
    final: bool
    figures: TurnoutFigures
    reason: Reason
    supersedes: ReportNumber
    answers: Answers = ()


Command: TypeAlias = (
    DefineElection
    | RegisterParties
    | RegisterUnits
    | DefineContest
    | RegisterCandidates
    | RegisterList
    | RegisterJustices
    | RegisterOptions
    | WithdrawCandidate
    | AnnounceNoPoll
    | RecordParticulars
    | RecordPrevious
    | PostTally
    | CorrectTally
    | ConfirmCount
    | ReturnCount
    | ReportTurnout
    | CorrectTurnout
    | ReceptionCommand
    | DeclarationCommand
    | AmendmentCommand
    | SuccessionCommand
    | SurveyCommand
    | RegisterOffice
    | EnrolKey
    | ApproveKey
    | RotateKey
    | RevokeKey
)

COMMANDS: dict[str, type[Command]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(Command)
}
"""Every command by the name it has on the wire."""


class Submission(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One posting of an office: which election, who, its own number, and what it asks.

    Attributes:
        election: The election it is for.
        environment: `live` or `rehearsal`; must be that of the log.
        office: The office that sends it.
        submission_id: Chosen by the sender; repeated on a retry, never for anything else.
        on_behalf: The office posts for a unit that is not its own.
        command: What is asked.
        sequence: Number of this posting among all signed ones of the office, from 1, gapless.
        previous_sha256: Digest of the body of the office's previous signed posting; none for the
            first. Both are stated by what is signed, and by nothing else.
        scan_sha256: Digest of the scanned sheet that the figures were read from.
    """

    election: str
    environment: str
    office: Annotated[str, id_meta(r"[a-z0-9][a-z0-9.-]{0,63}")]
    submission_id: Annotated[str, id_meta(r"[A-Za-z0-9][A-Za-z0-9._:/-]{7,99}")]
    command: Command
    on_behalf: bool = False
    sequence: Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)] | None = None
    previous_sha256: Sha256 | None = None
    scan_sha256: Sha256 | None = None

    @property
    def key(self) -> SubmissionKey:
        """Identifies the submission."""
        return SubmissionKey(self.office, self.submission_id)
