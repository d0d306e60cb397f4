"""From a row that says something else than the record to the command that mends the record.

Only before counting is opened: afterwards people decide on each change by itself. A row whose new
name is that of another one on record is taken for a table whose rows have moved, and changes
nothing.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final, TypeVar

from aggregates.commands import amendment_commands as a
from aggregates.commands.election_commands import Command
from aggregates.election.ballot import Candidate, Justice, Option, Party, PartyList, PollOption
from aggregates.election.ballot_names import ballot_names
from aggregates.election.contests.contest_facts import ContestFacts
from infra.services.importing.definition.definition import DefinitionEntry
from infra.services.importing.import_faults import ImportFault

Options = Mapping[tuple[str, str], Option]
"""What is on the ballots of record, by contest and code."""

T = TypeVar("T")

_LONE_OPTION: Final = "選択肢を一つだけ加えることはできません。表を記録に合わせてください。"
_REASON: Final = "取り込んだ表による定義の訂正（記録位置 {position} と照合）"


def amending(options: Options, position: int) -> Callable[[DefinitionEntry[T]], Command | None]:
    """What finds the command that mends a row, or none.

    Args:
        options: What is recorded of ballots.
        position: Up to which the record was read; it makes each change a submission of its own.
    """
    reason = _REASON.format(position=position)

    def amendment(entry: DefinitionEntry[T]) -> Command | None:
        return _amendment(entry, options, reason)

    return amendment


def lone_options(
    entries: Iterable[DefinitionEntry[PollOption]], same: Collection[int]
) -> Iterator[ImportFault]:
    """Options of polls that nothing can add: a command names two or more.

    Args:
        entries: Every row of the sheet.
        same: Values that are on record or amended, by identity.
    """
    left = [each for each in entries if id(each.value) not in same]
    many = Counter(each.contest for each in left)
    for each in left:
        if many[each.contest] == 1:
            yield ImportFault(each.place, "", _LONE_OPTION)


def _amendment(entry: DefinitionEntry[T], options: Options, reason: str) -> Command | None:
    match entry.value:
        case Party() as party:
            return a.AmendParty(party=party, reason=reason)
        case ContestFacts() as facts:
            return a.AmendContest(contest=facts.id, facts=facts, reason=reason)
        case Candidate() | PartyList() | Justice() | PollOption() as option:
            return _option_amendment(entry.contest, option, options, reason)
        case _:
            return None


def _option_amendment(
    contest: str, option: Option, options: Options, reason: str
) -> Command | None:
    others = {
        name
        for (where, code), each in options.items()
        if where == contest and code != option.id
        for name in ballot_names((each,)).values()
    }
    if not others.isdisjoint(ballot_names((option,)).values()):
        return None
    match option:
        case Candidate():
            return a.AmendCandidate(contest=contest, candidate=option, reason=reason)
        case Justice():
            return a.AmendJustice(contest=contest, justice=option, reason=reason)
        case PartyList():
            before = options[contest, option.id]
            if ballot_names((before,)).keys() != ballot_names((option,)).keys():
                return None
            return a.AmendList(contest=contest, party_list=option, reason=reason)
        case PollOption():
            return a.AmendOption(contest=contest, option=option, reason=reason)
