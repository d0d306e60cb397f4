"""The curve of votes: sums of the latest report of every unit, as reports came in."""

from projections.views.whole_election.vote_curve import vote_curve
from tests import builders as b
from tests.unit.projections.nights import Office


def test_each_point_is_the_sum_of_the_latest_reports() -> None:
    office = Office(*b.DISTRICT)
    contest = office.night.contests[b.DISTRICT_1]
    assert vote_curve(office.night, contest) is None

    office.post(
        b.tally(b.sheet({b.A: 10, b.B: 20}), final=False),
        b.tally(b.sheet({b.A: 30, b.B: 25}), final=False),
        b.tally(b.sheet({b.A: 5, b.B: 4}), unit_code=b.CHUO),
    )

    contest = office.night.contests[b.DISTRICT_1]
    curve = vote_curve(office.night, contest)
    assert curve is not None
    assert [point.votes for point in curve.points] == [
        (10_000, 20_000), (30_000, 25_000), (35_000, 29_000),
    ]  # fmt: skip
    sums = contest.sums().votes
    assert curve.points[-1].votes == tuple(sums[option] for option in curve.options)
    assert curve.most == 35_000
