"""Tally forms to fill in by hand: one PDF per prefecture, a form per contest and unit."""

import io
from collections import defaultdict
from pathlib import Path

import segno

from infra.services.reporting.charts import FONT
from infra.services.reporting.issued_report import Issue
from infra.services.reporting.report_pdf import typeset
from projections.statistics.ledger import Ledger
from projections.statistics.paper.tally_forms import FIGURES, PEOPLE, TallyForm, tally_forms

FOLDER = "forms"
_TEMPLATE = "tally_form.typ"


def write(issue: Issue, out: Path) -> list[Path]:
    """Write one PDF per prefecture."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(issue.state)
    by_place: dict[str, list[TallyForm]] = defaultdict(list)
    for form in tally_forms(ledger):
        by_place[form.prefecture].append(form)
    written = []
    for place, forms in sorted(by_place.items()):
        path = folder / f"{issue.stamp.election}-{place}.pdf"
        content = {
            "title": issue.stamp.name,
            "font": FONT,
            "rehearsal": issue.stamp.is_rehearsal,
            "figures": FIGURES,
            "people": PEOPLE,
            "forms": [_content(issue, ledger, each) for each in forms],
        }
        path.write_bytes(typeset(_TEMPLATE, content, issue.stamp.recorded_at))
        written.append(path)
    return written


def _content(issue: Issue, ledger: Ledger, form: TallyForm) -> dict[str, object]:
    drawn = io.BytesIO()
    address = f"{issue.site}/{form.entry}"
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return {
        **form._asdict(),
        "title": ledger.glyphs.printed_name(form.title),
        "lines": [[number, ledger.glyphs.printed_name(name)] for number, name in form.lines],
        "address": address,
        "qr": drawn.getvalue().decode(),
    }
