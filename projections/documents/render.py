"""From a document's address to its bytes: canonical JSON, the same wherever it is rendered."""

import hashlib
from collections.abc import Callable
from typing import get_type_hints

import msgspec

from projections.documents.block_document import block_document
from projections.documents.contest_document import contest_document, contest_units_document
from projections.documents.corrections_document import corrections_document
from projections.documents.district_document import district_document
from projections.documents.nation_tables import (
    candidates_document,
    contest_candidates_document,
    coverage_document,
    prefecture_coverage_document,
    turnout_document,
)
from projections.documents.offices_document import offices_document
from projections.documents.overview import national_document, prefecture_document
from projections.documents.results_document import results_document
from projections.documents.whole_election.declarations_document import declarations_document
from projections.documents.whole_election.pools_document import pools_document
from projections.documents.whole_election.seats_document import seats_document
from projections.state.election_state import ElectionState

_Build = Callable[[ElectionState, str], msgspec.Struct]

_BUILD: dict[str, _Build] = {
    "national": national_document,
    "prefectures": prefecture_document,
    "contests": contest_document,
    "contest-candidates": contest_candidates_document,
    "contest-units": contest_units_document,
    "blocks": block_document,
    "districts": district_document,
    "turnout": turnout_document,
    "seats": seats_document,
    "results": results_document,
    "corrections": corrections_document,
    "coverage": coverage_document,
    "prefecture-coverage": prefecture_coverage_document,
    "pools": pools_document,
    "candidates": candidates_document,
    "offices": offices_document,
    "declarations": declarations_document,
}


def document_types() -> dict[str, type[msgspec.Struct]]:
    """The struct of every kind of document, by the first part of its address: for schemas."""
    return {kind: get_type_hints(made)["return"] for kind, made in _BUILD.items()}


_ENCODER = msgspec.json.Encoder(order="sorted")


def build(state: ElectionState, document: str) -> msgspec.Struct:
    """A document as a struct.

    Raises:
        KeyError: There is no such document.
    """
    if document not in state.versions:
        raise KeyError(document)
    return _BUILD[document.partition("/")[0]](state, document)


def render(state: ElectionState, document: str) -> bytes:
    """The exact bytes of a document at its current version.

    Raises:
        KeyError: There is no such document.
    """
    return _ENCODER.encode(build(state, document))


def digest(state: ElectionState) -> str:
    """SHA-256 over the address and bytes of every document, in order of address."""
    whole = hashlib.sha256()
    for document in sorted(state.versions):
        body = render(state, document)
        whole.update(f"{document} {len(body)}\n".encode())
        whole.update(body)
    return whole.hexdigest()
