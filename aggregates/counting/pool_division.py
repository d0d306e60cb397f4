"""Shared ballots of one sheet divided (按分, POEA 68-2): from what lies on the table to A, B and C.

An office counts each option's own ballots and the pools: ballots that fit several. What each
option gets of a pool, what is cut and what belongs to nobody follows from these figures, in one
counting district and from no other figures.
"""

from collections.abc import Iterable
from itertools import chain
from math import gcd
from typing import NoReturn

import msgspec

from aggregates.election.ballot import PartyList
from aggregates.election.contests.contest import Contest
from aggregates.election.identifiers import VOTE
from aggregates.election.tally import BallotPool, PoolShare, Tally, format_votes
from aggregates.errors import (
    PoolMalformed,
    PoolShareDiffers,
    PoolsMisplaced,
    PoolsUnstated,
    PoolVotesNotWhole,
    SheetUnbalanced,
)
from aggregates.law.shared_votes import divide
from aggregates.rules import THIRD_RULES


def divide_pools(contest: Contest, tally: Tally, *, rules: int) -> Tally:
    """The sheet with its pools divided; itself where it has none.

    Pools without shares are divided here, and A, B and C filled in. Pools with shares were divided
    by who sends them: they are divided again from the same ballots, and both must agree.

    Args:
        contest: Whose sheet it is; its votes fit its ballot.
        tally: The sheet as an office sends it.
        rules: Number of the rules under which it is decided.

    Raises:
        PoolsMisplaced: The sheet can have no pools.
        PoolsUnstated: The figures are divided, but neither pools nor a reason are there.
        PoolMalformed: The pools contradict each other or the votes.
        PoolVotesNotWhole: What an option has without the pools is no number of ballots.
        PoolShareDiffers: A stated share is not what the law gives.
        SheetUnbalanced: B or C stated is not what the division leaves.
        CandidateUnknown, CandidateNotStanding: A sharer does not stand.
    """
    if not tally.pools:
        return _require_explanation(contest, tally, rules)
    _require_placed(contest, tally, rules)
    contest.require_standing(each.option for each in _sharers(tally.pools))
    _require_well_formed(tally)
    table = _Table(contest, tally)
    pools = tuple(table.divide(pool) for pool in tally.pools)
    votes = dict(table.own)
    for sharer in _sharers(pools):
        votes[table.line(sharer.option)] += sharer.share or 0
    left = [(pool_cut(pool), pool_nobody(pool)) for pool in pools]
    cut, nobody = sum(cut for cut, _ in left), sum(nobody for _, nobody in left)
    _require_agreement("B", tally.cut, cut, stated=_states_shares(tally))
    _require_agreement("C", tally.nobody, nobody, stated=_states_shares(tally))
    return msgspec.structs.replace(tally, votes=votes, cut=cut, nobody=nobody, pools=pools)


def pool_cut(pool: BallotPool) -> int:
    """What the division of a pool cut, thousandths: its part of B."""
    return 0 if pool_nobody(pool) else pool.ballots * VOTE - _shared(pool)


def pool_nobody(pool: BallotPool) -> int:
    """What of a pool belongs to nobody, thousandths, as no sharer has other votes: part of C."""
    return 0 if any(each.own for each in pool.sharers) else pool.ballots * VOTE


def is_divided(tally: Tally) -> bool:
    """Whether figures show that shared ballots were divided: decimals, B or C."""
    # All are whole votes if what divides all of them is.
    return bool(tally.cut or tally.nobody or gcd(*tally.votes.values()) % VOTE)


def votes_without_pools(tally: Tally, option: str) -> int:
    """What an option has without any pool of a recorded sheet, thousandths."""
    shares = (each.share or 0 for each in _sharers(tally.pools) if each.option == option)
    return tally.votes.get(option, 0) - sum(shares)


class _Table:
    """The ballots of a sheet before any pool is divided.

    Attributes:
        own: Per line of the sheet, thousandths.
    """

    def __init__(self, contest: Contest, tally: Tally) -> None:
        lists = [each for each in contest.options.values() if isinstance(each, PartyList)]
        # Ballots with the name of a member of the 特定枠 are votes for the list (POEA 68-3).
        self._list_by_member = {
            member.id: each.id
            for each in lists
            for member in each.members
            if member.priority is not None and member.id not in contest.withdrawn
        }
        self._unlined = {*self._list_by_member, *self._list_by_member.values()}
        self.own = dict(tally.votes)
        for sharer in _sharers(tally.pools):
            self.own[self.line(sharer.option)] -= sharer.share or 0
        for option, votes in self.own.items():
            if votes < 0 or votes % VOTE:
                raise PoolVotesNotWhole(option=option, value=format_votes(votes))
        self._weights = {
            each.option: self._weight(pool, each) for pool in tally.pools for each in pool.sharers
        }
        self._require_lists_hold_members(tally.pools)

    def line(self, option: str) -> str:
        """The line of the sheet that has an option's votes."""
        return self._list_by_member.get(option, option)

    def divide(self, pool: BallotPool) -> BallotPool:
        """The pool with what each sharer has and gets; a share stated must be the same."""
        division = divide(
            pool.ballots, {each.option: self._weights[each.option] for each in pool.sharers}
        )
        for each in pool.sharers:
            share = division.shares[each.option]
            if each.share is not None and each.share != share:
                raise PoolShareDiffers(
                    pool=pool.name,
                    option=each.option,
                    stated=format_votes(each.share),
                    computed=format_votes(share),
                )
        sharers = tuple(
            PoolShare(
                option=each.option,
                own=self._weights[each.option],
                share=division.shares[each.option],
            )
            for each in pool.sharers
        )
        return msgspec.structs.replace(pool, sharers=sharers)

    def _weight(self, pool: BallotPool, sharer: PoolShare) -> int:
        """The votes that a sharer's part is in proportion to (POEA 68-2(4), (5))."""
        if sharer.option not in self._unlined:
            own = self.own[sharer.option]
            if sharer.own not in {None, own}:
                _refuse(pool, f"「{sharer.option}」の按分前の得票が、得票の欄と違います")
            return own
        if sharer.own is None:
            what = "その氏名" if sharer.option in self._list_by_member else "名簿の名称"
            _refuse(pool, f"「{sharer.option}」について、{what}だけを書いた票の数が要ります")
        if sharer.own % VOTE:
            value = format_votes(sharer.own)
            raise PoolVotesNotWhole(option=sharer.option, value=value)
        return sharer.own

    def _require_lists_hold_members(self, pools: tuple[BallotPool, ...]) -> None:
        """Ballots of the 特定枠, and those naming the list alone, are on the line of the list."""
        for pool in pools:
            for each in pool.sharers:
                if each.own not in {None, self._weights[each.option]}:
                    _refuse(pool, f"「{each.option}」の按分前の票数が、按分票によって違います")
        for party_list in set(self._list_by_member.values()):
            stated = sum(
                votes
                for option, votes in self._weights.items()
                if option in self._unlined and self.line(option) == party_list
            )
            if stated > self.own.get(party_list, 0):
                _refuse(pools[0], f"「{party_list}」の得票が、その特定枠の氏名を書いた票より少ない")


def _require_explanation(contest: Contest, tally: Tally, rules: int) -> Tally:
    """The sheet, unless its figures are divided and it does not say from what, nor why not.

    Earlier rules ask for no reason and record none.
    """
    if rules < THIRD_RULES:
        return msgspec.structs.replace(tally, pools_unstated="") if tally.pools_unstated else tally
    # An interim sheet of whole lists says by itself that their members are not known.
    needs_no_reason = contest.ballot in {"justices", "options"} or tally.list_totals
    if is_divided(tally) and not needs_no_reason and not tally.pools_unstated:
        raise PoolsUnstated
    return tally


def _require_placed(contest: Contest, tally: Tally, rules: int) -> None:
    if rules < THIRD_RULES or contest.ballot in {"justices", "options"} or tally.list_totals:
        raise PoolsMisplaced


def _require_well_formed(tally: Tally) -> None:
    first = tally.pools[0]
    if tally.pools_unstated:
        _refuse(first, "内訳があるのに、内訳を書けない理由もあります")
    names = [pool.name for pool in tally.pools]
    for pool in tally.pools:
        if names.count(pool.name) > 1:
            _refuse(pool, "同じ記載の按分票が二つあります")
        options = [each.option for each in pool.sharers]
        if len(set(options)) < len(options):
            _refuse(pool, "同じ人または名簿が二度書かれています")
    with_share = [each.share is not None for each in _sharers(tally.pools)]
    if any(with_share) and not all(with_share):
        _refuse(first, "按分した数は、すべてに書くか、どれにも書かないでください")


def _require_agreement(letter: str, sheet: int, computed: int, *, stated: bool) -> None:
    """An undivided sheet may leave B and C at 0, since they are not known before."""
    if sheet == computed or (not stated and not sheet):
        return
    raise SheetUnbalanced(
        identity=f"{letter} = 按分票の残り",
        stated=format_votes(sheet),
        computed=format_votes(computed),
        difference=format_votes(sheet - computed),
    )


def _states_shares(tally: Tally) -> bool:
    return any(each.share is not None for each in _sharers(tally.pools))


def _sharers(pools: Iterable[BallotPool]) -> Iterable[PoolShare]:
    return chain.from_iterable(pool.sharers for pool in pools)


def _shared(pool: BallotPool) -> int:
    return sum(each.share or 0 for each in pool.sharers)


def _refuse(pool: BallotPool, detail: str) -> NoReturn:
    raise PoolMalformed(pool=pool.name, detail=detail)
