"""Differences in words: no field name of a document reaches a reader, votes are votes."""

from api.web.diff_lines import line
from projections.views.document_diff import FigureDifference

NAMES = {"c1": "東京都第1区", "a": "青木 一"}


def test_votes_are_written_as_votes_with_their_change() -> None:
    path = ("options", "a", "votes", "thousandths")

    found = line(FigureDifference(path, 1_000, 3_500), NAMES)

    assert found.path == ("候補者・名簿", "青木 一", "得票")
    assert (found.old, found.new, found.change) == ("1", "3.500", "+2.500")


def test_a_sheet_of_votes_by_option_is_votes_too() -> None:
    found = line(FigureDifference(("contests", "c1", "tally", "votes", "a"), 5_000, 4_000), NAMES)

    assert (found.old, found.new, found.change) == ("5", "4", "−1")


def test_what_was_not_there_is_a_dash_and_has_no_change() -> None:
    found = line(FigureDifference(("counts", "final"), None, 1234), NAMES)

    assert (found.old, found.new, found.change) == ("—", "1,234", "")


def test_rates_words_and_marks_are_written_out() -> None:
    assert line(FigureDifference(("poll", "rates", "total"), 1.5, 2.25), NAMES).new == "2.25％"
    assert line(FigureDifference(("is_declared",), False, True), NAMES).new == "✓"
    assert line(FigureDifference(("status",), "none", "final"), NAMES).new == "final"
