"""The moments of a night."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from projections.official.plan import posting_schedule

DAY = date(2024, 10, 27)


def test_turnout_comes_before_final_reports() -> None:
    (final,) = posting_schedule.final_times(DAY, [7])

    assert posting_schedule.turnout_time(DAY) < final
    assert final.isoformat() == "2024-10-27T23:20:00+09:00"


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=50))
def test_larger_counts_are_final_later_and_all_by_the_morning(sizes: list[int]) -> None:
    times = posting_schedule.final_times(DAY, sizes)

    by_size = sorted(zip(sizes, times, strict=True), key=lambda each: each[0])
    for (small, early), (large, late) in pairwise(by_size):
        assert early <= late or small == large
    assert max(times).isoformat() < "2024-10-28T06:00"
