"""A definition as tables say it: every entry with its place, and what it refers to."""

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from aggregates.election.ballot import Candidate, Justice, Party, PartyList, PollOption
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.election_facts import ElectionFacts
from aggregates.election.geography import Unit
from aggregates.election.office import OfficeFacts
from aggregates.election.particulars import Particulars, PreviousElection
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.kind_rule import KindRule
from aggregates.rule_package.package import RulePackage
from infra.services.importing.import_faults import CellPlace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DefinitionEntry(Generic[T]):
    """One thing that a row defines.

    Attributes:
        place: The row.
        value: The thing.
        needs: Codes, as `sheet/code`, without which it cannot be decided.
        contest: Contest of candidates, lists, justices and options; empty for all others.
        parts: Places of list members by id.
    """

    place: CellPlace
    value: T
    needs: tuple[str, ...] = ()
    contest: str = ""
    parts: dict[str, CellPlace] = field(default_factory=dict)


@dataclass(slots=True)
class Definition:
    """Everything that is on record before the polls open.

    Attributes:
        election: What is fixed about it.
        parties: In order of the table; so are all others.
        units: Reporting units.
        offices: From the top of the line down.
        founders: Codes of the offices that are there from the first entry.
        contests: Races.
        candidates: Persons of contests of persons.
        lists: Lists with their members.
        justices: Justices under review.
        options: Of polls whose kind does not state them.
        particulars: What is known beyond nominations.
        previous: What the last election was; None where no sheet says it.
        package: What the law says of each kind of contest.
        broken: `sheet/code` of what a faulty row would have defined.
    """

    election: DefinitionEntry[ElectionFacts] | None = None
    parties: list[DefinitionEntry[Party]] = field(default_factory=list)
    units: list[DefinitionEntry[Unit]] = field(default_factory=list)
    offices: list[DefinitionEntry[OfficeFacts]] = field(default_factory=list)
    founders: list[str] = field(default_factory=list)
    contests: list[DefinitionEntry[ContestFacts]] = field(default_factory=list)
    candidates: list[DefinitionEntry[Candidate]] = field(default_factory=list)
    lists: list[DefinitionEntry[PartyList]] = field(default_factory=list)
    justices: list[DefinitionEntry[Justice]] = field(default_factory=list)
    options: list[DefinitionEntry[PollOption]] = field(default_factory=list)
    particulars: list[DefinitionEntry[Particulars]] = field(default_factory=list)
    previous: PreviousElection | None = None
    package: RulePackage = JAPAN
    broken: set[str] = field(default_factory=set)

    def find_rule(self, kind: str) -> KindRule | None:
        """What the package says of a kind on the polling day; None where it has none."""
        day = self.election.value.polling_day if self.election is not None else date.max
        return self.package.find_rule(kind, day)


def key(sheet: str, code: str) -> str:
    """How one entry names another that it needs."""
    return f"{sheet}/{code}"
