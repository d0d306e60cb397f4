"""Papers that every prefecture prints for itself: one PDF each, and one for what spans several."""

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import segno

from infra.services.reporting.charts import FONT
from infra.services.reporting.issued_report import Issue
from infra.services.reporting.report_pdf import typeset

_NATION = "nation"


def write_by_place(
    issue: Issue,
    folder: Path,
    template: str,
    pages: Iterable[tuple[str, Mapping[str, object]]],
    **shared: object,
) -> list[Path]:
    """Write one PDF per prefecture.

    Args:
        issue: The report they belong to.
        folder: Where they are written; made where it is missing.
        template: File name of what sets them; it finds the pages as `pages`.
        pages: Prefecture and content of each page, in order; no prefecture where it spans several.
        shared: What the template reads beside them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    by_place: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    for place, page in pages:
        by_place[place or _NATION].append(page)
    return [
        _write(issue, folder / f"{issue.stamp.election}-{place}.pdf", template, found, shared)
        for place, found in sorted(by_place.items())
    ]


def qr_code(address: str) -> str:
    """An address as a QR code (ISO/IEC 18004), error correction M, as SVG."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()


def _write(
    issue: Issue,
    path: Path,
    template: str,
    pages: list[Mapping[str, object]],
    shared: Mapping[str, object],
) -> Path:
    content = {
        "title": issue.stamp.name,
        "font": FONT,
        "warning": issue.stamp.warning,
        "mark": issue.stamp.mark,
        "pages": pages,
        **shared,
    }
    path.write_bytes(typeset(template, content, issue.stamp.recorded_at))
    return path
