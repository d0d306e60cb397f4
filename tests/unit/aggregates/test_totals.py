"""Sums of sheets: in any order, and nothing gained or lost on the way."""

from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregates.counting.contest_totals import ContestTotals, sum_totals
from aggregates.counting.count import Count
from aggregates.counting.declaration import Declaration
from aggregates.election.identifiers import count_stream, declaration_stream
from aggregates.election.tally import Tally, require_sound
from aggregates.errors import Refusal
from infra.adapters.event_log.event_codec import canonical
from tests import builders as b
from tests.support.budgets import examples
from tests.support.gwt import Command

OPTIONS = ("a", "b", "c")
WHOLE = st.integers(0, 250_000)


@st.composite
def sound_tallies(draw: st.DrawFn) -> Tally:
    """A final sheet with shared votes: whatever is missing to a whole vote was cut."""
    votes = {option: draw(st.integers(0, 250_000_000)) for option in OPTIONS}
    cut = -sum(votes.values()) % 1000
    valid = (sum(votes.values()) + cut) // 1000
    invalid, taken_away = draw(WHOLE), draw(st.integers(-50, 50))
    return Tally(
        votes=votes,
        cut=cut,
        valid=valid,
        invalid=invalid,
        ballots=valid + invalid,
        taken_away=taken_away,
        voters=max(0, valid + invalid + taken_away),
        rejected=max(0, -(valid + invalid + taken_away)),
    )


@given(st.lists(sound_tallies(), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_units_never_matters(sheets: list[Tally], random: Random) -> None:
    shuffled = sorted(sheets, key=lambda _: random.random())

    assert sum_totals(shuffled, 7, rules=2) == sum_totals(sheets, 7, rules=2)


@given(st.lists(sound_tallies(), max_size=8))
def test_a_sum_holds_what_its_sheets_hold(sheets: list[Tally]) -> None:
    totals = sum_totals(sheets, 0, rules=2)

    stated = sum(sheet.require_stated().valid for sheet in sheets) * 1000
    cut = sum(sheet.cut for sheet in sheets)
    assert sum(totals.votes.values()) + cut == stated
    figures = [sheet.require_stated() for sheet in sheets]
    assert totals.ballots == sum(each.valid + each.invalid for each in figures)


def test_ballots_that_a_sheet_leaves_out_make_no_sum() -> None:
    """Neither 0 nor what the other sheets have is the number of ballots; votes are known."""
    full = Tally(votes={"a": 2000}, valid=2, invalid=1, ballots=3, voters=3)
    short = Tally(votes={"a": 1000}, valid=None, invalid=None, ballots=None, voters=None)

    whole, partial = sum_totals([full], 0, rules=3), sum_totals([full, short], 0, rules=3)

    assert (whole.ballots, whole.valid) == (3, 2)
    assert partial.votes == {"a": 3000}
    assert canonical(partial) == b'{"ballots":null,"electors":0,"no":{},"votes":{"a":3000}}'
    assert msgspec.json.decode(canonical(partial), type=ContestTotals) == partial
    with pytest.raises(ValueError, match="ballots"):
        _ = partial.counted_ballots


@given(st.lists(sound_tallies(), max_size=6), st.integers(0, 6))
def test_sums_of_parts_sum_to_the_whole(sheets: list[Tally], at: int) -> None:
    one, other = sum_totals(sheets[:at], 0, rules=2), sum_totals(sheets[at:], 0, rules=2)

    together = {
        option: one.votes.get(option, 0) + other.votes.get(option, 0)
        for option in {*one.votes, *other.votes}
    }
    assert together == sum_totals(sheets, 0, rules=2).votes


@given(sound_tallies())
def test_a_balanced_sheet_is_sound(tally: Tally) -> None:
    require_sound(tally, final=True)


@given(
    sound_tallies(),
    st.sampled_from(["valid", "invalid", "ballots", "voters", "cut", "rejected", "taken_away"]),
    st.integers(1, 9),
)
def test_one_slipped_figure_is_always_noticed(tally: Tally, field: str, slip: int) -> None:
    """Each figure stands in an identity, so no single one can change unseen."""
    slipped = msgspec.structs.replace(tally, **{field: getattr(tally, field) + slip})

    assert _refused(slipped)


def _refused(tally: Tally) -> bool:
    try:
        require_sound(tally, final=True)
    except Refusal:
        return True
    return False


AMOUNTS = st.integers(0, 3)
STEPS = st.one_of(
    st.builds(
        lambda a, c, final, unit: b.tally(
            b.sheet({b.A: a, b.B: c}), b.DISTRICT_1, unit, final=final
        ),
        AMOUNTS,
        AMOUNTS,
        st.booleans(),
        st.sampled_from([b.CHIYODA, b.CHUO]),
    ),
    st.builds(
        lambda a, c, final, supersedes, unit: b.correction(
            b.sheet({b.A: a, b.B: c}), b.DISTRICT_1, unit, final=final, supersedes=supersedes
        ),
        AMOUNTS,
        AMOUNTS,
        st.booleans(),
        st.integers(2, 4),
        st.sampled_from([b.CHIYODA, b.CHUO]),
    ),
    st.sampled_from(
        [
            b.confirm(),
            b.give_back(),
            b.PAUSE,
            b.RESUME,
            b.withdraw(b.DISTRICT_1, b.B, day=b.EVE),
            b.declare(b.DISTRICT_1, b.A),
            b.declare(b.DISTRICT_1, b.B, reason="訂正のため"),
            b.lot(b.DISTRICT_1, b.B, b.A),
        ]
    ),
)


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(STEPS, max_size=14))
def test_whatever_is_posted_refusals_leave_nothing_and_a_winner_is_the_laws(
    steps: list[Command],
) -> None:
    """The harness compares every live aggregate with its events after each step."""
    log = b.log_of(*b.DISTRICT)

    for step in steps:
        before = list(log.store.entries)
        try:
            log.post(step)
        except Refusal:
            assert log.store.entries == before
            assert log.store.untouched()
        else:
            assert len(log.store.entries) > len(before)

    declared = log.store.find(Declaration, declaration_stream(b.DISTRICT_1))
    if declared is not None and declared.outcome is not None and declared.totals is not None:
        votes = declared.totals.votes
        [winner] = declared.outcome.elected
        assert votes[winner] == max(votes.values())
    for unit in (b.CHIYODA, b.CHUO):
        count = log.find(Count, count_stream(b.DISTRICT_1, unit))
        assert (count.latest is None) == (count.state == "none")
        assert count.is_final or count.state not in {"final", "confirmed"}
