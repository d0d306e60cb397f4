"""The night as postings: what each office sends, in the order in which it would have come.

Nothing is reported that was not published: final figures alone, no interim ones.

Identifiers of submissions follow from what is sent, so that a replay that was cut off and begun
again sends the same submissions and records nothing twice.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from aggregates.commands import election_commands as c
from aggregates.counting.turnout import BySex, TurnoutFigures, require_possible
from aggregates.election.identifiers import Environment
from aggregates.errors import Refusal
from aggregates.reference.office_ids import NATION_OFFICE, centre_office_id, prefecture_office_id
from projections.official.plan import posting_schedule
from projections.official.plan.opening_commands import Opening
from projections.official.register.counting_units import (
    CountedUnit,
    UnitCounts,
    unit_counts,
)
from projections.official.register.official_register import (
    OfficialRegister,
    build_register,
)
from projections.official.tables.official_rows import (
    BallotTotals,
    Electorate,
    ResultArea,
)
from projections.official.tables.official_tables import FolderUnusable
from projections.official.tables.published_sheets import stated_sheets
from projections.official.tables.results_folder import ResultsFolder
from projections.official.tables.unit_sheets import (
    Published,
    UnitSheet,
    final_sheets,
)


@dataclass(frozen=True, slots=True)
class Stage:
    """Postings of one stretch of the night.

    Attributes:
        name: What happens, for progress.
        submissions: In order.
        independent: None needs another of this stage to be recorded before it.
    """

    name: str
    submissions: tuple[c.Submission, ...]
    independent: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A folder turned into the postings of a night, up to the declarations.

    Attributes:
        folder: What it was made from.
        register: Who stood where.
        counts: Official votes by unit.
        environment: `live` or `rehearsal`.
        stages: Everything before the declarations, in order.
        declaring: Contests in the order in which they are declared, and by which office:
            districts first, as the blocks wait for them.
    """

    folder: ResultsFolder
    register: OfficialRegister
    counts: UnitCounts
    environment: Environment
    stages: tuple[Stage, ...]
    declaring: tuple[tuple[str, str], ...]

    def submission(self, office: str, name: str, command: c.Command) -> c.Submission:
        """A submission of this election with an id that follows from what is sent."""
        return build_submission(self.folder.election, self.environment, office, name, command)


def build_submission(
    election: str,
    environment: Environment,
    office: str,
    name: str,
    command: c.Command,
    *,
    on_behalf: bool = False,
) -> c.Submission:
    """A submission of an election with an id that follows from what is sent."""
    return c.Submission(
        election=election,
        environment=environment,
        office=office,
        submission_id=f"{election}-{name}",
        on_behalf=on_behalf,
        command=command,
    )


def plan_replay(
    folder: ResultsFolder, environment: Environment = "live", *, confirm: bool = True
) -> Plan:
    """Turn a folder into postings.

    Args:
        folder: The folder, read.
        environment: Of the log the postings are for.
        confirm: Whether prefectures confirm every final tally.

    Raises:
        FolderUnusable: The tables do not fit together; says which rows.
    """
    register = build_register(folder)
    counts = unit_counts(folder, register)
    night = _Night(folder, environment, _order_by_finality(folder, register, counts))
    opening = Opening(folder, register, counts, environment)
    define = tuple(
        build_submission(folder.election, environment, NATION_OFFICE, name, command)
        for name, command in opening.commands()
    )
    stages = (
        Stage("選挙・開票区・候補者・名簿の登録", define, independent=False),
        Stage("投票者数の確定", tuple(night.turnouts()), independent=True),
        Stage("開票の確定", tuple(night.finals()), independent=True),
        *([Stage("都道府県の確認", tuple(night.confirmations()), independent=True)] * confirm),
    )
    districts = ((each.id, prefecture_office_id(each.prefecture)) for each in register.districts)
    blocks = ((each.id, NATION_OFFICE) for each in register.blocks)
    return Plan(folder, register, counts, environment, stages, (*districts, *blocks))


@dataclass(frozen=True, slots=True)
class _Posted:
    """A count with its final sheet and the moment it is final."""

    count: CountedUnit
    sheet: UnitSheet
    final_at: datetime


def _order_by_finality(
    folder: ResultsFolder, register: OfficialRegister, counts: UnitCounts
) -> tuple[_Posted, ...]:
    """Every count with its sheet, in the order in which they are final."""
    polled = {each.id for each in register.districts if each.is_polled}
    by_place: dict[ResultArea, list[CountedUnit]] = defaultdict(list)
    for count in counts.districts:
        if count.contest in polled:
            by_place[ResultArea("smd", count.unit.prefecture)].append(count)
    for count in counts.lists:
        by_place[ResultArea("pr", count.unit.prefecture)].append(count)
    sheets: list[tuple[CountedUnit, UnitSheet]] = []
    for place, group in by_place.items():
        published = prefecture_figures(folder, place)
        tables = folder.district_sheets if place.tier == "smd" else ()
        stated = stated_sheets(tables, [each.unit.name for each in group])
        votes = [each.votes for each in group]
        sheets += zip(group, final_sheets(votes, published, stated), strict=True)
    times = posting_schedule.final_times(
        folder.polling_day, [sheet.tally.require_stated().valid for _, sheet in sheets]
    )
    posted = [_Posted(count, sheet, at) for (count, sheet), at in zip(sheets, times, strict=True)]
    return tuple(sorted(posted, key=lambda each: each.final_at))


def prefecture_figures(folder: ResultsFolder, place: ResultArea) -> Published:
    """What is published of a prefecture.

    Raises:
        FolderUnusable: A figure is missing, or there are more voters than electors.
    """
    abroad = place._replace(scope="overseas")
    nobody = Electorate(BySex(0, 0), BySex(0, 0))
    try:
        ballots: BallotTotals = folder.ballots[place]
        everybody: Electorate = folder.electorate[place]
    except KeyError as missing:
        raise FolderUnusable(
            f"都道府県 {place.prefecture}（{place.tier}）の行が"
            " ballots_*_by_pref.csv か electorate.csv にありません"
        ) from missing
    overseas = folder.electorate.get(abroad, nobody)
    _require_possible(everybody, overseas, place)
    return Published(ballots, everybody, overseas)


def _require_possible(everybody: Electorate, overseas: Electorate, place: ResultArea) -> None:
    figures = TurnoutFigures(
        electors=everybody.electors,
        voters=everybody.voters,
        overseas_electors=overseas.electors,
        overseas_voters=overseas.voters,
    )
    try:
        require_possible(figures)
    except Refusal as refused:
        raise FolderUnusable(
            f"electorate.csv 都道府県 {place.prefecture}（{place.tier}）: {refused}"
        ) from refused


class _Night:
    """What the offices send between the close of the polls and the last confirmation."""

    def __init__(
        self, folder: ResultsFolder, environment: Environment, posted: tuple[_Posted, ...]
    ) -> None:
        self._folder = folder
        self._environment = environment
        self._posted = posted

    def turnouts(self) -> Iterator[c.Submission]:
        """Final turnout of every unit."""
        as_of = posting_schedule.turnout_time(self._folder.polling_day)
        for each in self._posted:
            yield self._submit(
                each.count,
                "turnout",
                c.ReportTurnout(
                    contest=each.count.contest,
                    unit=each.count.unit.code,
                    as_of=as_of,
                    final=True,
                    figures=each.sheet.turnout,
                ),
            )

    def finals(self) -> Iterator[c.Submission]:
        """Final tally of every unit, as they would have come."""
        for each in self._posted:
            command = c.PostTally(
                contest=each.count.contest,
                unit=each.count.unit.code,
                as_of=each.final_at,
                final=True,
                tally=each.sheet.tally,
                remark=each.sheet.remark,
            )
            yield self._submit(each.count, "tally", command)

    def confirmations(self) -> Iterator[c.Submission]:
        """The prefecture confirms what is final."""
        for each in self._posted:
            count = each.count
            yield build_submission(
                self._folder.election,
                self._environment,
                prefecture_office_id(count.unit.prefecture),
                f"confirm-{_slug(count)}",
                c.ConfirmCount(contest=count.contest, unit=count.unit.code),
            )

    def _submit(self, count: CountedUnit, kind: str, command: c.Command) -> c.Submission:
        unit = count.unit
        office = (
            prefecture_office_id(unit.prefecture)
            if count.on_behalf
            else centre_office_id(unit.code)
        )
        return build_submission(
            self._folder.election,
            self._environment,
            office,
            f"{kind}-{_slug(count)}",
            command,
            on_behalf=count.on_behalf,
        )


def _slug(count: CountedUnit) -> str:
    return f"{count.contest.partition('/')[2]}-{count.unit.code}"
