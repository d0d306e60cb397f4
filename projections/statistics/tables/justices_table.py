"""5: the review of justices: electors and voters, yes and no, ballots."""

from aggregates.election.ballot import Justice
from aggregates.election.identifiers import VOTE
from projections.statistics.ledger import Ledger
from projections.statistics.partial_notes import (
    sheet_notes,
    sum_if_reported,
    turnout_notes,
    vote_notes,
)
from projections.statistics.printed_figures import share, turnout_rate
from projections.statistics.table import Cell, Column, Table, columns, keys
from projections.statistics.tables.turnout_tables import BALLOT_COLUMNS, ballot_figures
from projections.statistics.tiers import ReportTier

_AREA = keys(("election_id", "選挙"), ("prefecture", "都道府県"))


def votes(ledger: Ledger, tier: ReportTier) -> Table:
    """Per justice and prefecture: for dismissal, against, and whether dismissed."""
    rows: list[tuple[Cell, ...]] = []
    for contest in ledger.contests(tier):
        dismissed = contest.declared.dismissed if contest.declared is not None else ()
        for option in contest.options.values():
            if not isinstance(option, Justice):
                continue
            areas = ledger.areas(tier)
            for area in areas:
                sums = ledger.sheets(tier, area.prefectures)
                yes = sums.votes.get(option.id, 0) // VOTE
                no = sums.no.get(option.id, 0) // VOTE
                known = (sum_if_reported(each, sums.reporting) for each in (yes, no, yes + no))
                row = (ledger.election_id, area.name, option.name, *known)
                # The whole nation dismisses, not a prefecture of it.
                decided = area == areas[-1] and option.id in dismissed
                rows.append((*row, share(yes, yes + no), decided))
    return Table(
        id="review_votes",
        number="5(2)",
        title="国民審査 裁判官別投票数",
        columns=(
            *_AREA,
            Column("justice", "裁判官", key=True),
            *columns(
                "count",
                ("yes", "罷免を可とする投票"),
                ("no", "罷免を可としない投票"),
                ("valid_votes", "有効投票数"),
            ),
            Column("yes_pct", "罷免を可とする割合", "percent"),
            Column("dismissed", "罷免", "flag"),
        ),
        rows=tuple(rows),
        notes=vote_notes(contest.sums() for contest in ledger.contests(tier)),
    )


def electors(ledger: Ledger, tier: ReportTier) -> Table:
    """Electors, voters and rate per prefecture."""
    rows: list[tuple[Cell, ...]] = []
    for area in ledger.areas(tier):
        sums = ledger.turnouts(tier, area.prefectures)
        electors, voters = sums.electors.total, sums.voters.total
        row: list[Cell] = [
            sum_if_reported(electors, sums.reporting),
            sum_if_reported(voters, sums.reporting),
        ]
        row.append(sum_if_reported(electors - voters, sums.units == sums.final))
        rate = turnout_rate(voters, electors) if sums.reporting else None
        rows.append((ledger.election_id, area.name, *row, rate))
    return Table(
        id="review_electorate",
        number="5(1)",
        title="国民審査 有権者数・投票者数・投票率",
        columns=(
            *_AREA,
            *columns(
                "count",
                ("electors", "有権者数"),
                ("voters", "投票者数"),
                ("abstainers", "棄権者数"),
            ),
            Column("rate", "投票率", "percent"),
        ),
        rows=tuple(rows),
        notes=turnout_notes(
            ledger.turnouts(tier, area.prefectures) for area in ledger.areas(tier) if not area.total
        ),
    )


def ballots(ledger: Ledger, tier: ReportTier) -> Table:
    """Ballots, valid and invalid, per prefecture."""
    rows: list[tuple[Cell, ...]] = []
    for area in ledger.areas(tier):
        figures = ballot_figures(ledger.sheets(tier, area.prefectures))
        rows.append((ledger.election_id, area.name, *figures))
    return Table(
        id="review_ballots",
        number="5(3)",
        title="国民審査 投票総数・有効投票数・無効投票数",
        columns=(
            *_AREA,
            *BALLOT_COLUMNS,
        ),
        rows=tuple(rows),
        notes=sheet_notes(
            ledger.sheets(tier, area.prefectures) for area in ledger.areas(tier) if not area.total
        ),
    )
