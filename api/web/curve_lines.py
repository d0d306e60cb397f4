"""Geometry of the curve of votes: moments across, votes upwards."""

from datetime import datetime
from typing import Final, NamedTuple

from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.views.whole_election.vote_curve import VoteCurve, vote_curve

WIDTH: Final = 600.0
HEIGHT: Final = 200.0
LABEL_APART: Final = 14.0
"""Names beside the ends of lines keep this distance."""


class CurveLine(NamedTuple):
    """One line: whose, its points as SVG has them, where it ends, and where its name stands."""

    option: str
    points: str
    end: float
    label: float


class CurveMark(NamedTuple):
    """A moment below the lines."""

    x: float
    at: datetime


def curve_parts(state: ElectionState, contest: ContestRecord) -> dict[str, object]:
    """What the picture of a contest's curve needs; an empty curve where there is none."""
    curve = vote_curve(state, contest)
    return {
        "curve": curve,
        "curve_lines": curve_lines(curve) if curve is not None else [],
        "curve_marks": curve_marks(curve) if curve is not None else [],
    }


def curve_lines(curve: VoteCurve) -> list[CurveLine]:
    """The lines from left to right, each beginning with its first report."""
    first, last = curve.points[0].at, curve.points[-1].at
    whole = (last - first).total_seconds() or 1.0
    lines = []
    for number, option in enumerate(curve.options):
        places = [
            (
                round((point.at - first).total_seconds() / whole * WIDTH, 1),
                round(HEIGHT - point.votes[number] / (curve.most or 1) * HEIGHT, 1),
            )
            for point in curve.points
        ]
        drawn = " ".join(f"{x},{y}" for x, y in places)
        lines.append(CurveLine(option, drawn, places[-1][1], places[-1][1]))
    return _apart(lines)


def _apart(lines: list[CurveLine]) -> list[CurveLine]:
    """Names from the top down, none on another."""
    found, above = [], -LABEL_APART
    for line in sorted(lines, key=lambda each: each.end):
        above = max(line.end, above + LABEL_APART)
        found.append(line._replace(label=above))
    return found


def curve_marks(curve: VoteCurve) -> list[CurveMark]:
    """The first and the last moment."""
    first, last = curve.points[0].at, curve.points[-1].at
    return [CurveMark(0.0, first), CurveMark(WIDTH, last)]
