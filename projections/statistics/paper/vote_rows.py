"""Votes as papers have them: a ballot in its order, three decimals, a dash for what is unknown."""

from collections.abc import Iterator

from aggregates.election.ballot import PartyList
from aggregates.election.identifiers import VOTE
from projections.state.records import ContestRecord, CountRecord
from projections.statistics.ledger import Ledger, standing_lists
from projections.statistics.tiers import INDEPENDENT


def votes_text(thousandths: int | None) -> str:
    """Votes as minutes have them: 12,345.678; a dash where they are not known."""
    if thousandths is None:
        return "—"
    whole, rest = divmod(thousandths, VOTE)
    return f"{whole:,}.{rest:03d}"


def vote_heads(contest: ContestRecord) -> tuple[str, ...]:
    """Headings of `vote_rows`."""
    if contest.rule.ballot == "justices":
        return ("裁判官", "罷免を可とする", "可としない")
    return ("候補者・名簿", "党派", "得票数")


def vote_rows(
    ledger: Ledger,
    contest: ContestRecord,
    votes: dict[str, int],
    count: CountRecord | None = None,
) -> Iterator[tuple[str, ...]]:
    """Everybody on the ballot in its order, with votes as minutes have them.

    Args:
        ledger: Names and parties.
        contest: The contest.
        votes: Thousandths by option.
        count: Where they are of one unit.
    """
    no = count.tally.no if count is not None and count.tally is not None else contest.sums().no
    for option in contest.options.values():
        own = votes_text(votes.get(option.id))
        gone = "（候補者でなくなった者）" if option.id in contest.withdrawn else ""
        if contest.rule.ballot == "justices":
            yield option.name, own, votes_text((no or {}).get(option.id))
            continue
        party = getattr(option, "party", "")
        name = ledger.party_name(party) if party else INDEPENDENT
        yield f"{option.name}{gone}", name, own
        if isinstance(option, PartyList) and contest.rule.ballot == "open-lists":
            for member in option.members:
                # No line on the sheet: in the 特定枠, or an interim of lists alone.
                yield f"　{member.name}", name, votes_text(votes.get(member.id))


def option_names(contest: ContestRecord, ids: tuple[str, ...]) -> list[str]:
    """Names of candidates, lists, members, justices or options."""
    names = {option.id: option.name for option in contest.options.values()}
    for option in standing_lists(contest):
        names |= {member.id: member.name for member in option.members}
    return [names.get(each, each) for each in ids]
