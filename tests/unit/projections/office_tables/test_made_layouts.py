"""Properties over made-up layouts; `python -m tests.support.layout_readings 10000` tries more."""

from tests.support.budgets import examples
from tests.support.layout_readings import count_outcomes
from tests.support.spoilt_sheets import SPOILT

TRIED = 120


def test_no_table_is_read_wrongly_and_nearly_every_clear_one_is_read() -> None:
    counts, unwanted = count_outcomes(range(examples(TRIED)))

    came = {outcome for _, outcome in counts}
    assert not came & {"wrong", "silent"}, unwanted
    clear = sum(many for (kind, _), many in counts.items() if kind == "clear")
    assert clear > TRIED // 2
    assert counts["clear", "right"] >= 0.95 * clear, unwanted
    # Tables are spoilt in many ways, or the property would show nothing.
    assert len({kind for kind, _ in counts} & set(SPOILT)) > len(SPOILT) // 2
    # Where a total is printed, a missing row or a wrong figure takes the sheet with it.
    assert counts["missing row", "refused"] > 0
    assert counts["wrong total", "refused"] > 0
    assert counts["wrong total", "right"] == 0
