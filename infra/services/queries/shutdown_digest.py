"""What a live process leaves when it stops: the digest of its documents, to be checked later."""

from typing import NamedTuple

import psycopg

from infra.adapters.event_log.event_log import Log
from infra.adapters.postgres.statements import Statements
from projections.documents.document_format import DOCUMENT_FORMAT
from projections.documents.render import digest
from projections.election_projection import ElectionProjection


class LeftDigest(NamedTuple):
    """A digest of all documents, the position it was taken at, and the format they were in."""

    position: int
    digest: str
    format: int


def leave_digest(log: Log, state: ElectionProjection) -> LeftDigest:
    """Write down the digest of the live read model, so that a rebuild can be compared with it."""
    left = LeftDigest(state.position, digest(state), DOCUMENT_FORMAT)
    sql = Statements("digests", schema=log.name.schema)
    with psycopg.connect(log.conninfo) as connection:
        connection.execute(sql["leave"], left)
    return left


def left_digest(log: Log) -> LeftDigest | None:
    """The digest left last, or None."""
    sql = Statements("digests", schema=log.name.schema)
    with psycopg.connect(log.conninfo) as connection:
        row = connection.execute(sql["last"]).fetchone()
    return None if row is None else LeftDigest(*row)
