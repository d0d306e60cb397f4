"""The ballot of every contest as an office knows it: what it has to name in a signed tally."""

from datetime import UTC, date, datetime

from msgspec import UNSET
from msgspec.structs import replace

from aggregates.base import CommandContext, Provenance
from aggregates.commands import election_commands as c
from aggregates.election.contests.contest import Contest
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.kind_rule import KindRule

_ACT = CommandContext(
    provenance=Provenance(office="reader", submission="reading"),
    at=datetime(1970, 1, 1, tzinfo=UTC),
)
"""Nothing is recorded here; the aggregate only wants to know."""


class KnownBallots:
    """Follows what is registered and withdrawn, and writes its digest on tallies."""

    def __init__(self) -> None:
        self._contests: dict[str, Contest] = {}
        self._digests: dict[str, str] = {}
        self._polling_day = date.max
        self._package = JAPAN

    def note(self, command: c.Command) -> None:
        """Take notice of a command that has been sent."""
        match command:
            case c.DefineElection(election=election, rule_package=package):
                self._polling_day = election.polling_day
                self._package = JAPAN if package is UNSET else package
            case c.DefineContest(contest=facts):
                rule = self._package.rule(facts.kind, self._polling_day)
                self._contests[facts.id] = Contest.define(facts, rule, _ACT)
            case c.RegisterCandidates():
                self._apply_change(command.contest).register_candidates(command.candidates, _ACT)
            case c.RegisterList():
                self._apply_change(command.contest).register_list(
                    command.party_list, self._rule(command.contest), _ACT
                )
            case c.RegisterJustices():
                self._apply_change(command.contest).register_justices(command.justices, _ACT)
            case c.RegisterOptions():
                self._apply_change(command.contest).register_options(command.options, _ACT)
            case c.WithdrawCandidate():
                contest = self._apply_change(command.contest)
                contest.withdraw(command.option, command.cause, _ACT, day=command.day)
            case _:
                return

    def name_ballot(self, command: c.Command) -> c.Command:
        """The command; a tally names the ballot it was filled in against."""
        if isinstance(command, c.PostTally | c.CorrectTally) and command.ballot_sha256 is None:
            return replace(command, ballot_sha256=self.sha256(command.contest))
        return command

    def sha256(self, contest: str) -> str:
        """Digest of the ballot of a contest."""
        if contest not in self._digests:
            self._digests[contest] = self._contests[contest].ballot_sha256
        return self._digests[contest]

    def _rule(self, contest: str) -> KindRule:
        kind = self._contests[contest].facts.kind
        return self._package.rule(kind, self._polling_day)

    def _apply_change(self, contest: str) -> Contest:
        self._digests.pop(contest, None)
        return self._contests[contest]
