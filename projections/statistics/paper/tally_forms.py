"""A form to fill in by hand and to send by fax or mail, for an office that does not use the system.

It comes back through two persons: they type it independently at the address on it, as figures of
another unit (代行入力), and both sign.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from aggregates.election.contests.votable_options import ballot_sha256, list_members
from projections.office_tables.figure_names import REASONS
from projections.state.records import ContestRecord, CountRecord
from projections.state.results import ballot_lines, standing_options
from projections.statistics.ledger import Ledger

BALLOT_MARK: Final = 8
"""Characters of the ballot's digest on a form: it distinguishes forms of an older ballot."""

FIGURES: Final = (
    "A 得票総数",
    "B 按分の際切り捨てた票数",
    "C いずれにも属さない票数",
    "D 有効投票数（A＋B＋C）",
    "E 無効投票数",
    "F 投票総数（D＋E）",
    "G 持ち帰りと思われる票数",
    "H 不受理と決定した票数",
    "I 投票者数（F＋G＋H）",
)
PEOPLE: Final = ("当日有権者数　男", "当日有権者数　女", "投票者数　男", "投票者数　女")


class TallyForm(NamedTuple):
    """One form.

    Attributes:
        prefecture: Code of the prefecture it is filed under.
        title: Contest.
        unit: Name and code of the counting district.
        entry: Where it is typed in, below the address of the site.
        ballot: The beginning of the digest of the ballot it was made for.
        columns: What is written beside each line: votes, or two figures for a justice.
        lines: Number on the notice and name of everybody who has a line.
        reasons: Reasons of invalid ballots; none where they have other forms.
    """

    prefecture: str
    title: str
    unit: str
    entry: str
    ballot: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]


def tally_forms(ledger: Ledger) -> Iterator[TallyForm]:
    """One form per contest and counting district; none where nobody votes."""
    for contest in ledger.state.contests.values():
        if contest.uncontested:
            continue
        standing = standing_options(contest)
        digest = ballot_sha256(contest.facts.id, standing)[:BALLOT_MARK]
        lines = tuple(_lines(contest, standing))
        for count in contest.counts.values():
            yield _form(ledger, count, digest, lines)


def _form(
    ledger: Ledger, count: CountRecord, digest: str, lines: tuple[tuple[str, str], ...]
) -> TallyForm:
    contest = count.contest
    unit = ledger.register.units[count.unit]
    is_review = contest.rule.ballot == "justices"
    has_reasons = contest.rule.ballot not in {"justices", "options"}
    return TallyForm(
        prefecture=unit.prefecture,
        title=contest.facts.name,
        unit=f"{unit.name}（{unit.code}）",
        entry=f"centre/#/sheet/tally/{contest.facts.id.replace('/', '%2F')}/{unit.code}",
        ballot=digest,
        columns=("罷免を可とする", "可としない") if is_review else ("得票数",),
        lines=lines,
        reasons=tuple(REASONS.values()) if has_reasons else (),
    )


def _lines(contest: ContestRecord, standing: frozenset[str]) -> Iterator[tuple[str, str]]:
    places = {option: str(place) for place, option in enumerate(contest.options, 1)}
    # Ballots with the name of a member of the 特定枠 are votes for the list (POEA 95-3).
    silent = {
        member.id
        for member in list_members(contest.options).values()
        if contest.rule.ballot == "open-lists" and member.priority is not None
    }
    for option, name in ballot_lines(contest):
        if option in standing and option not in silent:
            is_member = option not in places
            yield places.get(option, ""), f"　{name}" if is_member else name
