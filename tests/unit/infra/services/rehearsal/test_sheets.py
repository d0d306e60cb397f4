"""Given invented sheets, then what must add up adds up, whole and in part."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.election.tally import Tally, require_sound
from infra.services.rehearsal import RehearsalNight
from infra.services.rehearsal.scenario.injected_errors import (
    absentee_left_out,
    overlook_bundle,
    slip_digit,
    swap_lines,
)
from infra.services.rehearsal.scenario.invented_parties import PARTIES, Strength
from infra.services.rehearsal.scenario.seeded_random import split
from infra.services.rehearsal.scenario.true_tallies import interim_tally, level

_OPTIONS = ("a", "b", "c", "d")


def a_sheet(votes: Sequence[int]) -> Tally:
    """A final sheet with these whole votes and nothing else."""
    total = sum(votes)
    return Tally(
        votes={option: each * 1000 for option, each in zip(_OPTIONS, votes, strict=True)},
        valid=total,
        invalid=0,
        ballots=total,
        voters=total,
    )


votes_of_four = st.lists(st.integers(10, 60_000), min_size=4, max_size=4)


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_parts_always_sum_to_the_whole(total: int, weights: list[int]) -> None:
    parts = split(total, [*weights, 1])
    assert sum(parts) == total
    assert min(parts) >= 0


def test_every_true_sheet_is_sound(whole: RehearsalNight) -> None:
    for sheet in whole.setting.sheets.values():
        require_sound(sheet, final=True)


@given(votes_of_four, st.integers(0, 50), st.lists(st.integers(0, 1000), min_size=2))
def test_interims_only_grow_and_never_pass_the_final(
    votes: list[int], serial: int, done: list[int]
) -> None:
    sheet = a_sheet(votes)
    before = interim_tally(sheet, serial, 0)
    for per_mille in sorted(done):
        now = interim_tally(sheet, serial, per_mille)
        require_sound(now, final=False)
        for option in _OPTIONS:
            assert before.votes[option] <= now.votes[option] <= sheet.votes[option]
        before = now


@given(votes_of_four)
def test_wrong_sheets_are_still_possible_sheets(votes: list[int]) -> None:
    sheet = a_sheet(votes)
    for wrong in (absentee_left_out(sheet), overlook_bundle(sheet)):
        require_sound(wrong, final=True)
    if len(set(votes)) > 1:
        assert swap_lines(sheet) != sheet
        require_sound(swap_lines(sheet), final=True)


@given(votes_of_four, st.integers(0, 10**6))
def test_a_digit_slips_only_where_the_electors_allow_it(votes: list[int], electors: int) -> None:
    sheet = a_sheet(votes)
    wrong = slip_digit(sheet, electors)
    if wrong is not None:
        require_sound(wrong, final=False)
        assert sheet.require_stated().ballots < wrong.require_stated().ballots <= electors


@given(st.lists(votes_of_four, min_size=1, max_size=6))
def test_levelling_makes_two_equal_and_keeps_the_sheets_sound(rows: list[list[int]]) -> None:
    # Two that are not far apart: what levelling is for.
    near = [[a, min(2 * a, max(a // 2, b)), c, d] for a, b, c, d in rows]
    sheets = {serial: a_sheet(row) for serial, row in enumerate(near)}
    made = level(sheets, "a", "b")
    for serial, sheet in made.items():
        require_sound(sheet, final=True)
        assert sheet.require_stated().valid == sheets[serial].valid
    assert sum(s.votes["a"] for s in made.values()) == sum(s.votes["b"] for s in made.values())


def _luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("strength", PARTIES, ids=lambda each: each.party.id)
def test_party_colours_can_be_read_on_white(strength: Strength) -> None:
    color = strength.party.color
    assert color is not None
    assert 1.05 / (_luminance(color) + 0.05) >= 4.5


def test_parties_have_names_and_colours_of_their_own() -> None:
    for field in ("id", "name", "short", "color"):
        assert len({getattr(each.party, field) for each in PARTIES}) == len(PARTIES)
