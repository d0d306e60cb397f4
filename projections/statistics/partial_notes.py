"""Notes under tables whose figures are partial, interim or estimated."""

from collections.abc import Iterable
from typing import Final

from projections.state.sums import SheetSums, TurnoutSums


def sheet_notes(found: Iterable[SheetSums]) -> tuple[str, ...]:
    """What has to be said of sums of sheets: over how many units, and whether any is estimated."""
    listed = list(found)
    units, reporting = sum(s.units for s in listed), sum(s.reporting for s in listed)
    notes = _notes("開票", units, reporting, sum(s.final for s in listed), listed)
    if alone := sum(s.votes_alone for s in listed):
        sentence = (
            f"{alone:,}の開票区は得票だけの中間報告で、有効・無効・投票総数に入っていません。"
        )
        return (*notes, sentence)
    return notes


def vote_notes(found: Iterable[SheetSums]) -> tuple[str, ...]:
    """The same of tables that have nothing but votes of sheets."""
    listed = list(found)
    units, reporting = sum(s.units for s in listed), sum(s.reporting for s in listed)
    final = sum(s.final for s in listed)
    return _notes("開票", units, reporting, final, [s for s in listed if "votes" in s.estimated])


def turnout_notes(found: Iterable[TurnoutSums]) -> tuple[str, ...]:
    """The same of sums of turnouts."""
    listed = list(found)
    units, reporting = sum(s.units for s in listed), sum(s.reporting for s in listed)
    return _notes("投票", units, reporting, sum(s.final for s in listed), listed)


def _notes(
    what: str, units: int, reporting: int, final: int, sums: Iterable[SheetSums | TurnoutSums]
) -> tuple[str, ...]:
    notes = []
    if reporting < units:
        notes.append(
            f"{what}の報告は{units:,}のうち{reporting:,}です。数は報告のあった分の合計で、"
            "報告のない欄は空欄です。"
        )
    if final < reporting:
        notes.append(f"途中の数を含みます（確定 {final:,} / {units:,}）。")
    if any(each.estimated for each in sums):
        notes.append(_ESTIMATED)
    return tuple(notes)


_ESTIMATED: Final = "推計を含みます（開票区で数えた数ではなく、上の段の数を割り振ったもの）。"


def line_notes(found: Iterable[SheetSums]) -> tuple[str, ...]:
    """What has to be said of 法定得票数 and 供託物没収点, which follow from the valid ballots."""
    estimated = any("valid" in each.estimated for each in found)
    return (f"有効投票数に{_ESTIMATED}",) if estimated else ()


def sum_if_reported(figure: int, reporting: int) -> int | None:
    """A sum, or nothing where nobody has reported."""
    return figure if reporting else None
