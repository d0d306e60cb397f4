"""The register as rows: the people of a ballot, the keys of offices."""

from collections.abc import Iterator

from projections.documents.nation_tables import CandidatesDocument, ContestBallot
from projections.documents.offices_document import OfficesDocument
from projections.documents.rows.candidate_standings import CandidateStanding

KEY_COLUMNS = (
    "office", "name", "role", "founder", "prefecture", "parent", "units",
    "signatures_required", "registered_at", "keyid", "public_key", "key_state",
    "enrolled_at", "enrolled_by", "approved_at", "approved_by", "ended_at", "reason",
)  # fmt: skip


PEOPLE_COLUMNS = (
    "contest", "contest_name", "seats", "list", "option", "name", "kana", "party", "rank",
    "district", "withdrawn", "special_place", "kind", "status", "counted_percent", "units",
    "units_final", "votes", "votes_thousandths", "share_percent", "place", "elected", "projected",
    "order", "margin", "margin_thousandths", "revived", "list_seats", "list_seats_projected",
    "swing_points",
)  # fmt: skip


def people_rows(document: CandidatesDocument) -> Iterator[list[object]]:
    """Everybody on a ballot, a list before its members, with votes and decision."""
    for contest in document.contests:
        progress = contest.progress
        of_contest = [
            contest.kind, contest.status, progress.counted_percent, progress.units, progress.final,
        ]  # fmt: skip
        found = {(each.list, each.id): each for each in contest.standings}
        for person in ballot_people(contest):
            group, option = str(person[0]), str(person[1])
            # A list itself has an empty option; justices and candidates have no list.
            own = found[(group, option) if option else ("", group)]
            yield [contest.contest, contest.name, contest.seats, *person, *of_contest, *_cells(own)]


def _cells(own: CandidateStanding) -> list[object]:
    votes = own.votes
    margin = own.margin
    return [
        votes, votes.thousandths if votes is not None else None, own.share_percent, own.place,
        own.elected, own.projected, own.order, margin,
        margin.thousandths if margin is not None else None, own.revived, own.seats,
        own.projected_seats, own.swing_points,
    ]  # fmt: skip


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
    for answer in contest.options or ():
        yield ["", answer.id, answer.name, "", "", None, None, gone.get(answer.id), None]


def key_rows(document: OfficesDocument) -> Iterator[list[object]]:
    """One row per key; an office without one has a row as well."""
    for office in document.offices:
        own = [
            office.id, office.name, office.role, office.founder, office.prefecture, office.parent,
            " ".join(office.units), office.signatures_required, office.registered_at,
        ]  # fmt: skip
        for key in office.keys:
            yield [
                *own, key.keyid, key.public_key, key.state, key.enrolled_at, key.enrolled_by,
                key.approved_at, key.approved_by, key.ended_at, key.reason,
            ]  # fmt: skip
        if not office.keys:
            yield [*own, *("" for _ in range(9))]
