"""What is still to come is inferred from the rounds that were kept, and from nothing else."""

from projections.views.expected_reports import expected_reports
from tests import builders as b
from tests.support.gwt import Command
from tests.unit.projections.nights import Office


def interim(first: int, as_of: str) -> Command:
    figures = {**b.sheet({b.A: first, b.B: 10}), "voters": None}
    return b.tally(figures, final=False, as_of=as_of)


def test_without_two_rounds_there_is_no_moment() -> None:
    office = Office(*b.DISTRICT, interim(100, "2024-10-27T22:00:00+09:00"))

    found = expected_reports(office.night)

    assert (found.open_counts, found.silent, found.next_at) == (2, 1, None)


def test_the_next_round_follows_the_last_by_the_usual_time() -> None:
    office = Office(
        *b.DISTRICT,
        interim(100, "2024-10-27T22:00:00+09:00"),
        interim(200, "2024-10-27T22:30:00+09:00"),
    )

    found = expected_reports(office.night)

    assert found.minutes == 30
    assert found.next_at is not None
    assert found.next_at.isoformat() == "2024-10-27T23:00:00+09:00"


def test_a_count_that_is_final_brings_nothing_more() -> None:
    office = Office(*b.DISTRICT)
    before = expected_reports(office.night).open_counts
    office.post(b.turnout(b.figures((500, 500), (300, 300))))
    office.post(b.tally(b.sheet({b.A: 350, b.B: 240}, invalid=10)))

    assert expected_reports(office.night).open_counts == before - 1
