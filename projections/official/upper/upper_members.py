"""Sexes of elected list members, of whom only numbers were published.

What follows from the numbers by party and 新現元 is chosen so that every one of them holds, and
recorded as inferred: good for sums, never shown of the person.
"""

from collections import defaultdict

from aggregates.election.ballot import Member, Sex, Standing
from aggregates.election.particulars import Particulars
from projections.official.tables.official_rows import party_key
from projections.official.upper.upper_register import UpperRegister
from projections.official.upper.upper_tables import ALL, STATUSES, UpperFolder


def winner_sexes(folder: UpperFolder, register: UpperRegister) -> tuple[Particulars, ...]:
    """Inferred particulars of elected members, as far as the numbers imply them."""
    men = _men(folder)
    inferred: list[Particulars] = []
    for group, members in _winners(register).items():
        number = men.get(group)
        for place, member in enumerate(members):
            if number is not None:
                sex: Sex = "male" if place < number else "female"
                inferred.append(Particulars(option=member.id, sex=sex, inferred=("sex",)))
    return tuple(inferred)


def _men(folder: UpperFolder) -> dict[tuple[str, Standing | None], int]:
    """Elected men by party and 新現元."""
    return {
        (party_key(row.text("party")), STATUSES[row.text("status")]): row.whole("male")
        for row in folder.tables["winners_by_party"]
        if row.text("section") == "list"
        and row.text("party") not in ALL
        and row.text("status") in STATUSES
    }


def _winners(register: UpperRegister) -> dict[tuple[str, Standing | None], list[Member]]:
    found: dict[tuple[str, Standing | None], list[Member]] = defaultdict(list)
    for standing in register.lists:
        for row, member in standing.members:
            if row.elected:
                found[standing.party, row.standing].append(member)
    return found
