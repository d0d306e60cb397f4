"""`pools`: every pool of shared ballots (按分票, POEA 68-2) of every unit, and how it was divided.

There is such a document once a sheet has pools, or says why divided figures come without them.
"""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from aggregates.counting.pool_division import pool_cut, pool_nobody
from aggregates.election.tally import BallotPool
from projections.documents import document_parts
from projections.documents.models import Head, Votes, both_forms
from projections.state.election_state import ElectionState
from projections.state.records import CountRecord


class PoolSharer(msgspec.Struct, frozen=True, kw_only=True):
    """One of those between whom a pool is divided.

    Attributes:
        option: Candidate, list, or member of an Upper House list.
        own: Votes valid without any pool: what the division is in proportion to.
        share: What is added to the votes, cut after the third decimal.
    """

    option: str
    own: Votes
    share: Votes


class PoolRow(msgspec.Struct, frozen=True, kw_only=True):
    """A pool of a unit's latest sheet.

    Attributes:
        contest: Id.
        unit: Unit code.
        final: Whether the sheet is final.
        as_of: The moment it states.
        name: What the ballots have written on them.
        ballots: How many.
        sharers: Between whom.
        cut: What the division left: part of B.
        nobody: All of it where no sharer has other votes: part of C.
    """

    contest: str
    unit: str
    final: bool
    as_of: datetime
    name: str
    ballots: int
    sharers: list[PoolSharer]
    cut: Votes
    nobody: Votes


class UnstatedPools(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet with divided figures whose pools are not known.

    Attributes:
        contest: Id.
        unit: Unit code.
        final: Whether the sheet is final.
        as_of: The moment it states.
        reason: Why they are not.
    """

    contest: str
    unit: str
    final: bool
    as_of: datetime
    reason: str


class PoolsDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Every pool.

    Attributes:
        head: Election, environment, position.
        pools: In order of contests and units.
        unstated: Sheets that were divided and do not say from what.
    """

    head: Head
    pools: list[PoolRow]
    unstated: list[UnstatedPools]


def pools_document(state: ElectionState, key: str) -> PoolsDocument:
    """Build `pools`."""
    counts = [
        count
        for contest in state.contests.values()
        for count in contest.counts.values()
        if count.tally is not None and count.tally.has_division
    ]
    return PoolsDocument(
        head=document_parts.head(state, key),
        pools=[row for count in counts for row in _pool_rows(count)],
        unstated=[row for count in counts for row in _unstated_pools(count)],
    )


def _pool_rows(count: CountRecord) -> Iterator[PoolRow]:
    if count.latest is None:
        return
    for pool in count.latest.tally.pools:
        yield PoolRow(
            contest=count.contest.facts.id,
            unit=count.unit,
            final=count.final,
            as_of=count.latest.as_of,
            name=pool.name,
            ballots=pool.ballots,
            sharers=list(_sharers(pool)),
            cut=both_forms(pool_cut(pool)),
            nobody=both_forms(pool_nobody(pool)),
        )


def _sharers(pool: BallotPool) -> Iterator[PoolSharer]:
    for each in pool.sharers:
        # A recorded pool has both: the decision fills them in.
        own, share = both_forms(each.own or 0), both_forms(each.share or 0)
        yield PoolSharer(option=each.option, own=own, share=share)


def _unstated_pools(count: CountRecord) -> Iterator[UnstatedPools]:
    if count.latest is not None and count.latest.tally.pools_unstated:
        yield UnstatedPools(
            contest=count.contest.facts.id,
            unit=count.unit,
            final=count.final,
            as_of=count.latest.as_of,
            reason=count.latest.tally.pools_unstated,
        )
