"""What an election calls its contests, units and options: the words that its tables can have."""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from aggregates.reference.name_folding import fold_width

SEVERAL: Final = ""
"""In the place of an id: more than one has this name."""


class ContestWords(NamedTuple):
    """A contest and what it calls things.

    Attributes:
        contest: Id.
        name: 福井県第1区.
        kind: Name of its kind: 衆議院小選挙区.
        polling_day: Its own.
        units: Code of each unit -> its name.
        options: Id -> names: candidates, lists, justices, answers; members of open lists too.
        members: Ids of members, who may stand in a table or not.
        withdrawn: Ids that a table may lack.
        are_lists: Whether lists are on the ballot and not people.
        is_review: Whether each option has two numbers (罷免を可とする, 可としない).
    """

    contest: str
    name: str
    kind: str
    polling_day: date
    units: Mapping[str, str]
    options: Mapping[str, tuple[str, ...]]
    members: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    are_lists: bool = False
    is_review: bool = False

    @property
    def needed(self) -> frozenset[str]:
        """Options without which a table says nothing of this contest."""
        return frozenset(self.options) - self.members - self.withdrawn

    def names(self) -> dict[str, str]:
        """Folded name -> id of the option, or `SEVERAL`."""
        found: dict[str, str] = {}
        for option, names in self.options.items():
            for name in {option, *map(fold_width, names)} - {""}:
                found[name] = option if found.get(name, option) == option else SEVERAL
        return found


class TableVocabulary(NamedTuple):
    """All words of an election.

    Attributes:
        contests: Those that are held.
        parties: Names of parties, folded; they stand below names of candidates.
        words: Folded words of another system -> ours, as somebody confirmed.
    """

    contests: tuple[ContestWords, ...]
    parties: frozenset[str] = frozenset()
    words: Mapping[str, str] = {}

    def contest(self, contest: str) -> ContestWords:
        """A contest by its id."""
        return next(each for each in self.contests if each.contest == contest)

    def units(self) -> dict[str, str]:
        """Code -> name of every unit of every contest."""
        return {code: name for each in self.contests for code, name in each.units.items()}
