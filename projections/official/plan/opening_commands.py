"""What is registered before the polls close: the election, its units, contests and ballots."""

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from aggregates.commands import election_commands as c
from aggregates.commands import reception_commands as r
from aggregates.election.ballot import PartyList
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.election_facts import ElectionFacts
from aggregates.election.geography import Unit
from aggregates.election.identifiers import Environment
from aggregates.rules import CURRENT_RULES
from projections.official.register.candidate_particulars import contest_particulars
from projections.official.register.counting_units import UnitCounts
from projections.official.register.official_register import (
    ListBlock,
    OfficialDistrict,
    OfficialRegister,
)
from projections.official.tables.previous_election import read_previous
from projections.official.tables.results_folder import ResultsFolder

UNITS_PER_COMMAND = 250
"""Units in one posting: fewer than a posting may have, so that its entry stays small."""


class Opening:
    """Definitions of one election, each with the name its submission is known by."""

    def __init__(
        self,
        folder: ResultsFolder,
        register: OfficialRegister,
        counts: UnitCounts,
        environment: Environment,
    ) -> None:
        self._folder = folder
        self._register = register
        self._counts = counts
        self._environment = environment
        self._units: dict[str, list[str]] = defaultdict(list)
        self._prefectures: dict[str, set[str]] = defaultdict(set)
        for count in (*counts.districts, *counts.lists):
            self._units[count.contest].append(count.unit.code)
            self._prefectures[count.contest].add(count.unit.prefecture)

    def commands(self) -> Iterator[tuple[str, c.Command]]:
        """Every definition in an order in which nothing is named before it exists."""
        yield "define-election", c.DefineElection(election=self._election(), rules=CURRENT_RULES)
        parties = tuple(self._register.parties.values())
        yield "parties", c.RegisterParties(parties=parties)
        yield from self._register_units()
        for district in self._register.districts:
            yield f"define-{district.slug}", c.DefineContest(contest=self._district(district))
        for block in self._register.blocks:
            yield f"define-{block.block.id}", c.DefineContest(contest=self._block(block))
        for district in self._register.districts:
            yield f"candidates-{district.slug}", self._candidates(district)
        for block in self._register.blocks:
            for each in block.lists:
                party_list = self._readable(each.party_list)
                command = c.RegisterList(contest=block.id, party_list=party_list)
                yield f"list-{each.party_list.id}", command
        for contest, people in contest_particulars(self._folder, self._register):
            name = contest.replace("/", "-")
            known = c.RecordParticulars(contest=contest, particulars=tuple(people))
            yield f"particulars-{name}", known
        previous = read_previous(self._folder, self._register.parties)
        yield "previous", c.RecordPrevious(previous=previous)
        yield "open-counting", r.OpenCounting()

    def _election(self) -> ElectionFacts:
        return ElectionFacts(
            id=self._folder.election,
            name=_election_name(self._folder),
            environment=self._environment,
            polling_day=self._folder.polling_day,
            unsigned=self._environment == "rehearsal",
            replay=True,
        )

    def _register_units(self) -> Iterator[tuple[str, c.RegisterUnits]]:
        by_prefecture: dict[str, list[Unit]] = defaultdict(list)
        for unit in self._counts.units().values():
            by_prefecture[unit.prefecture].append(unit)
        for prefecture, units in sorted(by_prefecture.items()):
            for start in range(0, len(units), UNITS_PER_COMMAND):
                some = tuple(units[start : start + UNITS_PER_COMMAND])
                number = start // UNITS_PER_COMMAND + 1
                yield f"units-{prefecture}-{number}", c.RegisterUnits(units=some)

    def _district(self, district: OfficialDistrict) -> ContestFacts:
        return ContestFacts(
            id=district.id,
            kind="house-district",
            name=district.name,
            seats=1,
            prefectures=(district.prefecture,),
            units=tuple(self._units[district.id]),
        )

    def _block(self, block: ListBlock) -> ContestFacts:
        return ContestFacts(
            id=block.id,
            kind="house-block",
            name=block.name,
            seats=block.seats,
            prefectures=tuple(sorted(self._prefectures[block.id])),
            units=tuple(self._units[block.id]),
            block=block.block.id,
        )

    def _readable(self, party_list: PartyList) -> PartyList:
        """Members who are candidates under a readable spelling have it on the list as well."""
        spellings = self._counts.spellings
        members = tuple(
            replace(m, name=spellings[m.dual.candidate])
            if m.dual is not None and m.dual.candidate in spellings
            else m
            for m in party_list.members
        )
        return replace(party_list, members=members)

    def _candidates(self, district: OfficialDistrict) -> c.RegisterCandidates:
        spellings = self._counts.spellings
        people = (each.candidate for each in district.standing)
        return c.RegisterCandidates(
            contest=district.id,
            candidates=tuple(replace(p, name=spellings.get(p.id, p.name)) for p in people),
        )


def _election_name(folder: ResultsFolder) -> str:
    number = re.fullmatch(r"house(\d+)", folder.election)
    if number:
        return f"第{number[1]}回衆議院議員総選挙"
    day = folder.polling_day
    return f"衆議院議員総選挙（{day.year}年{day.month}月{day.day}日）"
