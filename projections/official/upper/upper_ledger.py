"""Our figures of an Upper House election in the cuts of the official tables."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from aggregates.election.ballot import Sex, Standing
from projections.official.plan.recorded_results import Results
from projections.official.upper.upper_plan import UpperPlan
from projections.official.upper.upper_register import NATIONAL_LIST, UpperDistrict
from projections.state.sums import SheetSums, add_up


class PrefectureVotes(NamedTuple):
    """Votes of one candidate in one prefecture, thousandths."""

    prefecture: str
    party: str
    sex: Sex | None
    votes: int


class UpperWinner(NamedTuple):
    """Who was declared elected.

    Attributes:
        section: `district` or `list`.
        district: Name of the district; empty on a list.
        party: As compared between tables; empty for independents.
        short: The seat is of the other half, with the shorter term.
    """

    section: str
    district: str
    party: str
    standing: Standing | None
    sex: Sex | None
    short: bool


class UpperLedger:
    """Results of a replay, and how the rows of a table pick from them."""

    def __init__(self, plan: UpperPlan, results: Results) -> None:
        self.plan = plan
        self.results = results
        self.winners = (*self._district_winners(), *self._list_winners())
        self.votes = tuple(self._votes())

    def sheets(self, prefectures: Iterable[str]) -> SheetSums:
        """Sums of the sheets of the districts over prefectures."""
        wanted = frozenset(prefectures)
        return add_up(
            sums
            for district in self.plan.register.districts
            for code, sums in self.results.sheets.get(district.id, {}).items()
            if code in wanted
        )

    def short_terms(self, district: UpperDistrict) -> frozenset[str]:
        """Elected candidates of a district whose term is the shorter one."""
        outcome = self.results.outcomes.get(district.id)
        if outcome is None or not outcome.long_terms:
            return frozenset()
        return frozenset(outcome.elected) - frozenset(outcome.long_terms)

    def list_votes(self) -> dict[str, int]:
        """Votes per party: of its list and all members together."""
        votes = self.results.votes(NATIONAL_LIST)
        return {
            each.party: votes.get(each.party_list.id, 0)
            + sum(votes.get(member.id, 0) for _, member in each.members)
            for each in self.plan.register.lists
        }

    def _votes(self) -> Iterator[PrefectureVotes]:
        for district in self.plan.register.districts:
            people = {each.candidate.id: each.row for each in district.standing}
            for code, sums in self.results.sheets.get(district.id, {}).items():
                for option, own in sums.votes.items():
                    row = people[option]
                    yield PrefectureVotes(code, row.party, row.sex, own)

    def _district_winners(self) -> Iterator[UpperWinner]:
        for district in self.plan.register.districts:
            short = self.short_terms(district)
            people = {each.candidate.id: each.row for each in district.standing}
            for winner in self.results.elected_options(district.id):
                row = people[winner]
                yield UpperWinner(
                    "district",
                    district.row.name,
                    row.party,
                    row.standing,
                    row.sex,
                    winner in short,
                )

    def _list_winners(self) -> Iterator[UpperWinner]:
        sexes = self.results.sexes(NATIONAL_LIST)
        elected = set(self.results.elected_options(NATIONAL_LIST))
        for each in self.plan.register.lists:
            for row, member in each.members:
                if member.id in elected:
                    sex = sexes.get(member.id)
                    yield UpperWinner("list", "", each.party, row.standing, sex, short=False)
