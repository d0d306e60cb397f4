"""Numbers of candidates and winners by party, sex and 新前元, as the publication prints them."""

from collections import Counter
from typing import NamedTuple

from aggregates.election.ballot import Sex, Standing
from projections.official.tables.official_rows import ALL_PARTIES, party_key
from projections.official.tables.results_folder import ResultsFolder

STANDINGS: dict[str, Standing] = {"新": "new", "前": "incumbent", "元": "former"}
SEXES: tuple[Sex, ...] = ("male", "female")


class Cut(NamedTuple):
    """Where a number stands.

    Attributes:
        kind: `candidacy` or `winners`.
        section: `smd`, `pr`, or `dual` for those of `pr` who stand in a district as well.
        party: As compared between tables.
    """

    kind: str
    section: str
    party: str


Numbers = dict[Cut, Counter[tuple[Standing, Sex]]]


def read_census(folder: ResultsFolder) -> Numbers:
    """Numbers of both tables; nothing of a table that the folder lacks."""
    found: Numbers = {}
    for name in ("candidacy_by_party", "winners_by_party"):
        for row in folder.tables.get(name, ()):
            status = STANDINGS.get(row.text("status"))
            party = row.text("party")
            section = row.text("section")
            if status is None or party == ALL_PARTIES or section not in {"smd", "pr"}:
                continue
            for part, prefix in ((section, ""), ("dual", "dual_")):
                if part == "dual" and section != "pr":
                    continue
                numbers = found.setdefault(Cut(row.text("kind"), part, party_key(party)), Counter())
                for sex in SEXES:
                    numbers[status, sex] += row.whole(f"{prefix}{sex}")
    return found
