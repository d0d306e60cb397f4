"""Parties of one election, in the order of the official tables."""

from collections.abc import Iterator, Mapping

from aggregates.election.ballot import Party
from projections.official.tables.official_rows import ALL_PARTIES, OTHERS, party_key
from projections.official.tables.official_tables import OfficialRow
from projections.official.tables.results_folder import ResultsFolder

_SHORT = {
    "自由民主党": "自",
    "立憲民主党": "立",
    "日本維新の会": "維",
    "維新の党": "維",
    "国民民主党": "国",
    "公明党": "公",
    "れいわ新選組": "れ",
    "日本共産党": "共",
    "参政党": "参",
    "日本保守党": "保",
    "社会民主党": "社",
    "民主党": "民",
    "希望の党": "希",
    "次世代の党": "次",
    "生活の党": "生",
    "幸福実現党": "幸",
}
"""What newspapers print; other parties are shortened to their first two characters."""

_SHORT_LENGTH = 2


def read_parties(folder: ResultsFolder) -> dict[str, Party]:
    """Parties by their name as compared between tables, with ids in official order.

    The order is that of the national table of list votes, then of lists, then of candidates, so
    that the same folder always gives the same ids.
    """
    names: dict[str, str] = {}
    for row in _rows(folder):
        written = row.text("party")
        key = party_key(written)
        if key and written not in {ALL_PARTIES, OTHERS}:
            names.setdefault(key, written)
    return number_parties(names)


def number_parties(names: Mapping[str, str]) -> dict[str, Party]:
    """Parties with ids in the order of their names.

    Args:
        names: Name as compared between tables -> name as written.
    """
    return {
        key: Party(id=f"p{number:02d}", name=name, short=_SHORT.get(key, key[:_SHORT_LENGTH]))
        for number, (key, name) in enumerate(names.items(), start=1)
    }


def _rows(folder: ResultsFolder) -> Iterator[OfficialRow]:
    standing = {entry.party for entry in folder.lists} | {c.party for c in folder.candidates}
    for row in folder.tables["party_votes_pr_total"]:
        if row.text("period") == "current" and party_key(row.text("party")) in standing:
            yield row
    yield from (each.row for each in folder.lists)
    yield from (each.row for each in folder.candidates)
