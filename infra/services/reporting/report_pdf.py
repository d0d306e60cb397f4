"""The PDF: A4 on its side, Japanese type, contents, page numbers, headings on every page."""

import tempfile
from collections.abc import Mapping
from datetime import datetime
from importlib import resources
from pathlib import Path

import msgspec
import typst
from noto_cjk_sans_jp_regular import FONT_PATH

from infra.services.reporting.charts import FONT, drawings
from infra.services.reporting.font_coverage import missing, printable
from infra.services.reporting.grid_panels import WIDTH_MAX, Panel, align_panels, panels
from infra.services.reporting.issued_report import Issue
from infra.services.reporting.text_width import FULL
from projections.statistics.table import Kind, Table
from projections.statistics.table_layouts import lay_out

_TEMPLATE = "report.typ"
_SMALL, _USUAL = 6.4, 7.4
"""Sizes of type in points; tables that fit the page in the usual one take it."""

_FITS = int(WIDTH_MAX * _SMALL / _USUAL)
_AIR: tuple[tuple[int, float], ...] = ((36, 1.7), (50, 1.0), (60, 0.7))
"""Lines of a table that fit a page, and the air above and below them in points."""

_AIR_USUAL = 1.0
_LINES_USUAL = 50
"""More lines than that fit a page in the small type only."""


def write(issue: Issue, out: Path) -> list[Path]:
    """Write the PDF."""
    path = out / f"{issue.stamp.election}-report.pdf"
    content = {
        "title": issue.stamp.name,
        "subtitle": "結果調",
        "statement": issue.stamp.lines(),
        "warning": issue.stamp.warning,
        "position": f"{issue.stamp.position:,}",
        "digest": issue.stamp.digest,
        "font": FONT,
        "drawings": [each._asdict() for each in drawings(issue.report)],
        "sections": [_section(table) for table in issue.report.tables if table.rows],
    }
    path.write_bytes(typeset(_TEMPLATE, content, issue.stamp.recorded_at))
    return [path]


def typeset(template: str, content: Mapping[str, object], moment: datetime) -> bytes:
    """Set a template of this package; the same content always gives the same bytes.

    Only the font that comes with the program is used; a character that it lacks is printed as 〓
    and named on the document, by the template's `missing`. Tags for readers of screens are left
    out, as they make a report of 20 MB out of 3; the HTML page is the accessible form.

    Args:
        template: Its file name.
        content: What the template reads as `report.json`.
        moment: Stated as the time of creation.
    """
    lost = missing(msgspec.json.encode(content).decode())
    content = {**content, "missing": [f"U+{ord(each):04X}" for each in lost]}
    text = msgspec.json.encode(content).decode()
    source = resources.files("infra.services.reporting").joinpath(template).read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, template).write_bytes(source)
        Path(folder, "report.json").write_text(printable(text), encoding="utf-8")
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[Path(FONT_PATH).parent])
        compiler = typst.Compiler(Path(folder, template), root=folder, font_paths=fonts)
        made = compiler.compile(
            format="pdf", timestamp=moment.replace(microsecond=0), pdf_tags=False
        )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter made several files of one document")
    return made


def _section(table: Table) -> dict[str, object]:
    return {
        "title": f"{table.number}　{table.title}",
        "panels": [
            _panel(panel, first=panel.first == 0)
            for panel in align_panels(p for grid in lay_out(table) for p in panels(grid))
        ],
        "notes": table.notes,
    }


def _panel(panel: Panel, *, first: bool) -> dict[str, object]:
    stubs = len(panel.grid.stubs)
    lines = panel.line_count
    roomy = panel.width <= _FITS and not _LINES_USUAL < lines <= _AIR[-1][0]
    size = _USUAL if roomy else _SMALL
    return {
        "caption": panel.grid.caption if first else _continuation_title(panel.grid.caption),
        "stubs": panel.grid.stubs,
        "heads": [[head._asdict() for head in row] for row in panel.heads()],
        "aligns": ["left"] * stubs + [_ALIGNED.get(kind, "right") for kind in panel.kinds()],
        "widths": [round(wide * size / FULL, 2) for wide in panel.widths],
        "rows": list(panel.rows()),
        "totals": sorted(panel.grid.totals),
        "size": size,
        "air": next((air for most, air in _AIR if lines <= most), _AIR_USUAL),
        "breaks": lines > _AIR[-1][0],
    }


_ALIGNED: dict[Kind, str] = {"text": "left", "flag": "center"}


def _continuation_title(caption: str) -> str:
    return f"{caption}（続き）" if caption else "（続き）"
