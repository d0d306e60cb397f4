"""The pages of the documentation that are written from the code are up to date."""

import pytest

from aggregates.errors import all_refusals
from tests.support import count_states, permissions_table, refusals_table


def test_the_table_of_refusals_is_up_to_date() -> None:
    written = refusals_table.PAGE.read_text(encoding="utf-8")

    assert written == refusals_table.page(), "run python -m tests.support.refusals_table"


def test_the_table_of_refusals_names_every_one() -> None:
    written = refusals_table.PAGE.read_text(encoding="utf-8")

    assert all(f"`{refusal.code}`" in written for refusal in all_refusals())


def test_the_table_of_permissions_is_up_to_date() -> None:
    written = permissions_table.PAGE.read_text(encoding="utf-8")

    assert written == permissions_table.page(), "run python -m tests.support.permissions_table"


def test_the_states_of_a_count_are_drawn_as_the_code_has_them() -> None:
    written = count_states.PAGE.read_text(encoding="utf-8")

    assert written == count_states.page(), "run python -m tests.support.count_states"


@pytest.mark.parametrize(
    ("state", "command", "expected"),
    [
        ("none", "confirm", "count-not-final"),
        ("interim", "post final", "count.tally-finalised → final"),
        ("final", "post interim", "count-already-final"),
        ("confirmed", "correct, final", "count.tally-corrected → final"),
        ("returned interim", "post interim", "count.tally-posted → interim"),
        ("returned final", "confirm", "count.confirmed → confirmed"),
    ],
)
def test_cells_of_the_table_are_what_the_offices_agreed_on(
    state: str, command: str, expected: str
) -> None:
    assert count_states.outcome_of(state, command) == expected
