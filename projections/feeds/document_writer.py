"""A document in any of its formats: the one way from the fold to published bytes."""

from collections.abc import Callable

from projections.documents.render import build, render
from projections.election_projection import ElectionProjection
from projections.feeds.atom import atom
from projections.feeds.layout import FORMAT, Format
from projections.feeds.nist.nist_encoding import as_json, as_xml
from projections.feeds.nist.nist_report import election_report
from projections.feeds.tabular import csv_bytes, document_table
from projections.state.election_state import ElectionState

_Write = Callable[[ElectionState, str], bytes]

_WRITE: dict[str, _Write] = {
    ".json": render,
    ".csv": lambda state, document: csv_bytes(document_table(build(state, document))),
    ".atom": lambda state, document: atom(build(state, document)),
    ".nist.json": lambda state, document: as_json(election_report(state, document)),
    ".nist.xml": lambda state, document: as_xml(election_report(state, document)),
}


def write(state: ElectionProjection, document: str, form: Format) -> bytes:
    """The exact bytes of a document at its current version.

    They depend on the document's version alone: nothing that could change them goes by without
    the version moving on.

    Raises:
        KeyError: There is no such document, or it does not have that format.
    """
    if document not in state.versions or not form.has(document):
        raise KeyError(document)
    return _WRITE[form.suffix](state, document)


def formats() -> tuple[Format, ...]:
    """Every format that can be written."""
    return tuple(FORMAT[suffix] for suffix in _WRITE)
