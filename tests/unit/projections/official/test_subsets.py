"""Which figures make up a part of their sum."""

from hypothesis import given
from hypothesis import strategies as st

from projections.official.register.subsets import ANSWERS_MAX, subsets

FIGURES = st.lists(st.integers(1, 10**8), max_size=14)


@given(FIGURES, st.data())
def test_the_set_a_part_was_made_of_is_among_the_answers(
    figures: list[int], data: st.DataObject
) -> None:
    chosen = data.draw(st.sets(st.sampled_from(range(len(figures)) or [0])))
    chosen &= set(range(len(figures)))

    answers = subsets(figures, sum(figures[index] for index in chosen))

    assert frozenset(chosen) in answers or not answers


@given(FIGURES, st.integers(0, 10**9))
def test_every_answer_sums_to_the_part(figures: list[int], part: int) -> None:
    for answer in subsets(figures, part):
        assert sum(figures[index] for index in answer) == part


def test_many_figures_are_met_in_the_middle() -> None:
    figures = [pow(7, n, 10**12 + 39) for n in range(40, 74)]
    chosen = frozenset({0, 5, 17, 33})

    assert subsets(figures, sum(figures[n] for n in chosen)) == [chosen]


def test_too_many_answers_are_none() -> None:
    assert len(subsets([1] * 5, 2)) == 10
    assert ANSWERS_MAX < 184_756
    assert subsets([1] * 20, 10) == []
