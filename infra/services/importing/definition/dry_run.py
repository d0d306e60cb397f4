"""A definition decided row by row on a store in memory, by the aggregates that decide in the log.

Whatever the log would refuse is refused here, with the row that is to blame. What needs a row that
has a fault already is passed over: it says nothing new.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Final

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from aggregates.base import CommandContext, Provenance
from aggregates.commands import election_commands as c
from aggregates.commands import office_commands as o
from aggregates.commands import reception_commands as r
from aggregates.decisions import definition_decisions, office_decisions, reception_decisions
from aggregates.decisions.repository import ElectionRepository
from aggregates.election.ballot import Candidate, Justice, Party, PartyList, PollOption
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.election import (
    Election,
)
from aggregates.election.election_facts import ElectionFacts
from aggregates.election.geography import Unit
from aggregates.election.office import Office, OfficeFacts
from aggregates.election.particulars import Particulars
from aggregates.errors import OfficeMalformed, Refusal
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.package import RulePackage
from infra.adapters.memory.in_memory_store import InMemoryStore
from infra.services.importing import sheet_layouts as at
from infra.services.importing.definition.definition import Definition, DefinitionEntry, T, key
from infra.services.importing.definition.founder_keys import KeyRequests, founders_with_keys
from infra.services.importing.import_faults import CellPlace, Faults
from infra.services.signing.proof_of_possession import proven_keys

AT: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Nothing is recorded here; the aggregates want a moment, and no rule depends on it."""

_STAND_IN: Final = ElectionFacts(
    id="trial", name="trial", environment="rehearsal", polling_day=date.max, unsigned=True
)
"""Where the first sheet has faults: the latest law applies, and everything else can be decided."""
_COLUMNS: Final = {
    "party-already-registered": "コード",
    "unit-already-registered": "コード",
    "office-already-registered": "コード",
    "contest-already-defined": "コード",
    "option-already-registered": "コード",
    "party-unknown": "党派",
    "unit-unknown": "開票区",
    "unsigned-live-election": "",
}
_MORE: Final = {
    "founders-missing": "機関の表で、設立の欄に ○ を二つ以上（国の機関を含む）付けてください。",
    "unsigned-live-election": "「署名なしの投稿」を「認めない」にしてください。",
}


def named_package(definition: Definition) -> RulePackage | UnsetType:
    """The package as the first entry names it: Japan's goes without saying."""
    return UNSET if definition.package == JAPAN else definition.package


def _find_column(refusal: Refusal, value: object) -> str:
    """Where a refusal of a row belongs, when that depends on the row."""
    if isinstance(value, Unit) and refusal.code.startswith("municipality-"):
        return "団体コード" if value.municipalities else "コード"
    return ""


class Trial:
    """Decides a definition.

    Args:
        definition: What the tables say.
        requests: Keys of founders; missing ones are stood in for.
        faults: Where refusals are noted.
    """

    def __init__(self, definition: Definition, requests: KeyRequests, faults: Faults) -> None:
        self._definition = definition
        self._requests = requests
        self._faults = faults
        self._broken = set(definition.broken)
        self._repository = ElectionRepository(InMemoryStore())
        self._context = CommandContext(
            provenance=Provenance(office="trial", submission="trial"), at=AT
        )

    def run(self) -> None:
        """Decide every row, in an order in which each finds what it refers to."""
        self._begin()
        self._register()
        self._ballots()
        if not len(self._faults):
            self._open()

    def _register(self) -> None:
        told = self._definition
        for party in told.parties:
            self._try(party, at.PARTIES, party.value.id, self._parties)
        for unit in told.units:
            self._try(unit, at.UNITS, unit.value.code, self._units)
        for office in told.offices:
            if office.value.id in told.founders:
                self._require_founder_units(office.place, office.value.units)
            else:
                self._try(office, at.OFFICES, office.value.id, self._offices)

    def _ballots(self) -> None:
        told = self._definition
        for contest in told.contests:
            self._try(contest, at.CONTESTS, contest.value.id, self._contests)
        for person in told.candidates:
            named = f"{person.contest} {person.value.id}"
            self._try(person, at.CANDIDATES, named, self._candidates)
        for party_list in told.lists:
            self._try(party_list, at.LISTS, party_list.value.id, self._lists)
        for justice in told.justices:
            self._try(justice, at.JUSTICES, justice.value.id, self._justices)
        for option in told.options:
            self._try(option, at.OPTIONS, option.value.id, self._options)
        for each in told.particulars:
            self._try(each, "particulars", each.value.option, self._particulars)

    def _begin(self) -> None:
        """Define the election as its founding office would; where that fails, stand one in."""
        entry = self._definition.election
        if entry is None:
            self._stand_in(_STAND_IN)
            return
        try:
            self._define(entry.value)
        except Refusal as refusal:
            self._note_refusal(entry.place, refusal, {})
            self._stand_in(replace(entry.value, unsigned=False))

    def _define(self, facts: ElectionFacts) -> None:
        founders = founders_with_keys(self._definition, self._requests)
        manager = next((f for f in founders if f.office.role == facts.managing_role), None)
        package = named_package(self._definition)
        command = c.DefineElection(election=facts, founders=founders, rule_package=package)
        submission = c.Submission(
            election=facts.id,
            environment=facts.environment,
            office=manager.office.id if manager is not None else "trial",
            submission_id="trial-0000",
            command=command,
        )
        context = CommandContext(
            provenance=Provenance(office=submission.office, submission="trial-0000"),
            at=AT,
            signers=tuple(key.keyid for key in manager.keys) if manager is not None else ("",),
            proven=frozenset(proven_keys(submission)),
        )
        definition_decisions.define_election(self._repository, submission, command, context)

    def _stand_in(self, facts: ElectionFacts) -> None:
        """An election in which all else can be decided, so that its faults are reported too."""
        package = named_package(self._definition)
        with suppress(Refusal):  # reported with the election, which names the package
            self._repository.store.put(Election.define(facts, self._context, package=package))
        for entry in self._definition.offices:
            if entry.value.id in self._definition.founders:
                with suppress(Refusal):  # reported with the election, whose founders are at fault
                    self._repository.store.put(
                        Office.register(entry.value, self._context, founder=True)
                    )

    def _try(
        self,
        entry: DefinitionEntry[T],
        sheet: str,
        code: str,
        decide: Callable[[DefinitionEntry[T]], None],
    ) -> None:
        if any(need in self._broken for need in entry.needs):
            self._broken.add(key(sheet, code))
            return
        try:
            decide(entry)
        except Refusal as refusal:
            # A second row of the same code does not take the first one away.
            if "already" not in refusal.code:
                self._broken.add(key(sheet, code))
            column = _find_column(refusal, entry.value)
            self._note_refusal(entry.place, refusal, entry.parts, column)

    def _note_refusal(
        self, place: CellPlace, refusal: Refusal, parts: dict[str, CellPlace], column: str = ""
    ) -> None:
        """Note a refusal at the row of the part that it names, else at the entry's own."""
        named = [str(refusal.facts.get("option", "")), str(refusal.facts.get("detail", ""))]
        for part, where in parts.items():
            if part == named[0] or named[1].startswith(f"{part}："):
                place = where
        sentence = f"{refusal}{_MORE.get(refusal.code, '')}"
        self._faults.add(place, column or _COLUMNS.get(refusal.code, ""), sentence)

    # --- what each row is ---------------------------------------------------------------------

    def _parties(self, entry: DefinitionEntry[Party]) -> None:
        command = c.RegisterParties(parties=(entry.value,))
        definition_decisions.register_parties(
            self._repository, self._repository.election(), command, self._context
        )

    def _units(self, entry: DefinitionEntry[Unit]) -> None:
        command = c.RegisterUnits(units=(entry.value,))
        definition_decisions.register_units(
            self._repository, self._repository.election(), command, self._context
        )

    def _offices(self, entry: DefinitionEntry[OfficeFacts]) -> None:
        command = o.RegisterOffice(office=entry.value)
        office_decisions.register_office(
            self._repository, self._repository.election(), command, self._context
        )

    def _contests(self, entry: DefinitionEntry[ContestFacts]) -> None:
        command = c.DefineContest(contest=entry.value)
        definition_decisions.define_contest(
            self._repository, self._repository.election(), command, self._context
        )

    def _candidates(self, entry: DefinitionEntry[Candidate]) -> None:
        command = c.RegisterCandidates(contest=entry.contest, candidates=(entry.value,))
        definition_decisions.register_candidates(
            self._repository, self._repository.election(), command, self._context
        )

    def _lists(self, entry: DefinitionEntry[PartyList]) -> None:
        command = c.RegisterList(contest=entry.contest, party_list=entry.value)
        definition_decisions.register_list(
            self._repository, self._repository.election(), command, self._context
        )

    def _justices(self, entry: DefinitionEntry[Justice]) -> None:
        command = c.RegisterJustices(contest=entry.contest, justices=(entry.value,))
        definition_decisions.register_justices(
            self._repository, self._repository.election(), command, self._context
        )

    def _options(self, entry: DefinitionEntry[PollOption]) -> None:
        command = c.RegisterOptions(contest=entry.contest, options=(entry.value,))
        definition_decisions.register_options(
            self._repository, self._repository.election(), command, self._context
        )

    def _particulars(self, entry: DefinitionEntry[Particulars]) -> None:
        command = c.RecordParticulars(contest=entry.contest, particulars=(entry.value,))
        definition_decisions.record_particulars(
            self._repository, self._repository.election(), command, self._context
        )

    def _require_founder_units(self, place: CellPlace, units: tuple[str, ...]) -> None:
        """Founders come before the units; that a unit of theirs exists is asked here."""
        for code in units:
            if code not in self._repository.election().units:
                refusal = OfficeMalformed(office=code, detail="開票区が登録されていません")
                self._note_refusal(place, refusal, {})

    def _open(self) -> None:
        """Open counting, which looks at the whole: dual candidates that do not exist."""
        election = self._repository.election()
        places = {m: p for each in self._definition.lists for m, p in each.parts.items()}
        try:
            reception_decisions.open_counting(
                self._repository, election, r.OpenCounting(), self._context
            )
        except Refusal as refusal:
            named = refusal.facts.get("options", ())
            member = str(named[0]).partition("（")[0] if isinstance(named, tuple) and named else ""
            self._note_refusal(places.get(member, CellPlace(at.MEMBERS)), refusal, {})
