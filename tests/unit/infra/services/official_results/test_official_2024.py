"""The general election of 2024, replayed whole: nothing may differ from the official tables."""

import pytest

from infra.services.official_results.replay import Replayed
from projections.official.plan.replay_plan import Plan
from projections.official.replay_summary import Seats
from tests.support.official import HOUSE50
from tests.unit.infra.services.official_results.driven import replayed

pytestmark = [pytest.mark.official, pytest.mark.slow]  # a general election, replayed whole


@pytest.fixture(scope="module")
def done() -> Replayed:
    return replayed(HOUSE50)


def test_no_figure_differs(done: Replayed) -> None:
    assert done.checked.mismatches == ()
    assert done.checked.checked == 11_350


def test_the_nation(done: Replayed) -> None:
    national = done.summary().national

    assert national.district_votes == "54261877.952"
    assert national.list_votes == "54549720.109"
    assert national.seats == {
        "自由民主党": Seats(132, 59),
        "立憲民主党": Seats(104, 44),
        "日本維新の会": Seats(23, 15),
        "国民民主党": Seats(11, 17),
        "公明党": Seats(4, 20),
        "れいわ新選組": Seats(0, 9),
        "日本共産党": Seats(1, 7),
        "参政党": Seats(0, 3),
        "日本保守党": Seats(1, 2),
        "社会民主党": Seats(1, 0),
        "無所属": Seats(12, 0),
    }


def test_names_written_differently_are_matched(done: Replayed) -> None:
    plan = done.plan
    assert isinstance(plan, Plan)

    # 赤澤 and 赤沢 are one spelling where names are compared.
    assert {(alias.left, alias.right) for alias in plan.register.aliases} == {
        ("たはなし泰文", "たなはし泰文"),
    }
    # Five with glyphs of private use; 斉藤 and 齊藤 are one spelling where names are compared.
    assert len(plan.counts.aliases) == 5
    assert len(plan.counts.spellings) == 5


def test_every_counting_district_is_a_unit(done: Replayed) -> None:
    plan = done.plan
    assert isinstance(plan, Plan)
    parts = [c.unit.code for c in plan.counts.districts if "." in c.unit.code]

    assert len(plan.counts.districts) == 1_925
    assert len(parts) == 66
    assert {"01102.1", "01102.2", "13101"} <= set(plan.counts.units())
