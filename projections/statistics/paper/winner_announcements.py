"""Whom a decision elected and who says so: the facts of 告知, 告示 and 当選証書.

The body and the article follow from the kind of contest: of districts in which members of lists may
stand as well, of blocks, of the national list, and of all others (POEA 101, 101-2, 101-2-2, 101-3).
"""

from typing import Final, NamedTuple

from aggregates.election.geography import PLACES
from projections.documents.rows.succession_rows import succession_rows
from projections.state.records import ContestRecord
from projections.state.results import is_contradicted
from projections.statistics.ledger import Ledger
from projections.statistics.nominations import Nominee, standing_candidates, standing_members

_NATION: Final = "中央選挙管理会"
_JOINT: Final = "参議院合同選挙区"
_COMMISSION: Final = "選挙管理委員会"
_NAMELESS: Final = "市区町村選挙管理委員会"


class ElectedPerson(NamedTuple):
    """One who is elected, by the decision or as a successor.

    Attributes:
        person: Who it is, with votes and party.
        term: `long` for the long term of a joint Upper House election; empty where all have one.
        replaces: Name of whom a successor moved up for; empty for a winner of the decision.
    """

    person: Nominee
    term: str = ""
    replaces: str = ""

    @property
    def party(self) -> str:
        """党派 as the notice of candidates has it."""
        return self.person.label

    @property
    def name(self) -> str:
        """The name on the ballot, and the one of the family register where it is another."""
        own = self.person.registered_name
        return f"{self.person.name}（本名 {own}）" if _is_other(self.person) else self.person.name

    @property
    def certified_name(self) -> str:
        """The name of the family register, else the one on the ballot."""
        return self.person.registered_name if _is_other(self.person) else self.person.name

    @property
    def votes(self) -> int | None:
        """Thousandths; None where nobody voted for the person: no poll, lists without names."""
        rule, contest = self.person.contest.rule, self.person.contest
        is_silent = rule.ballot == "lists" or self.person.priority is not None
        return None if contest.uncontested or is_silent else self.person.votes


class WinnerAnnouncement(NamedTuple):
    """What is announced of one contest.

    Attributes:
        contest: The contest.
        body: Who tells the winners, gives notice and hands out certificates.
        article: By which article, in Japanese.
        elected: Winners of the decision in its order, then successors.
        contradicted: Figures recorded since lead to another decision.
    """

    contest: ContestRecord
    body: str
    article: str
    elected: tuple[ElectedPerson, ...]
    contradicted: bool


def _is_other(person: Nominee) -> bool:
    return bool(person.registered_name) and person.registered_name != person.name


def announcement(ledger: Ledger, contest: ContestRecord) -> WinnerAnnouncement | None:
    """What is announced of a contest; None before a decision, and where nobody is elected by it.

    Args:
        ledger: Names, parties and offices.
        contest: The contest.
    """
    if contest.declared is None or contest.rule.ballot in {"justices", "options"}:
        return None
    listed = contest.rule.is_list
    people = (standing_members if listed else standing_candidates)(ledger.state, contest)
    by_id = {person.id: person for person in people}
    long = set(contest.declared.long_terms)
    elected = [
        ElectedPerson(by_id[each], "long" if each in long else "short" if long else "")
        for each in contest.declared.elected
        if each in by_id
    ]
    elected += [
        ElectedPerson(by_id[row.successor], replaces=row.name)
        for row in succession_rows(ledger.state, contest)
        if row.successor in by_id
    ]
    return WinnerAnnouncement(
        contest,
        announcing_body(ledger, contest),
        announcing_article(ledger, contest),
        tuple(elected),
        is_contradicted(ledger.state, contest),
    )


def announcing_body(ledger: Ledger, contest: ContestRecord) -> str:
    """Who announces (POEA 5, 5-6, 101-101-3): the body that the law has manage the contest."""
    match contest.rule.managed_by:
        case "nation":
            return _NATION
        case "prefecture":
            places = "及び".join(PLACES[code] for code in contest.facts.prefectures)
            is_joint = len(contest.facts.prefectures) > 1
            return f"{places}{_JOINT if is_joint else ''}{_COMMISSION}"
        case "municipality":
            return _municipality(ledger, contest)


def _municipality(ledger: Ledger, contest: ContestRecord) -> str:
    """The commission of the municipality: the office that manages, else by its only unit."""
    offices = [each.facts for each in ledger.state.offices.values()]
    own = [each.name for each in offices if each.role == "municipality" and not each.parent]
    if ledger.facts.managing_role == "municipality" and len(own) == 1:
        return own[0]
    if len(contest.facts.units) == 1:
        return f"{ledger.register.units[contest.facts.units[0]].name}{_COMMISSION}"
    return _NAMELESS


def announcing_article(ledger: Ledger, contest: ContestRecord) -> str:
    """The article by which winners are notified and announced."""
    rule = contest.rule
    if rule.ballot == "open-lists":
        return "公職選挙法第101条の2の2第2項"
    if rule.ballot == "lists":
        return "公職選挙法第101条の2第2項"
    package = ledger.register.package.rules_on(ledger.facts.polling_day)
    has_lists = any(other.dual_kind == rule.kind for other in package.values())
    return "公職選挙法第101条第2項" if has_lists else "公職選挙法第101条の3第2項"
