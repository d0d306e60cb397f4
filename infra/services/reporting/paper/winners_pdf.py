"""当選人の告示, 当選の告知 and 当選証書: one PDF per prefecture, a page per paper."""

from pathlib import Path

from infra.services.reporting.issued_report import Issue
from infra.services.reporting.paper.place_documents import write_by_place
from projections.statistics.ledger import Ledger
from projections.statistics.paper.winner_papers import UNVERIFIED, WinnerPaper, winner_papers

FOLDER = "winners"
_TEMPLATE = "winners.typ"


def write(issue: Issue, out: Path) -> list[Path]:
    """Write one PDF per prefecture, and one for what spans several; none before a decision."""
    ledger = Ledger(issue.state)
    pages = ((each.prefecture, _content(ledger, each)) for each in winner_papers(ledger))
    return write_by_place(
        issue,
        out / FOLDER,
        _TEMPLATE,
        pages,
        statement=issue.stamp.lines()[:2],
        unverified=UNVERIFIED,
    )


def _content(ledger: Ledger, paper: WinnerPaper) -> dict[str, object]:
    printed = ledger.glyphs.printed_name
    return {
        **paper._asdict(),
        "title": printed(paper.title),
        "recipient": printed(paper.recipient),
        "sentence": printed(paper.sentence),
        "rows": [[printed(cell) for cell in row] for row in paper.rows],
        "body": printed(paper.body),
    }
