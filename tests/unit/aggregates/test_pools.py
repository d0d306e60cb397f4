"""Shared ballots (按分, POEA 68-2): an office counts pools, the decision divides them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates import errors as e
from aggregates.counting.count import Count
from aggregates.counting.count_events import TallyEvent
from aggregates.counting.pool_division import pool_cut, pool_nobody
from aggregates.election.identifiers import VOTE, count_stream
from aggregates.election.tally import BallotPool, Tally
from aggregates.rules import SECOND_RULES
from infra.adapters.event_log.event_codec import canonical
from tests import builders as b
from tests.support.gwt import Log

A, B = b.A, b.B
_UPPER_LINES = {"ao": 80, "ao-1": 0, "ao-2": 0, "aka": 900, "aka-1": 400, "aka-2": 0}


def _latest(log: Log, contest: str = b.DISTRICT_1) -> Tally:
    latest = log.find(Count, count_stream(contest, b.CHIYODA)).latest
    assert latest is not None
    return latest


def _shares(pool: BallotPool) -> dict[str, int | None]:
    return {each.option: each.share for each in pool.sharers}


def test_the_decision_divides_what_lies_on_the_table() -> None:
    """T15: one ballot between 2 and 1."""
    log = b.log_of(*b.DISTRICT)

    log.post(b.tally(b.sheet_with_pools({A: 2, B: 1}, b.pool("山田", 1, A, B))))

    latest = _latest(log)
    assert latest.votes == {A: 2_666, B: 1_333}
    assert (latest.cut, latest.nobody, latest.valid) == (1, 0, 4)
    assert [(each.own, each.share) for each in latest.pools[0].sharers] == [
        (2_000, 666),
        (1_000, 333),
    ]


def test_several_pools_take_the_votes_without_any_pool_as_weights() -> None:
    """T17, with two names shared by the same two and one that nobody has a vote for."""
    log = b.log_of(*b.DISTRICT)

    log.post(
        b.tally(
            b.sheet_with_pools({A: 100, B: 50}, b.pool("山田", 10, A, B), b.pool("一郎", 1, A, B))
        )
    )

    latest = _latest(log)
    assert [_shares(pool) for pool in latest.pools] == [
        {A: 6_666, B: 3_333},
        {A: 666, B: 333},
    ]
    assert (latest.votes, latest.cut) == ({A: 107_332, B: 53_666}, 2)


def test_a_pool_whose_sharers_have_no_vote_belongs_to_nobody() -> None:
    """T18: the ballots stay valid."""
    log = b.log_of(*b.DISTRICT)

    log.post(b.tally(b.sheet_with_pools({A: 0, B: 0}, b.pool("山田", 5, A, B))))

    latest = _latest(log)
    assert (latest.votes, latest.cut, latest.nobody) == ({A: 0, B: 0}, 0, 5_000)
    assert latest.valid == 5


def test_divided_figures_with_their_pools_are_divided_again_and_taken() -> None:
    log = b.log_of(*b.DISTRICT)
    pool = b.pool("山田", 1, **{A: 666, B: 333})

    log.post(b.tally(b.divided_sheet({A: 2_666, B: 1_333}, 4, pool, cut=1)))

    assert _latest(log).votes == {A: 2_666, B: 1_333}


def test_a_pool_divided_the_wrong_way_round_is_refused_and_named() -> None:
    log = b.log_of(*b.DISTRICT)
    pool = b.pool("山田", 1, **{A: 333, B: 666})

    refusal = log.refuses(
        e.PoolShareDiffers, b.tally(b.divided_sheet({A: 2_333, B: 1_666}, 4, pool, cut=1))
    )

    assert refusal.facts == {"pool": "山田", "option": A, "stated": "0.333", "computed": "0.666"}


def test_a_correction_divides_as_a_first_report_does() -> None:
    wrong = b.sheet_with_pools({A: 1, B: 2}, b.pool("山田", 1, A, B))
    log = b.log_of(*b.DISTRICT, b.tally(wrong))

    log.post(b.correction(b.sheet_with_pools({A: 2, B: 1}, b.pool("山田", 1, A, B))))

    assert _latest(log).votes == {A: 2_666, B: 1_333}


def test_a_share_that_falls_as_others_rise_is_no_warning() -> None:
    first = b.sheet_with_pools({A: 1, B: 1}, b.pool("山田", 3, A, B), voters=None)
    log = b.log_of(*b.DISTRICT, b.tally(first, final=False))

    (event,) = log.post(
        b.tally(b.sheet_with_pools({A: 9, B: 1}, b.pool("山田", 3, A, B)), as_of=b.AT_23)
    )

    assert isinstance(event, TallyEvent)
    assert event.notices == ()


def test_a_member_of_the_priority_frame_stands_on_the_sheet_inside_a_pool_only() -> None:
    """T19: ballots naming the member are the weight; the share is the list's (POEA 68-3)."""
    log = b.log_of(*b.UPPER_LIST, b.OPEN)
    pool = b.pool("青山", 5, "aka", ("ao-first", 60))

    log.post(b.tally(b.sheet_with_pools(_UPPER_LINES, pool), b.UPPER))

    latest = _latest(log, b.UPPER)
    assert "ao-first" not in latest.votes
    assert _shares(latest.pools[0]) == {"aka": 4_687, "ao-first": 312}
    assert (latest.votes["ao"], latest.votes["aka"]) == (80_312, 904_687)


def test_the_weight_of_a_list_is_without_the_votes_of_its_members() -> None:
    log = b.log_of(*b.UPPER_LIST, b.OPEN)
    pool = b.pool("あお", 5, ("ao", 70), "aka-1")

    log.post(b.tally(b.sheet_with_pools(_UPPER_LINES, pool), b.UPPER))

    assert [each.own for each in _latest(log, b.UPPER).pools[0].sharers] == [70_000, 400_000]


def test_divided_figures_may_say_why_their_pools_are_not_there() -> None:
    log = b.log_of(*b.DISTRICT)
    published = b.divided_sheet({A: 2_666, B: 1_333}, 4, cut=1)

    log.refuses(e.PoolsUnstated, b.tally(published))
    log.post(b.tally({**published, "pools_unstated": "公表された表に内訳がない"}))

    assert _latest(log).pools_unstated == "公表された表に内訳がない"


def test_under_earlier_rules_divided_figures_stand_by_themselves() -> None:
    log = b.log_of(*b.DISTRICT, rules=SECOND_RULES)
    published = b.divided_sheet({A: 2_666, B: 1_333}, 4, cut=1)

    log.refuses(
        e.PoolsMisplaced, b.tally(b.sheet_with_pools({A: 2, B: 1}, b.pool("山田", 1, A, B)))
    )
    log.post(b.tally({**published, "pools_unstated": "公表された表に内訳がない"}))

    assert not _latest(log).pools_unstated


def test_a_recorded_pool_has_this_shape_for_ever() -> None:
    log = b.log_of(*b.DISTRICT)
    log.post(b.tally(b.sheet_with_pools({A: 2, B: 1}, b.pool("ao", 1, A, B))))

    assert canonical(_latest(log)) == (
        b'{"ballots":4,"cut":1,"invalid":0,"pools":[{"ballots":1,"name":"ao","sharers":['
        b'{"option":"13-01-a","own":2000,"share":666},{"option":"13-01-b","own":1000,"share":333}'
        b']}],"valid":4,"voters":4,"votes":{"13-01-a":2666,"13-01-b":1333}}'
    )


@given(
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.lists(st.integers(1, 10**5), min_size=1, max_size=4),
)
def test_no_ballot_is_lost_or_made_whatever_is_shared(
    own_a: int, own_b: int, sizes: list[int]
) -> None:
    log = b.log_of(*b.DISTRICT)
    pools = [b.pool(f"名{n}", size, A, B) for n, size in enumerate(sizes)]

    log.post(b.tally(b.sheet_with_pools({A: own_a, B: own_b}, *pools)))

    latest = _latest(log)
    assert (
        sum(latest.votes.values()) + latest.cut + latest.nobody
        == (own_a + own_b + sum(sizes)) * VOTE
    )
    for pool in latest.pools:
        assert sum(each.share or 0 for each in pool.sharers) + pool_cut(pool) + pool_nobody(
            pool
        ) == (pool.ballots * VOTE)
        assert pool_cut(pool) < len(pool.sharers)


@pytest.mark.parametrize("order", [(A, B), (B, A)])
def test_what_was_divided_and_sent_again_is_the_same(order: tuple[str, str]) -> None:
    log = b.log_of(*b.DISTRICT)
    log.post(b.tally(b.sheet_with_pools({A: 2, B: 1}, b.pool("山田", 1, *order)), final=False))
    recorded = _latest(log)

    again = b.pool(
        "山田", 1, **{each.option: each.share or 0 for each in recorded.pools[0].sharers}
    )
    log.post(b.tally(b.divided_sheet(recorded.votes, 4, again, cut=recorded.cut), as_of=b.AT_23))

    assert _latest(log).pools == recorded.pools
