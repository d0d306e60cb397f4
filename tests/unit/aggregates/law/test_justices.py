import pytest

from aggregates.law.justices import Review, review
from aggregates.law.refusals import NegativeFigure


@pytest.mark.parametrize(("yes", "no", "dismissed"), [(51, 49, True), (50, 50, False)])
def test_more_for_dismissal_than_against_dismisses_and_a_tie_does_not(
    yes: int, no: int, dismissed: bool
) -> None:
    assert review(yes, no, 100, 100) == Review(dismissed=dismissed, enough_ballots=True)


@pytest.mark.parametrize(("electors", "enough"), [(10_000, True), (10_001, False)])
def test_ballots_must_reach_a_hundredth_of_the_electors(electors: int, enough: bool) -> None:
    assert review(90, 10, 100, electors) == Review(dismissed=enough, enough_ballots=enough)


@pytest.mark.parametrize("place", range(4))
def test_negative_figures_are_refused(place: int) -> None:
    figures = [1, 1, 1, 1]
    figures[place] = -1

    with pytest.raises(NegativeFigure):
        review(*figures)
