"""An Upper House election as postings, in the order in which they would have come.

Nothing is reported that was not published: final figures alone, no turnout where there is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec import UNSET

from aggregates.commands import election_commands as c
from aggregates.commands import reception_commands as r
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.election_facts import ElectionFacts
from aggregates.election.geography import NATION_PLACE
from aggregates.election.identifiers import VOTE, ContestKind, Environment
from aggregates.election.particulars import Particulars, PreviousElection, PreviousVotes
from aggregates.reference.office_ids import NATION_OFFICE, prefecture_office_id
from aggregates.rules import CURRENT_RULES
from projections.official.plan import posting_schedule
from projections.official.plan.replay_plan import Stage, build_submission
from projections.official.tables.official_rows import OTHERS, party_key
from projections.official.upper.upper_members import winner_sexes
from projections.official.upper.upper_register import (
    NATIONAL_LIST,
    UpperDistrict,
    UpperRegister,
    build_upper_register,
)
from projections.official.upper.upper_sheets import UpperSheet, upper_sheets
from projections.official.upper.upper_tables import ALL, UpperFolder

_PREVIOUS: dict[str, ContestKind] = {
    "party_votes_district_total": "upper-district",
    "party_votes_list_total": "upper-list",
}
"""Tables that say what a party had last time, by kind of contest."""


@dataclass(frozen=True, slots=True)
class UpperPlan:
    """A folder turned into the postings of a night, up to the declarations.

    Attributes:
        folder: What it was made from.
        register: Who stood where.
        sheets: Every final sheet.
        environment: `live` or `rehearsal`.
        stages: Everything before the declarations, in order.
        declaring: Contests in the order in which they are declared, and by which office.
    """

    folder: UpperFolder
    register: UpperRegister
    sheets: tuple[UpperSheet, ...]
    environment: Environment
    stages: tuple[Stage, ...]
    declaring: tuple[tuple[str, str], ...]

    def submission(self, office: str, name: str, command: c.Command) -> c.Submission:
        """A submission of this election with an id that follows from what is sent."""
        return build_submission(self.folder.election, self.environment, office, name, command)


def plan_upper_replay(folder: UpperFolder, environment: Environment = "live") -> UpperPlan:
    """Turn a folder into postings.

    Raises:
        FolderUnusable: The tables do not fit together; says which rows.
    """
    register = build_upper_register(folder)
    sheets = upper_sheets(folder, register)
    night = _UpperNight(folder, register, sheets, environment)
    stages = (
        Stage("選挙・開票区・候補者・名簿の登録", tuple(night.opening()), independent=False),
        Stage("開票の確定", tuple(night.finals()), independent=True),
        Stage("都道府県の確認", tuple(night.confirmations()), independent=True),
    )
    districts = tuple((each.id, _declaring_office(each)) for each in register.districts)
    declaring = (*districts, (NATIONAL_LIST, NATION_OFFICE))
    return UpperPlan(folder, register, sheets, environment, stages, declaring)


def _declaring_office(district: UpperDistrict) -> str:
    """A prefecture declares its district; of a joint one the nation has the overview."""
    prefectures = district.row.prefectures
    return prefecture_office_id(prefectures[0]) if len(prefectures) == 1 else NATION_OFFICE


class _UpperNight:
    """What the offices send."""

    def __init__(
        self,
        folder: UpperFolder,
        register: UpperRegister,
        sheets: tuple[UpperSheet, ...],
        environment: Environment,
    ) -> None:
        self._folder = folder
        self._register = register
        self._sheets = sheets
        self._environment = environment

    def opening(self) -> Iterator[c.Submission]:
        """Every definition in an order in which nothing is named before it exists."""
        for name, command in self._definitions():
            yield self._submit(NATION_OFFICE, name, command)

    def _definitions(self) -> Iterator[tuple[str, c.Command]]:
        yield "define-election", c.DefineElection(election=self._election(), rules=CURRENT_RULES)
        parties = tuple(self._register.parties.values())
        yield "parties", c.RegisterParties(parties=parties)
        units = tuple({sheet.unit.code: sheet.unit for sheet in self._sheets}.values())
        yield "units", c.RegisterUnits(units=units)
        for district in self._register.districts:
            yield f"define-{district.slug}", c.DefineContest(contest=_district_facts(district))
        yield "define-list", c.DefineContest(contest=self._list_facts())
        for district in self._register.districts:
            people = tuple(each.candidate for each in district.standing)
            command = c.RegisterCandidates(contest=district.id, candidates=people)
            yield f"candidates-{district.slug}", command
            known = c.RecordParticulars(contest=district.id, particulars=_particulars(district))
            yield f"particulars-{district.slug}", known
        for each in self._register.lists:
            party_list = c.RegisterList(contest=NATIONAL_LIST, party_list=each.party_list)
            yield f"list-{each.party_list.id}", party_list
        if inferred := winner_sexes(self._folder, self._register):
            particulars = c.RecordParticulars(contest=NATIONAL_LIST, particulars=inferred)
            yield "particulars-list", particulars
        yield "previous", c.RecordPrevious(previous=self._previous())
        yield "open-counting", r.OpenCounting()

    def _election(self) -> ElectionFacts:
        number = re.fullmatch(r"upper(\d+)", self._folder.election)
        day = self._folder.polling_day
        plain = f"参議院議員通常選挙（{day.year}年{day.month}月{day.day}日）"
        return ElectionFacts(
            id=self._folder.election,
            name=f"第{number[1]}回参議院議員通常選挙" if number else plain,
            environment=self._environment,
            polling_day=day,
            unsigned=self._environment == "rehearsal",
            replay=True,
        )

    def _list_facts(self) -> ContestFacts:
        units = tuple(s.unit.code for s in self._sheets if s.contest == NATIONAL_LIST)
        return ContestFacts(
            id=NATIONAL_LIST,
            kind="upper-list",
            name="比例代表",
            seats=self._register.list_seats,
            prefectures=(NATION_PLACE,),
            units=units,
        )

    def _previous(self) -> PreviousElection:
        return PreviousElection(
            votes=tuple(
                PreviousVotes(
                    kind=kind,
                    name=row.text("party"),
                    party=self._party_id(row.text("party")),
                    votes=row.votes("votes"),
                )
                for table, kind in _PREVIOUS.items()
                for row in self._folder.tables[table]
                if row.text("period") == "previous" and row.text("party") not in ALL
            )
        )

    def _party_id(self, name: str) -> str:
        """The party of this election; （旧） marks one that is gone; another may have its name."""
        party = self._register.parties.get(party_key(name))
        return "" if party is None else party.id

    def finals(self) -> Iterator[c.Submission]:
        """Final sheets as they would have come, the smaller first."""
        sizes = [sum(sheet.tally.votes.values()) // VOTE for sheet in self._sheets]
        times = posting_schedule.final_times(self._folder.polling_day, sizes)
        posted = sorted(zip(times, self._sheets, strict=True), key=lambda each: each[0])
        for as_of, sheet in posted:
            command = c.PostTally(
                contest=sheet.contest,
                unit=sheet.unit.code,
                as_of=as_of,
                final=True,
                tally=sheet.tally,
                remark=sheet.remark,
            )
            office = _posting_office(sheet)
            yield self._submit(office, f"tally-{_slug(sheet)}", command, on_behalf=True)

    def confirmations(self) -> Iterator[c.Submission]:
        """A prefecture confirms what is final there; of the nation nobody stands above it."""
        for sheet in self._sheets:
            if sheet.unit.kind != "nation":
                command = c.ConfirmCount(contest=sheet.contest, unit=sheet.unit.code)
                yield self._submit(_posting_office(sheet), f"confirm-{_slug(sheet)}", command)

    def _submit(
        self, office: str, name: str, command: c.Command, *, on_behalf: bool = False
    ) -> c.Submission:
        return build_submission(
            self._folder.election, self._environment, office, name, command, on_behalf=on_behalf
        )


def _posting_office(sheet: UpperSheet) -> str:
    is_nation = sheet.unit.kind == "nation"
    return NATION_OFFICE if is_nation else prefecture_office_id(sheet.unit.prefecture)


def _slug(sheet: UpperSheet) -> str:
    return f"{sheet.contest.partition('/')[2]}-{sheet.unit.code}"


def _district_facts(district: UpperDistrict) -> ContestFacts:
    """Seats of both halves are filled by one ballot (POEA 115(1)): the long ones are stated."""
    both = district.row.seats_by > 0
    return ContestFacts(
        id=district.id,
        kind="upper-district",
        name=district.row.name,
        seats=district.seats,
        prefectures=district.row.prefectures,
        units=tuple(f"p{code}" for code in district.row.prefectures),
        long_seats=district.row.seats if both else UNSET,
        causes=("by-election",) if both else UNSET,
    )


def _particulars(district: UpperDistrict) -> tuple[Particulars, ...]:
    return tuple(
        Particulars(
            option=each.candidate.id,
            party_label=each.row.row.text("party"),
            nominated=each.row.party not in {"", OTHERS},
        )
        for each in district.standing
    )
