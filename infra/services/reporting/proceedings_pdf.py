"""開票録・選挙録 data sheets: one PDF per prefecture, a page per sheet, with its receipt as QR."""

from pathlib import Path

from infra.services.reporting.issued_report import Issue
from infra.services.reporting.paper.place_documents import qr_code, write_by_place
from projections.statistics.glyphs import Glyphs
from projections.statistics.ledger import Ledger
from projections.statistics.paper.minutes_fields import UNVERIFIED
from projections.statistics.paper.proceedings import DataSheet, sheets

FOLDER = "sheets"
_TEMPLATE = "sheets.typ"


def write(issue: Issue, out: Path) -> list[Path]:
    """Write one PDF per prefecture, and one for what spans several."""
    ledger = Ledger(issue.state)
    pages = ((each.prefecture, _content(issue, ledger.glyphs, each)) for each in sheets(ledger))
    return write_by_place(
        issue,
        out / FOLDER,
        _TEMPLATE,
        pages,
        position=f"{issue.stamp.position:,}",
        root=issue.stamp.root,
        statement=issue.stamp.lines()[:2],
        unverified=UNVERIFIED,
    )


def receipt_address(issue: Issue, position: int) -> str:
    """Where the receipt of a position is published."""
    return f"{issue.site}/v1/elections/{issue.stamp.election}/receipts/{position}"


def _content(issue: Issue, glyphs: Glyphs, sheet: DataSheet) -> dict[str, object]:
    address = receipt_address(issue, sheet.position) if sheet.position else ""
    return {
        "kind": sheet.kind,
        "title": glyphs.printed_name(sheet.title),
        "position": f"{sheet.position:,}",
        "address": address,
        "qr": qr_code(address) if address else "",
        "facts": [[glyphs.printed_name(cell) for cell in fact] for fact in sheet.facts],
        "heads": sheet.heads,
        "votes": [[glyphs.printed_name(cell) for cell in row] for row in sheet.votes],
        "course": [[glyphs.printed_name(cell) for cell in row] for row in sheet.course],
        "blanks": sheet.blanks,
        "signers": sheet.signers,
    }
