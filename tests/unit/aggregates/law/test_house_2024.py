"""All eleven blocks of 2024, decided from the official votes, against the official result."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import pytest

from aggregates.law.lists.apportionment import apportion, quotient_as_printed
from aggregates.law.lists.dual_candidacy import DistrictResult, ListMember, eligible_members
from aggregates.law.lists.house_block import BlockResult, elect_block
from aggregates.law.thresholds import (
    deposit_line,
    valid_votes_as_published,
)
from tests.support.japan_law import block_seats, thresholds_for
from tests.unit.aggregates.law.conftest import ReadTable, Rows, thousandths

pytestmark = pytest.mark.official

DAY = date(2024, 10, 27)
# Two members are written differently in the table of lists and in the table of districts.
ALIASES = {"たはなし泰文": "たなはし泰文", "赤澤りょうせい": "赤沢りょうせい"}
# The official table prints a 20th quotient for a list with 19 eligible members; it wins no seat.
PRINTED_BEYOND = {("南関東", "自由民主党"): 1}


def _name(written: str) -> str:
    name = "".join(unicodedata.normalize("NFKC", written).split())
    return ALIASES.get(name, name)


@dataclass
class Block:
    seats: int
    votes: dict[str, int]
    lists: dict[str, list[ListMember]]
    results: dict[str, DistrictResult]
    entries: Rows
    quotients: Rows

    @property
    def eligible(self) -> dict[str, int]:
        return {p: len(eligible_members(m, self.results)) for p, m in self.lists.items()}

    def decide(self) -> BlockResult:
        return elect_block(self.lists, self.votes, self.seats, self.results)


def _district_results(candidates: Rows, block_of: dict[str, str]) -> dict[str, DistrictResult]:
    """Member -> result, every line and ratio computed from the votes alone."""
    districts: dict[tuple[str, str], Rows] = defaultdict(list)
    for row in candidates:
        districts[row["prefecture"], row["district_no"]].append(row)
    fractions = thresholds_for("house-district", DAY)
    results = {}
    for (prefecture, _), rows in districts.items():
        votes = [thousandths(row["votes"]) for row in rows]
        line = deposit_line(valid_votes_as_published(sum(votes)) * 1000, 1, fractions)
        assert line is not None
        for row, own in zip(rows, votes, strict=True):
            key = f"{block_of[prefecture]}/{row['party']}/{_name(row['name_display'])}"
            results[key] = DistrictResult(max(votes), own, own == max(votes), own < line)
    return results


@pytest.fixture(scope="module")
def blocks(official_table: ReadTable, list_blocks: Rows) -> dict[str, Block]:
    block_of = {p: row["block"] for row in list_blocks for p in row["prefectures"].split()}
    results = _district_results(official_table("official-tables/smd_candidates.csv"), block_of)
    found = {
        row["block"]: Block(seats, {}, defaultdict(list), results, [], [])
        for row, seats in zip(list_blocks, block_seats(DAY).values(), strict=True)
    }
    for row in official_table("official-tables/pr_party_blocks.csv"):
        found[row["block"]].votes[row["party"]] = thousandths(row["votes"])
    for row in official_table("official-tables/pr_list_entries.csv"):
        block = found[row["block"]]
        member = f"{row['block']}/{row['party']}/{_name(row['name'])}"
        district = "somewhere" if row["dual_candidacy"] == "true" else None
        block.lists[row["party"]].append(ListMember(member, int(row["list_rank"]), district))
        block.entries.append(row)
    for row in official_table("official-tables/dhondt_quotients.csv"):
        found[row["block"]].quotients.append(row)
    return found


def test_the_seats_of_every_party(blocks: dict[str, Block], official_table: ReadTable) -> None:
    official = {
        (row["block"], row["party"]): int(row["seats"])
        for row in official_table("official-tables/pr_party_blocks.csv")
    }
    ours = {
        (name, party): won
        for name, block in blocks.items()
        for party, won in block.decide().apportionment.seats.items()
    }

    assert len(blocks) == 11
    assert sum(official.values()) == 176
    assert ours == official


def test_the_members_elected_in_their_order(blocks: dict[str, Block]) -> None:
    for name, block in blocks.items():
        official: dict[str, dict[int, str]] = defaultdict(dict)
        for row in block.entries:
            if row["elected_order"]:
                member = f"{name}/{row['party']}/{_name(row['name'])}"
                official[row["party"]][int(row["elected_order"])] = member
        ours = block.decide().elected
        for party, members in ours.items():
            assert list(members) == [official[party][n] for n in sorted(official[party])], party


def test_the_quotients_and_the_rank_of_their_seats(blocks: dict[str, Block]) -> None:
    for name, block in blocks.items():
        ranks = {
            (award.party, award.divisor): award.rank
            for award in block.decide().apportionment.awards
        }
        for row in block.quotients:
            party, divisor = row["party"], int(row["divisor"])
            assert quotient_as_printed(block.votes[party], divisor) == thousandths(row["quotient"])
            assert str(ranks.pop((party, divisor), "")) == row["seat_rank"], (name, party)
        assert not ranks


def test_the_divisors_printed_end_at_the_eligible_members(blocks: dict[str, Block]) -> None:
    for name, block in blocks.items():
        last: dict[str, int] = defaultdict(int)
        for row in block.quotients:
            last[row["party"]] = max(last[row["party"]], int(row["divisor"]))
        for party, members in block.eligible.items():
            beyond = PRINTED_BEYOND.get((name, party), 0)
            assert last[party] == members + beyond, (name, party)


def test_who_falls_below_the_deposit_line(blocks: dict[str, Block]) -> None:
    for name, block in blocks.items():
        for row in block.entries:
            if row["dual_candidacy"] == "true":
                result = block.results[f"{name}/{row['party']}/{_name(row['name'])}"]
                assert result.below_deposit is (row["sekihai_excluded"] == "true"), row["name"]
                assert result.elected is (row["smd_result"] == "当"), row["name"]


def test_without_the_end_of_the_divisors_blocks_come_out_wrong(blocks: dict[str, Block]) -> None:
    wrong = {
        name
        for name, block in blocks.items()
        if apportion(block.votes, block.seats, dict.fromkeys(block.votes, block.seats)).seats
        != block.decide().apportionment.seats
    }

    assert {"北関東", "東海"} <= wrong
