"""One HTML page with every table, to be read, searched and printed without anything else."""

from importlib import resources
from pathlib import Path

import jinja2

from infra.services.reporting.charts import drawings
from infra.services.reporting.grid_panels import panels
from infra.services.reporting.issued_report import Issue
from projections.statistics.table_layouts import lay_out

_NO_LIMIT = 10**6
_TEMPLATE = "report.html"
_BROAD = 24
"""Figures across from which a table is printed in smaller type."""


def write(issue: Issue, out: Path) -> list[Path]:
    """Write the page."""
    path = out / f"{issue.stamp.election}-report.html"
    source = (
        resources.files("infra.services.reporting").joinpath(_TEMPLATE).read_text(encoding="utf-8")
    )
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    html = environment.from_string(source).render(
        stamp=issue.stamp,
        drawings=list(drawings(issue.report)),
        running=_running(issue),
        broad=_BROAD,
        tables=[
            (table, [p for grid in lay_out(table) for p in panels(grid, _NO_LIMIT)])
            for table in issue.report.tables
        ],
    )
    path.write_text(html, encoding="utf-8")
    return [path]


def _running(issue: Issue) -> str:
    """What stands at the foot of every printed page, as a string of CSS."""
    stamp = issue.stamp
    mark = f"【{stamp.mark}】" if stamp.mark else ""
    name = stamp.name.replace("\\", "").replace('"', "")
    return f"{mark}{name}　記録位置 {stamp.position:,}"
