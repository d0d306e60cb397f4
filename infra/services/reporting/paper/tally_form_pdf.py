"""Tally forms to fill in by hand: one PDF per prefecture, a form per contest and unit."""

from pathlib import Path

from infra.services.reporting.issued_report import Issue
from infra.services.reporting.paper.place_documents import qr_code, write_by_place
from projections.statistics.ledger import Ledger
from projections.statistics.paper.tally_forms import FIGURES, PEOPLE, TallyForm, tally_forms

FOLDER = "forms"
_TEMPLATE = "tally_form.typ"


def write(issue: Issue, out: Path) -> list[Path]:
    """Write one PDF per prefecture."""
    ledger = Ledger(issue.state)
    pages = ((each.prefecture, _content(issue, ledger, each)) for each in tally_forms(ledger))
    return write_by_place(issue, out / FOLDER, _TEMPLATE, pages, figures=FIGURES, people=PEOPLE)


def _content(issue: Issue, ledger: Ledger, form: TallyForm) -> dict[str, object]:
    address = f"{issue.site}/{form.entry}"
    return {
        **form._asdict(),
        "title": ledger.glyphs.printed_name(form.title),
        "lines": [[number, ledger.glyphs.printed_name(name)] for number, name in form.lines],
        "address": address,
        "qr": qr_code(address),
    }
