"""開票録・選挙録 data sheets: one PDF per prefecture, a page per sheet, with its receipt as QR."""

import io
from collections import defaultdict
from pathlib import Path

import segno

from infra.services.reporting.charts import FONT
from infra.services.reporting.issued_report import Issue
from infra.services.reporting.report_pdf import typeset
from projections.statistics.glyphs import Glyphs
from projections.statistics.ledger import Ledger
from projections.statistics.paper.minutes_fields import UNVERIFIED
from projections.statistics.paper.proceedings import DataSheet, sheets

FOLDER = "sheets"
NATION = "nation"
_TEMPLATE = "sheets.typ"


def write(issue: Issue, out: Path) -> list[Path]:
    """Write one PDF per prefecture, and one for what spans several."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    by_place: dict[str, list[DataSheet]] = defaultdict(list)
    ledger = Ledger(issue.state)
    for sheet in sheets(ledger):
        by_place[sheet.prefecture or NATION].append(sheet)
    return [
        _write(issue, ledger.glyphs, place, found, folder)
        for place, found in sorted(by_place.items())
    ]


def receipt_address(issue: Issue, position: int) -> str:
    """Where the receipt of a position is published."""
    return f"{issue.site}/v1/elections/{issue.stamp.election}/receipts/{position}"


def _write(issue: Issue, glyphs: Glyphs, place: str, found: list[DataSheet], folder: Path) -> Path:
    path = folder / f"{issue.stamp.election}-{place}.pdf"
    content = {
        "title": issue.stamp.name,
        "font": FONT,
        "rehearsal": issue.stamp.is_rehearsal,
        "position": f"{issue.stamp.position:,}",
        "root": issue.stamp.root,
        "statement": issue.stamp.lines()[:2],
        "unverified": UNVERIFIED,
        "sheets": [_content(issue, glyphs, sheet) for sheet in found],
    }
    path.write_bytes(typeset(_TEMPLATE, content, issue.stamp.recorded_at))
    return path


def _content(issue: Issue, glyphs: Glyphs, sheet: DataSheet) -> dict[str, object]:
    address = receipt_address(issue, sheet.position) if sheet.position else ""
    return {
        "kind": sheet.kind,
        "title": glyphs.printed_name(sheet.title),
        "position": f"{sheet.position:,}",
        "address": address,
        "qr": _qr(address) if address else "",
        "facts": [[glyphs.printed_name(cell) for cell in fact] for fact in sheet.facts],
        "heads": sheet.heads,
        "votes": [[glyphs.printed_name(cell) for cell in row] for row in sheet.votes],
        "course": [[glyphs.printed_name(cell) for cell in row] for row in sheet.course],
        "blanks": sheet.blanks,
        "signers": sheet.signers,
    }


def _qr(address: str) -> str:
    """The address as a QR code (ISO/IEC 18004), error correction M, as SVG."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()
