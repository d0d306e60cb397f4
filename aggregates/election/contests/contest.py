"""One contest with its own seats and its own ballot: 北海道1区, 比例 東北ブロック, 国民審査.

Commands are in the imperative and may refuse. What they record is in
`aggregates/election/contests/contest_events.py`.
"""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from aggregates.base import Aggregate, CommandContext
from aggregates.election.ballot import (
    Candidate,
    Justice,
    Member,
    Option,
    PartyList,
    PollOption,
    WithdrawalCause,
    list_fault,
)
from aggregates.election.contests.contest_events import (
    CandidatesRegistered,
    CandidateWithdrawn,
    ContestDefined,
    JusticesRegistered,
    ListRegistered,
    NoPollAnnounced,
    OptionsRegistered,
    ParticularsRecorded,
    RecordedContest,
)
from aggregates.election.contests.contest_facts import ContestFacts, definition_fault
from aggregates.election.contests.votable_options import (
    VotableOptions,
    list_members,
    votable_ids,
    votable_options,
)
from aggregates.election.identifiers import VOTE, contest_stream
from aggregates.election.particulars import Particulars
from aggregates.election.tally import Tally
from aggregates.errors import (
    BallotChanged,
    CandidateMissing,
    CandidateNotStanding,
    CandidateUnknown,
    ContestMalformed,
    ListMalformed,
    ListTotalsMisplaced,
    NoPollAlreadyAnnounced,
    OptionAlreadyRegistered,
    OptionOfAnotherKind,
    PriorityMemberHasVotes,
    UnitUnknown,
    VotesNotWhole,
)
from aggregates.rule_package.japan import JAPAN_BALLOTS
from aggregates.rule_package.kind_rule import Ballot, KindRule
from aggregates.rules import FIRST_RULES, SECOND_RULES

_OPTION_TYPES: dict[Ballot, type[Option]] = {
    "persons": Candidate,
    "lists": PartyList,
    "open-lists": PartyList,
    "justices": Justice,
    "options": PollOption,
}
_OPTION_WORDS: dict[type, str] = {
    Candidate: "候補者",
    PartyList: "名簿",
    Justice: "裁判官",
    PollOption: "選択肢",
}


class Contest(RecordedContest, Aggregate):
    """A contest and its ballot."""

    # Not among what makes a contest equal to another: it follows from the rest.
    __slots__ = ("_kept_options",)

    first_event = ContestDefined

    @classmethod
    def define(cls, facts: ContestFacts, rule: KindRule, context: CommandContext) -> "Contest":
        """Define a contest under the rule of its kind.

        Raises:
            ContestMalformed: The id does not begin with the kind, units or prefectures stand
                twice or are missing, or seats or block do not belong to the kind.
        """
        if fault := definition_fault(facts, rule):
            raise ContestMalformed(contest=facts.id, detail=fault)
        known = JAPAN_BALLOTS.get(facts.kind) == rule.ballot
        ballot = msgspec.UNSET if known else rule.ballot
        return cls.begin(contest_stream(facts.id), context, contest=facts, ballot=ballot)

    def register_candidates(
        self, candidates: tuple[Candidate, ...], context: CommandContext
    ) -> None:
        """Accept nominations."""
        self._require_new(candidates)
        self.record(CandidatesRegistered, context, candidates=candidates)

    def register_list(self, party_list: PartyList, rule: KindRule, context: CommandContext) -> None:
        """Accept a party's list.

        Raises:
            OptionAlreadyRegistered: The list or one of its members is registered already.
            ListMalformed: The order of its members is not one the law knows.
        """
        self._require_new((party_list,))
        # Lists and members share one space of ids: a sheet of the Upper House has both.
        seen = {*self.options, *self.members(), party_list.id}
        for member in party_list.members:
            if member.id in seen:
                raise OptionAlreadyRegistered(option=member.id)
            seen.add(member.id)
        if fault := list_fault(rule, party_list.members):
            raise ListMalformed(option=party_list.id, detail=fault)
        self.record(ListRegistered, context, party_list=party_list)

    def register_justices(self, justices: tuple[Justice, ...], context: CommandContext) -> None:
        """Name the justices under review."""
        self._require_new(justices)
        self.record(JusticesRegistered, context, justices=justices)

    def register_options(self, options: tuple[PollOption, ...], context: CommandContext) -> None:
        """Name the options of a poll."""
        self._require_new(options)
        self.record(OptionsRegistered, context, options=options)

    def withdraw(
        self,
        option: str,
        cause: WithdrawalCause,
        context: CommandContext,
        *,
        day: date | None = None,
    ) -> None:
        """Take a candidate or a list member off: withdrawn, died or dismissed, on a day."""
        if option in self.withdrawn:
            raise CandidateNotStanding(option=option)
        if option not in self.options and option not in self.members():
            raise CandidateUnknown(contest=self.facts.id, options=(option,))
        stated = msgspec.UNSET if day is None else day
        self.record(CandidateWithdrawn, context, option=option, cause=cause, day=stated)

    def announce_no_poll(self, context: CommandContext) -> None:
        """Announce that nobody votes; whether that is so, the decision has asked the law.

        Raises:
            NoPollAlreadyAnnounced: It is on record.
        """
        if self.no_poll_announced:
            raise NoPollAlreadyAnnounced(contest=self.facts.id)
        self.record(NoPollAnnounced, context)

    def record_particulars(
        self, particulars: tuple[Particulars, ...], context: CommandContext
    ) -> None:
        """Record what is known of candidates or members beyond their nomination."""
        known = {*self.options, *self.members()}
        if unknown := tuple(p.option for p in particulars if p.option not in known):
            raise CandidateUnknown(contest=self.facts.id, options=unknown)
        self.record(ParticularsRecorded, context, particulars=particulars)

    def members(self) -> dict[str, Member]:
        """Every list member of this contest by id."""
        return list_members(self.options)

    def votable(self) -> frozenset[str]:
        """Ids that a tally has votes for: options and, for the Upper House list, members."""
        with_members = self.ballot == "open-lists"
        return votable_ids(self.options, self.withdrawn, with_members=with_members)

    @property
    def ballot_sha256(self) -> str:
        """Digest of the ids one can vote for: what a sheet was filled in against."""
        return self._sheet_options().sha256

    def _sheet_options(self) -> VotableOptions:
        """What every sheet is compared with, computed once until something changes."""
        kept: VotableOptions | None = getattr(self, "_kept_options", None)
        if kept is None or kept.version != self.version:
            kept = votable_options(self.facts.id, self.version, self.options, self.votable())
            self._kept_options = kept
        return kept

    def require_standing(self, options: Iterable[str]) -> None:
        """Refuse options that one cannot vote for.

        Raises:
            CandidateNotStanding, CandidateUnknown: See there.
        """
        named = frozenset(options)
        self._require_options(named, named & self.votable())

    def require_unit(self, unit: str) -> None:
        """Refuse a unit that does not report on this contest."""
        if unit not in self.units:
            raise UnitUnknown(unit=unit, contest=self.facts.id)

    def require_fits(
        self, tally: Tally, ballot_sha256: str | None, *, rules: int = FIRST_RULES
    ) -> None:
        """Refuse a tally whose options are not exactly those that have votes on a sheet.

        Under rules 2 members of the 特定枠 have none (POEA 95-3), and lists may stand without any
        member where a sheet says that their votes are those of the whole list.

        Raises:
            BallotChanged: It was filled in against another ballot.
            CandidateUnknown, CandidateMissing, CandidateNotStanding: See there.
            OptionOfAnotherKind: See there.
            ListTotalsMisplaced: It is no list of the Upper House, or decided under rules 1.
            PriorityMemberHasVotes: A member of the 特定枠 has some.
        """
        here = self._sheet_options()
        if ballot_sha256 is not None and ballot_sha256 != here.sha256:
            raise BallotChanged(ballot_sha256=here.sha256)
        if self.ballot == "options":
            _require_whole_votes(tally)
        if self.ballot == "persons" and not tally.list_totals and tally.no is None:
            # Nearly all that is posted in a night; persons have no members who need not stand.
            if tally.votes.keys() != here.votable:
                self._require_options(frozenset(tally.votes), here.votable)
            return
        silent = _members_without_votes(here, tally, ballot=self.ballot, rules=rules)
        expected = here.lines if silent is here.priority else here.votable - silent
        for posted in self._option_sets(tally):
            if posted - silent != expected:
                self._require_options(posted - silent, expected)

    def _option_sets(self, tally: Tally) -> Iterator[frozenset[str]]:
        yield frozenset(tally.votes)
        if self.ballot == "justices":
            yield frozenset(tally.no or {})
        elif tally.no is not None:
            raise OptionOfAnotherKind(contest=self.facts.id, option="国民審査の票")

    def _require_options(self, posted: frozenset[str], votable: frozenset[str]) -> None:
        for option in sorted(posted & set(self.withdrawn)):
            raise CandidateNotStanding(option=option)
        if unknown := posted - votable:
            raise CandidateUnknown(contest=self.facts.id, options=tuple(sorted(unknown)))
        if missing := votable - posted:
            raise CandidateMissing(contest=self.facts.id, options=tuple(sorted(missing)))

    def _require_new(self, options: tuple[Option, ...]) -> None:
        wanted = _OPTION_TYPES[self.ballot]
        seen = {*self.options, *self.members()}
        for option in options:
            if not isinstance(option, wanted):
                raise OptionOfAnotherKind(contest=self.facts.id, option=_OPTION_WORDS[type(option)])
            if option.id in seen:
                raise OptionAlreadyRegistered(option=option.id)
            seen.add(option.id)


def _members_without_votes(
    here: VotableOptions, tally: Tally, *, ballot: Ballot, rules: int
) -> frozenset[str]:
    """Members that need not stand on a sheet."""
    if tally.list_totals and (ballot != "open-lists" or rules < SECOND_RULES):
        raise ListTotalsMisplaced
    if rules < SECOND_RULES:
        return frozenset()
    members, priority = here.members, here.priority
    with_votes = tuple(sorted(name for name in priority if tally.votes.get(name, 0)))
    if with_votes:
        raise PriorityMemberHasVotes(options=with_votes)
    if not tally.list_totals:
        return priority
    if members & tally.votes.keys():
        raise ListTotalsMisplaced
    return members


def _require_whole_votes(tally: Tally) -> None:
    """No ballot of a poll with options is divided."""
    for option, own in {**tally.votes, "cut": tally.cut, "nobody": tally.nobody}.items():
        if own % VOTE or (own and option not in tally.votes):
            raise VotesNotWhole(field=option, value=f"{own / VOTE:.3f}")
