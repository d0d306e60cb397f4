"""What a running election has: contests with their ballots and units, and the sending office.

It comes from the public documents. A copy is kept beside the outbox, so that a centre whose line
is down can still read its tables into postings that wait.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from aggregates.base import CommandContext, Provenance
from aggregates.election.ballot import Option, WithdrawalCause
from aggregates.election.contests.contest import Contest
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.reference.name_folding import fold_width
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.kind_rule import KindRule
from aggregates.rule_package.package import RulePackage
from infra.services.importing.import_faults import TablesUnreadable
from infra.services.importing.name_matching import KnownNames, Names, NotFound
from infra.services.importing.server_documents import Documents
from infra.services.importing.tallies.pool_items import find_pool_item
from infra.services.outbox.server_connection import NoAnswer
from projections.documents.contest_document import ContestDocument
from projections.documents.nation_tables import CandidatesDocument, ContestBallot
from projections.documents.offices_document import OfficesDocument
from projections.office_tables.figure_names import DISMISS, FIGURES, KEEP, FigureItem

_ACT: Final = CommandContext(
    provenance=Provenance(office="reader", submission="reading"),
    at=datetime(1970, 1, 1, tzinfo=UTC),
)
"""Nothing is recorded here; the aggregate only wants to know."""

T = TypeVar("T")


class KnownContest:
    """A contest as it is on record.

    Attributes:
        contest: The aggregate, with its ballot.
        units: Codes of its units, by code or name.
        ballot: Who stands.
        rule: Of its kind.
        unit_names: Code -> name.
    """

    def __init__(self, ballot: ContestBallot, document: ContestDocument, rule: KindRule) -> None:
        units = [KnownNames(row.unit, (row.name,), row.unit) for row in document.units]
        self.ballot = ballot
        self.rule = rule
        self.unit_names = {row.unit: row.name for row in document.units}
        self.contest = _aggregate(ballot, document, rule)
        self.units = Names("開票区", units)
        self._options = Names("候補者等", _options(ballot, rule))

    def names(self) -> dict[str, str]:
        """Names of candidates, lists, members, justices and options by id."""
        return {each.code: each.names[0] for each in _options(self.ballot, self.rule)}

    def item(self, text: str) -> FigureItem:
        """What an item of a table is about.

        Raises:
            NotFound: No figure and nobody on this ballot, or more than one.
        """
        if self.contest.ballot not in {"justices", "options"}:
            pool = find_pool_item(text, self._options.find)
            if pool is not None:
                return pool
        figure = FIGURES.get(fold_width(text))
        try:
            option = self._option(text)
        except NotFound:
            if figure is None:
                raise
            return figure
        if figure is not None:
            raise NotFound(
                f"「{text}」は候補者等の名でも数字の名でもあります。コードで書いてください。"
            )
        return option

    def _option(self, text: str) -> FigureItem:
        if self.contest.ballot != "justices":
            return FigureItem("votes", self._options.find(text))
        for ending, kind in ((KEEP, FigureItem("no", "")), (DISMISS, FigureItem("votes", ""))):
            if fold_width(text).endswith(ending):
                name = text.rstrip().removesuffix(ending).rstrip(" 　：:・-")
                return kind._replace(name=self._options.find(name))
        raise NotFound(f"「{text}」の末尾に「{DISMISS}」か「{KEEP}」を付けてください。")


def _options(ballot: ContestBallot, rule: KindRule) -> list[KnownNames[str]]:
    known = [
        KnownNames(each.id, (each.name, each.registered_name), each.id)
        for each in ballot.candidates
    ]
    named = [*ballot.justices, *(ballot.options or ())]
    known += [KnownNames(each.id, (each.name,), each.id) for each in named]
    for party_list in ballot.lists:
        known.append(KnownNames(party_list.id, (party_list.name, party_list.party), party_list.id))
        if rule.ballot == "open-lists":
            known += [
                KnownNames(m.id, (m.name, m.registered_name), m.id) for m in party_list.members
            ]
    return known


def _aggregate(ballot: ContestBallot, document: ContestDocument, rule: KindRule) -> Contest:
    places = set(ballot.prefectures)
    blocks = [block.id for block in rule.blocks if places <= set(block.prefectures)]
    block = blocks[0] if blocks else ""
    contest = Contest.define(
        ContestFacts(
            id=ballot.contest,
            kind=ballot.kind,
            name=ballot.name,
            seats=ballot.seats,
            prefectures=ballot.prefectures,
            units=tuple(row.unit for row in document.units),
            block=block,
            full_seats=msgspec.UNSET if document.full_seats is None else document.full_seats,
            polling_day=msgspec.UNSET if document.polling_day is None else document.polling_day,
        ),
        rule,
        _ACT,
    )
    options: list[Option] = [
        *ballot.candidates,
        *ballot.lists,
        *ballot.justices,
        *(ballot.options or ()),
    ]
    contest.options = {option.id: option for option in options}
    contest.withdrawn = msgspec.convert(ballot.withdrawn, dict[str, WithdrawalCause])
    return contest


class RecordedRegister:
    """Looks up what tables name.

    Args:
        documents: Of the running server.
        copies: Folder of the copies; made when needed.

    Attributes:
        head: Of the document of who stands.
        ballots: Of every contest.
        parties: Registered ones.
        is_old: Whether copies were read, as there was no line.
    """

    def __init__(self, documents: Documents, copies: Path) -> None:
        self._documents = documents
        self._copies = copies
        self._contests: dict[str, KnownContest] = {}
        self._rules: RulePackage | None = None
        self.is_old = False
        ballots = self._document("candidates", CandidatesDocument)
        if ballots is None:
            raise TablesUnreadable("選挙がまだ登録されていません。先に選挙を取り込んでください。")
        self.head = ballots.head
        self.ballots = ballots.contests
        self.parties = ballots.parties
        self._ballots = Names(
            "選挙区", [KnownNames(each.contest, (each.name,), each) for each in ballots.contests]
        )

    def contest(self, text: str) -> KnownContest:
        """A contest by code or name.

        Raises:
            NotFound: There is none, or more than one.
        """
        ballot = self._ballots.find(text)
        if ballot.contest not in self._contests:
            document = self._document(f"contests/{ballot.contest}", ContestDocument)
            if document is None:
                raise NotFound(f"「{text}」の開票区をまだ読めません。少し待ってください。")
            rule = self._package().rule(ballot.kind, document.head.polling_day)
            self._contests[ballot.contest] = KnownContest(ballot, document, rule)
        return self._contests[ballot.contest]

    def kind_names(self, ballot: ContestBallot) -> tuple[str, str]:
        """What the kind of a contest is called, and its code."""
        return self._package().rule(ballot.kind, self.head.polling_day).name, ballot.kind

    def _package(self) -> RulePackage:
        """The package of the log; Japan's where an earlier server publishes none."""
        if self._rules is None:
            try:
                self._rules = self._document("rules", RulePackage)
            except TablesUnreadable:
                self._rules = None  # a copy from before packages, and no line
            self._rules = self._rules or JAPAN
        return self._rules

    def office_units(self, office: str) -> tuple[str, ...] | None:
        """Units that are an office's own; None when it is not in the register."""
        document = self._document("offices", OfficesDocument)
        offices = document.offices if document is not None else []
        return next((each.units for each in offices if each.id == office), None)

    def _document(self, name: str, kind: type[T]) -> T | None:
        """A document, or its last copy while there is no line."""
        copy = self._copies / f"{name.replace('/', '_')}.json"
        try:
            found = self._documents.find(name, kind)
        except NoAnswer as down:
            self.is_old = True
            if not copy.exists():
                raise TablesUnreadable(
                    f"サーバーにつながらず、名簿の控えもまだありません（{down}）。"
                ) from down
            return _decode(copy, kind)
        if found is not None:
            self._copies.mkdir(mode=0o700, parents=True, exist_ok=True)
            aside = copy.with_suffix(".new")
            aside.write_bytes(msgspec.json.encode(found))
            aside.replace(copy)
        return found


def _decode(copy: Path, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(copy.read_bytes(), type=kind)
    except msgspec.MsgspecError as error:
        raise TablesUnreadable(f"{copy}: 名簿の控えが壊れています。消してください。") from error
