"""Published figures of a prefecture as sheets of its units: every sum stays exact."""

from hypothesis import given
from hypothesis import strategies as st

from aggregates.counting.turnout import BySex, TurnoutFigures, require_possible
from aggregates.election.identifiers import VOTE
from aggregates.election.tally import require_sound
from projections.official.tables.official_rows import BallotTotals, Electorate
from projections.official.tables.unit_sheets import (
    MORE_BALLOTS,
    MORE_VOTES,
    Published,
    final_sheets,
)

Units = list[dict[str, int]]


@st.composite
def prefectures(draw: st.DrawFn) -> tuple[Units, Published]:
    """Units with votes, some shared, and totals that a prefecture could have."""
    thousandths = st.integers(0, 90_000_000)
    votes = draw(st.lists(st.fixed_dictionaries({"a": thousandths, "b": thousandths}), min_size=1))
    whole = sum(-(-sum(unit.values()) // VOTE) for unit in votes)
    valid = whole + draw(st.integers(0, 3))
    invalid = draw(st.integers(0, valid))
    # As many more ballots than voters as real prefectures had.
    voters = valid + invalid + draw(st.integers(-min(8, valid // 100), 300))
    men = draw(st.integers(0, voters))
    away_men, away_women = draw(st.integers(0, 10**6)), draw(st.integers(0, 10**6))
    electors = BySex(men + away_men, voters - men + away_women)
    abroad = BySex(draw(st.integers(0, men)), draw(st.integers(0, voters - men)))
    abroad_electors = BySex(
        abroad.male + draw(st.integers(0, away_men)),
        abroad.female + draw(st.integers(0, away_women)),
    )
    return votes, Published(
        BallotTotals(valid + invalid, valid, invalid),
        Electorate(electors, BySex(men, voters - men)),
        Electorate(abroad_electors, abroad),
    )


def _sum(people: list[BySex]) -> BySex:
    return BySex(sum(each.male for each in people), sum(each.female for each in people))


@given(prefectures())
def test_the_sums_of_a_prefecture_are_what_is_published(given: tuple[Units, Published]) -> None:
    votes, published = given

    sheets = final_sheets(votes, published)

    tallies = [sheet.tally for sheet in sheets]
    turnouts: list[TurnoutFigures] = [sheet.turnout for sheet in sheets]
    assert [tally.votes for tally in tallies] == votes
    assert sum(tally.require_stated().valid for tally in tallies) == published.ballots.valid
    assert sum(tally.require_stated().invalid for tally in tallies) == published.ballots.invalid
    assert sum(tally.require_stated().ballots for tally in tallies) == published.ballots.ballots
    assert sum(tally.voters or 0 for tally in tallies) == published.electorate.voters.total
    assert _sum([each.electors for each in turnouts]) == published.electorate.electors
    assert _sum([each.voters for each in turnouts]) == published.electorate.voters
    assert _sum([each.overseas_electors for each in turnouts]) == published.overseas.electors
    assert _sum([each.overseas_voters for each in turnouts]) == published.overseas.voters


@given(prefectures())
def test_every_sheet_is_one_that_the_domain_takes(given: tuple[Units, Published]) -> None:
    votes, published = given

    for sheet in final_sheets(votes, published):
        require_sound(sheet.tally, final=True)
        require_possible(sheet.turnout)
        assert sheet.tally.voters == sheet.turnout.voters.total
        assert sheet.tally.cut < VOTE
        assert bool(sheet.tally.estimated) == sheet.turnout.estimated == (len(votes) > 1)


def _published(valid: int, invalid: int = 0, voters: int | None = None) -> Published:
    gone = valid + invalid if voters is None else voters
    return Published(
        BallotTotals(valid + invalid, valid, invalid),
        Electorate(BySex(gone, gone), BySex(gone, 0)),
        Electorate(BySex(0, 0), BySex(0, 0)),
    )


def test_what_division_cut_fills_up_to_a_whole_ballot() -> None:
    (one, other) = final_sheets([{"a": 1_333, "b": 666}, {"a": 5_000}], _published(7))

    assert (one.tally.cut, one.tally.nobody, one.tally.require_stated().valid) == (1, 0, 2)
    assert (other.tally.cut, other.tally.nobody, other.tally.require_stated().valid) == (0, 0, 5)


def test_more_valid_ballots_than_votes_belong_to_nobody_where_votes_were_shared() -> None:
    (one, other) = final_sheets([{"a": 1_333, "b": 666}, {"a": 5_000}], _published(9))

    assert (one.tally.cut, one.tally.nobody, one.tally.require_stated().valid) == (1, 2_000, 4)
    assert (other.tally.nobody, other.tally.require_stated().valid) == (0, 5)


def test_fewer_valid_ballots_than_votes_change_no_vote() -> None:
    (sheet,) = final_sheets([{"a": 9_000}], _published(8))

    assert (sheet.tally.votes, sheet.tally.require_stated().valid) == ({"a": 9_000}, 9)


def test_more_ballots_than_voters_are_explained_in_writing() -> None:
    (sheet,) = final_sheets([{"a": 9_000}], _published(9, voters=7))

    assert sheet.tally.taken_away == -2
    assert sheet.remark == MORE_BALLOTS


def test_more_votes_than_valid_ballots_are_not_called_more_ballots_than_voters() -> None:
    (sheet,) = final_sheets([{"a": 9_000}], _published(8))

    assert sheet.tally.taken_away == -1
    assert sheet.remark == MORE_VOTES


def test_what_is_counted_in_one_unit_is_not_estimated() -> None:
    (sheet,) = final_sheets([{"a": 9_000}], _published(9, invalid=3))

    assert sheet.tally.estimated == ()
    assert not sheet.turnout.estimated
    assert sheet.remark == ""


def test_where_votes_say_how_many_ballots_are_valid_these_are_not_estimated() -> None:
    one, other = final_sheets([{"a": 9_000}, {"a": 4_000}], _published(13, invalid=3))

    assert one.tally.estimated == ("invalid", "ballots", "taken_away", "voters")
    assert other.tally.valid == 4


def test_ballots_that_belong_to_nobody_are_spread_and_marked() -> None:
    sheets = final_sheets([{"a": 9_500}, {"a": 4_000}], _published(20, invalid=3))

    for sheet in sheets:
        assert {"cut", "nobody", "valid"} < set(sheet.tally.estimated)
