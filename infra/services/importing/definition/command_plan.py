"""A definition as the commands that will be sent, in an order in which each finds what it needs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from aggregates.base import CommandContext, Provenance
from aggregates.commands import election_commands as c
from aggregates.commands import office_commands as o
from aggregates.decisions.command_table import decide
from aggregates.decisions.repository import ElectionRepository
from aggregates.errors import Refusal
from aggregates.rules import CURRENT_RULES
from infra.adapters.event_log.event_codec import STATE_BYTES_MAX, canonical
from infra.adapters.memory.in_memory_store import InMemoryStore
from infra.services.importing import sheet_layouts as at
from infra.services.importing.content_id import content_id
from infra.services.importing.definition.definition import Definition, DefinitionEntry
from infra.services.importing.definition.dry_run import AT, named_package
from infra.services.importing.definition.founder_keys import KeyRequests, founders_with_keys
from infra.services.importing.import_faults import CellPlace, Faults
from infra.services.importing.previous_records import previous_records
from infra.services.signing.proof_of_possession import proven_keys

COMMAND_BYTES_MAX: Final = STATE_BYTES_MAX * 2 // 5
"""An entry holds the event and, in base64, the envelope with the command: 1 + 4/3 of it."""
_TOGETHER_BYTES_MAX: Final = 12_000

T = TypeVar("T")


def commands(definition: Definition, requests: KeyRequests) -> Iterator[c.Command]:
    """The commands. They are the same whenever the tables are."""
    if definition.election is not None:
        founders = founders_with_keys(definition, requests)
        yield c.DefineElection(
            election=definition.election.value,
            founders=founders,
            rules=CURRENT_RULES,
            rule_package=named_package(definition),
        )
    for parties in _pack(_values(definition.parties)):
        yield c.RegisterParties(parties=parties)
    for _, units in _group(_values(definition.units), lambda unit: unit.prefecture):
        yield c.RegisterUnits(units=units)
    for office in _values(definition.offices):
        if office.id not in definition.founders:
            yield o.RegisterOffice(office=office)
    for contest in _values(definition.contests):
        yield c.DefineContest(contest=contest)
    yield from _ballots(definition)


def _ballots(definition: Definition) -> Iterator[c.Command]:
    for contest, candidates in _by_contest(definition.candidates):
        yield c.RegisterCandidates(contest=contest, candidates=candidates)
    for entry in definition.lists:
        yield c.RegisterList(contest=entry.contest, party_list=entry.value)
    for contest, justices in _by_contest(definition.justices):
        yield c.RegisterJustices(contest=contest, justices=justices)
    for contest, options in _by_contest(definition.options):
        yield c.RegisterOptions(contest=contest, options=options)
    for contest, particulars in _by_contest(definition.particulars):
        yield c.RecordParticulars(contest=contest, particulars=particulars)
    if definition.previous is not None:
        for record in previous_records(definition.previous):
            yield c.RecordPrevious(previous=record)


def submission(office: str, election: str, environment: str, command: c.Command) -> c.Submission:
    """A submission whose id follows from its content: the same one is never recorded twice."""
    return c.Submission(
        election=election,
        environment=environment,
        office=office,
        submission_id=content_id(office, election, environment, command),
        command=command,
    )


def try_all(
    definition: Definition, requests: KeyRequests, office: str, faults: Faults
) -> list[c.Submission]:
    """Decide the very submissions that will be sent, as this office, on a fresh store.

    Rows have been decided one by one; here it is seen that the office may ask for all of it, and
    that no command is larger than an entry of the log.
    """
    if definition.election is None:
        return []
    facts = definition.election.value
    repository = ElectionRepository(InMemoryStore())
    made = [
        submission(office, facts.id, facts.environment, command)
        for command in commands(definition, requests)
    ]
    signers: tuple[str, ...] = ()
    for each in made:
        if isinstance(each.command, c.DefineElection):
            own = (f.keys for f in each.command.founders if f.office.id == office)
            signers = tuple(key.keyid for keys in own for key in keys)
        try:
            _decide(repository, each, signers)
        except Refusal as refusal:
            faults.add(CellPlace(_SHEETS[each.command.name]), "", str(refusal))
            break
        if len(canonical(each)) > COMMAND_BYTES_MAX:
            about = getattr(each.command, "contest", "")
            faults.add(
                CellPlace(_SHEETS[each.command.name]),
                "",
                f"{about} の一件が大きすぎ、記録の一項目に入りません。職業などを短くしてください。",
            )
    return made


def _decide(repository: ElectionRepository, each: c.Submission, signers: tuple[str, ...]) -> None:
    context = CommandContext(
        provenance=Provenance(office=each.office, submission=each.submission_id),
        at=AT,
        signers=signers,
        proven=frozenset(proven_keys(each)),
    )
    decide(repository, each, context)


_SHEETS: Final = {
    "define-election": at.OFFICES,
    "register-parties": at.PARTIES,
    "register-units": at.UNITS,
    "register-office": at.OFFICES,
    "define-contest": at.CONTESTS,
    "register-candidates": at.CANDIDATES,
    "register-list": at.LISTS,
    "register-justices": at.JUSTICES,
    "register-options": at.OPTIONS,
    "record-particulars": at.CANDIDATES,
    "record-previous": at.LAST,
}


def _values(entries: Iterable[DefinitionEntry[T]]) -> list[T]:
    return [entry.value for entry in entries]


def _by_contest(entries: Sequence[DefinitionEntry[T]]) -> Iterator[tuple[str, tuple[T, ...]]]:
    contests = {id(entry.value): entry.contest for entry in entries}
    return _group(_values(entries), lambda value: contests[id(value)])


def _group(values: Iterable[T], group: Callable[[T], str]) -> Iterator[tuple[str, tuple[T, ...]]]:
    """Values of one group together, as many as fit; groups in order of their first value."""
    groups: dict[str, list[T]] = {}
    for value in values:
        groups.setdefault(group(value), []).append(value)
    for name, found in groups.items():
        for packed in _pack(found):
            yield name, packed


def _pack(values: Iterable[T]) -> Iterator[tuple[T, ...]]:
    packed: list[T] = []
    size = 0
    for value in values:
        own = len(canonical(value))
        if packed and size + own > _TOGETHER_BYTES_MAX:
            yield tuple(packed)
            packed, size = [], 0
        packed.append(value)
        size += own
    if packed:
        yield tuple(packed)
