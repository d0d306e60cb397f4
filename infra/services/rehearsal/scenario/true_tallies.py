"""The true tally sheet of every poll, and what of it was counted at each moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import msgspec

from aggregates.election.ballot import PartyList
from aggregates.election.identifiers import VOTE
from aggregates.election.tally import BallotPool, InvalidReason, PoolShare, Tally
from aggregates.law.shared_votes import divide
from infra.services.rehearsal.scenario.candidate_field import Nominations
from infra.services.rehearsal.scenario.invented_parties import SHARED_NAME, SHORT_NAME_SHARERS
from infra.services.rehearsal.scenario.poll import RehearsalPoll
from infra.services.rehearsal.scenario.seeded_random import chance, split, weight

_UNIT_SPREAD = 0.16
_INVALID_PER_100000 = 2_450
_INVALID_SPREAD = 0.3
_TAKEN_PER_100000 = 6
_REJECTED_PERCENT = 3
_POOL_PER_MILLE = 4
_LISTS_DIVIDED_PERCENT = 3
_MORE_BALLOTS = 3
_PERSONAL_PERCENT = 28
"""Votes of Upper House lists that name a member."""

_DISMISS_PER_MILLE = (88, 96, 101, 93, 108, 90)
_UNCLEAR_PER_100000 = 300

_REASONS: tuple[tuple[InvalidReason, int], ...] = (
    ("blank", 52),
    ("not-a-candidate", 21),
    ("scribble", 14),
    ("anything-besides-the-name", 6),
    ("several-names", 4),
    ("unclear-whom", 2),
    ("mark-or-sign", 1),
)

_BUNDLES = ((20_000, 500), (4_000, 100), (0, 10))
"""Ballots are bundled by 500 in a large centre, by less in a small one: (from valid, bundle)."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Ballots that fit several options, with what is written on them."""

    name: str
    ballots: int
    between: tuple[str, ...]


def true_sheet(
    seed: int, poll: RehearsalPoll, nominations: Nominations, *, more_ballots: bool = False
) -> Tally:
    """The final figures as they really are.

    Args:
        seed: Of the night.
        poll: Which poll.
        nominations: The ballots.
        more_ballots: There are more ballots than voters (G below zero).
    """
    source = chance(seed, "sheet", poll.contest, poll.unit)
    invalid_weight = weight(source, _INVALID_SPREAD, _INVALID_PER_100000)
    taken = -_MORE_BALLOTS if more_ballots else _draw_taken_away(source, poll.voters)
    rejected = 1 if source.randrange(100) < _REJECTED_PERCENT else 0
    ballots = poll.voters - taken - rejected
    invalid = min(ballots // 5, ballots * invalid_weight // 100_000)
    valid = ballots - invalid
    outer = Tally(
        votes={},
        valid=valid,
        invalid=invalid,
        ballots=ballots,
        taken_away=taken,
        rejected=rejected,
        voters=poll.voters,
        invalid_by_reason=_invalid_by_reason(poll, invalid),
    )
    if poll.kind == "justices":
        return _review_tally(source, outer, nominations)
    weights = _weights(poll, nominations)
    pool = _pool(source, poll, valid, nominations)
    return _divide_pool(source, outer, weights, pool)


def _draw_taken_away(source: Random, voters: int) -> int:
    return source.randrange(0, 2 + voters * _TAKEN_PER_100000 // 100_000)


def _invalid_by_reason(poll: RehearsalPoll, invalid: int) -> dict[InvalidReason, int] | None:
    """Reasons are those of POEA 68: not known of a review or a poll with options."""
    return None if poll.kind == "justices" or poll.has_options else _reasons(invalid)


def _reasons(invalid: int) -> dict[InvalidReason, int]:
    parts = split(invalid, [share for _, share in _REASONS])
    return {reason: part for (reason, _), part in zip(_REASONS, parts, strict=True) if part}


def _weights(poll: RehearsalPoll, nominations: Nominations) -> dict[str, int]:
    if poll.contest in nominations.slates:
        slate = nominations.slates[poll.contest]
        return {option: slate.weights[option] for option in slate.votable()}
    if poll.contest in nominations.questions:
        return nominations.questions[poll.contest].weights
    leans = nominations.leans[poll.prefecture]
    if poll.kind == "upper-list":
        return _open_list_weights(nominations.lists[poll.contest], leans)
    return {group.id: leans[group.party] for group in nominations.lists[poll.contest]}


def _open_list_weights(lists: Sequence[PartyList], leans: dict[str, int]) -> dict[str, int]:
    """Votes name a list or a member; those of the 特定枠 have no line (POEA 95-3)."""
    weights: dict[str, int] = {}
    for group in lists:
        weights[group.id] = leans[group.party] * (100 - _PERSONAL_PERCENT) // 100
        known = [member.id for member in group.members if member.priority is None]
        places = [2**place for place in range(len(known))]
        for member, place in zip(known, places, strict=True):
            weights[member] = leans[group.party] * _PERSONAL_PERCENT // 100 // (1 + place)
    return weights


def _pool(source: Random, poll: RehearsalPoll, valid: int, nominations: Nominations) -> Pool | None:
    if poll.contest in nominations.slates:
        slate = nominations.slates[poll.contest]
        sharers, name = slate.sharers, slate.candidates[0].name.split()[0]
    elif poll.kind == "house-block" and source.randrange(100) < _LISTS_DIVIDED_PERCENT:
        lists = nominations.lists[poll.contest]
        sharers = tuple(group.id for group in lists if group.party in SHORT_NAME_SHARERS)
        name = SHARED_NAME
    else:
        return None
    ballots = 1 + valid * source.randint(1, 2 * _POOL_PER_MILLE) // 1000
    return Pool(name, ballots, sharers) if sharers else None


def _divide_pool(source: Random, outer: Tally, weights: dict[str, int], pool: Pool | None) -> Tally:
    here = [weight(source, _UNIT_SPREAD, each) for each in weights.values()]
    own = outer.require_stated().valid - (pool.ballots if pool is not None else 0)
    votes = {option: part * VOTE for option, part in zip(weights, split(own, here), strict=True)}
    if pool is None:
        return msgspec.structs.replace(outer, votes=votes)
    division = divide(pool.ballots, {option: votes[option] for option in pool.between})
    sharers = tuple(
        PoolShare(option=option, own=votes[option], share=division.shares[option])
        for option in pool.between
    )
    for option, share in division.shares.items():
        votes[option] += share
    return msgspec.structs.replace(
        outer,
        votes=votes,
        cut=division.cut,
        nobody=division.nobody,
        pools=(BallotPool(name=pool.name, ballots=pool.ballots, sharers=sharers),),
    )


def _review_tally(source: Random, outer: Tally, nominations: Nominations) -> Tally:
    """Per justice: a cross is a yes to dismissal, blank is a no, the rest is invalid for them."""
    votes: dict[str, int] = {}
    blank: dict[str, int] = {}
    valid = outer.require_stated().valid
    for justice, share in zip(nominations.justices, _DISMISS_PER_MILLE, strict=True):
        unclear = valid * _UNCLEAR_PER_100000 // 100_000
        yes = (valid - unclear) * weight(source, _UNIT_SPREAD, share * 1000) // 1_000_000
        votes[justice.id] = yes * VOTE
        blank[justice.id] = (valid - unclear - yes) * VOTE
    return msgspec.structs.replace(outer, votes=votes, no=blank)


def interim_tally(sheet: Tally, serial: int, per_mille: int) -> Tally:
    """What an interim report shows: whole bundles, nothing divided yet, no voters.

    Args:
        sheet: The true final sheet.
        serial: Of the poll; piles of different candidates grow at different speed.
        per_mille: How many of a thousand ballots are counted.
    """
    bundle = next(size for least, size in _BUNDLES if sheet.require_stated().valid >= least)
    invalid = _whole_bundles(sheet.require_stated().invalid, per_mille * per_mille // 1000, 10)
    if sheet.no is not None:
        valid = _whole_bundles(sheet.require_stated().valid, per_mille, bundle)
        return Tally(
            votes=_piles(sheet.votes, per_mille, bundle),
            no=_piles(sheet.no, per_mille, bundle),
            valid=valid,
            invalid=invalid,
            ballots=valid + invalid,
        )
    votes = {
        option: _whole_bundles(figure // VOTE, _pace(per_mille, serial, place), bundle) * VOTE
        for place, (option, figure) in enumerate(sheet.votes.items())
    }
    valid = sum(votes.values()) // VOTE
    return Tally(votes=votes, valid=valid, invalid=invalid, ballots=valid + invalid)


def _piles(figures: dict[str, int], per_mille: int, bundle: int) -> dict[str, int]:
    return {
        option: _whole_bundles(figure // VOTE, per_mille, bundle) * VOTE
        for option, figure in figures.items()
    }


def _pace(per_mille: int, serial: int, place: int) -> int:
    return per_mille * (900 + (serial * 37 + place * 61) % 100) // 1000


def _whole_bundles(ballots: int, per_mille: int, bundle: int) -> int:
    return ballots * per_mille // 1000 // bundle * bundle


def votes_alone(tally: Tally) -> Tally:
    """The same interim sheet without D, E and F."""
    return msgspec.structs.replace(tally, valid=None, invalid=None, ballots=None)


def level(sheets: dict[int, Tally], first: str, second: str) -> dict[int, Tally]:
    """Make two options of a contest exactly equal over all its sheets.

    Args:
        sheets: Per poll serial, every sheet of the contest; none of them with divided votes.
        first: One of the two.
        second: The other.
    """
    ahead = sum(sheet.votes[first] - sheet.votes[second] for sheet in sheets.values()) // VOTE
    leader, other = (first, second) if ahead > 0 else (second, first)
    # An odd vote goes to a third: two equals need an even sum.
    third = next(o for o in next(iter(sheets.values())).votes if o not in {first, second})
    odd, missing = abs(ahead) % 2, abs(ahead) // 2
    levelled: dict[int, Tally] = {}
    for serial, sheet in sheets.items():
        votes = dict(sheet.votes)
        moved = min(missing, votes[leader] // VOTE // 2)
        votes[leader] -= (moved + odd) * VOTE
        votes[other] += moved * VOTE
        votes[third] += odd * VOTE
        missing, odd = missing - moved, 0
        levelled[serial] = msgspec.structs.replace(sheet, votes=votes)
    return levelled
