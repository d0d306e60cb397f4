"""What differs between two versions, by id and not by place."""

from projections.views.document_diff import FigureDifference, Json, differences


def test_a_changed_figure_is_named_by_the_ids_around_it() -> None:
    old: Json = {"options": [{"id": "a", "votes": {"votes": "1.000", "thousandths": 1000}}]}
    new: Json = {"options": [{"id": "a", "votes": {"votes": "2.000", "thousandths": 2000}}]}

    assert differences(old, new) == [
        FigureDifference(("options", "a", "votes", "thousandths"), 1000, 2000)
    ]


def test_another_order_is_no_difference() -> None:
    one: Json = {"rows": [{"id": "a", "n": 1}, {"id": "b", "n": 2}]}
    other: Json = {"rows": [{"id": "b", "n": 2}, {"id": "a", "n": 1}]}

    assert differences(one, other) == []


def test_what_is_gone_and_what_is_new_is_told() -> None:
    found = differences({"rows": [{"id": "a", "n": 1}]}, {"rows": [{"id": "b", "n": 2}]})

    assert FigureDifference(("rows", "b", "n"), None, 2) in found
    assert FigureDifference(("rows", "a", "n"), 1, None) in found


def test_the_head_is_left_out() -> None:
    assert differences({"head": {"position": 1}}, {"head": {"position": 2}}) == []
