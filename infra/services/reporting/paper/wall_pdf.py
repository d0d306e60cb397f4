"""中間発表 for the wall: one PDF per prefecture, a page per contest in large type."""

from collections import defaultdict
from pathlib import Path

from infra.services.reporting.charts import FONT
from infra.services.reporting.issued_report import Issue
from infra.services.reporting.report_pdf import typeset
from projections.statistics.ledger import Ledger
from projections.statistics.paper.wall_notices import WallNotice, wall_notices

FOLDER = "wall"
NATION = "nation"
_TEMPLATE = "wall.typ"


def write(issue: Issue, out: Path) -> list[Path]:
    """Write one PDF per prefecture, and one for what spans several."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(issue.state)
    by_place: dict[str, list[WallNotice]] = defaultdict(list)
    for notice in wall_notices(ledger):
        by_place[notice.prefecture or NATION].append(notice)
    written = []
    for place, notices in sorted(by_place.items()):
        path = folder / f"{issue.stamp.election}-{place}.pdf"
        content = {
            "title": issue.stamp.name,
            "font": FONT,
            "rehearsal": issue.stamp.is_rehearsal,
            "statement": issue.stamp.lines()[:2],
            "notices": [_content(ledger, each) for each in notices],
        }
        path.write_bytes(typeset(_TEMPLATE, content, issue.stamp.recorded_at))
        written.append(path)
    return written


def _content(ledger: Ledger, notice: WallNotice) -> dict[str, object]:
    printed = ledger.glyphs.printed_name
    return {
        **notice._asdict(),
        "title": printed(notice.title),
        "votes": [[printed(cell) for cell in row] for row in notice.votes],
    }
