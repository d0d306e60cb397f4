"""中間発表 for the wall: one PDF per prefecture, a page per contest in large type."""

from pathlib import Path

from infra.services.reporting.issued_report import Issue
from infra.services.reporting.paper.place_documents import write_by_place
from projections.statistics.ledger import Ledger
from projections.statistics.paper.wall_notices import WallNotice, wall_notices

FOLDER = "wall"
_TEMPLATE = "wall.typ"


def write(issue: Issue, out: Path) -> list[Path]:
    """Write one PDF per prefecture, and one for what spans several."""
    ledger = Ledger(issue.state)
    pages = ((each.prefecture, _content(ledger, each)) for each in wall_notices(ledger))
    return write_by_place(issue, out / FOLDER, _TEMPLATE, pages, statement=issue.stamp.lines()[:2])


def _content(ledger: Ledger, notice: WallNotice) -> dict[str, object]:
    printed = ledger.glyphs.printed_name
    return {
        **notice._asdict(),
        "title": printed(notice.title),
        "votes": [[printed(cell) for cell in row] for row in notice.votes],
    }
