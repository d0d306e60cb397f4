"""The people of a ballot as rows: candidates, members of lists, justices."""

from collections.abc import Iterator

from projections.documents.nation_tables import ContestBallot


def ballot_people(contest: ContestBallot) -> Iterator[list[object]]:
    """(list, id, name, reading, party, rank, district, why no longer, place in the 特定枠) each."""
    gone = contest.withdrawn
    for one in contest.candidates:
        why = gone.get(one.id)
        yield ["", one.id, one.name, one.kana, one.party, None, None, why, None]
    for group in contest.lists:
        why = gone.get(group.id)
        yield [group.id, "", group.name, "", group.party, None, None, why, None]
        for member in group.members:
            district = member.dual.contest if member.dual is not None else None
            why = gone.get(member.id)
            named = member.id, member.name, member.kana, member.party or group.party
            yield [group.id, *named, member.rank, district, why, member.priority]
    for justice in contest.justices:
        why = gone.get(justice.id)
        yield ["", justice.id, justice.name, justice.kana, "", None, None, why, None]
