"""The small publication as a folder, every official table added up here.

The sums are made with decimals from a few figures, apart from the code under test.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from tests.unit.infra.services.official_results.small_figures import (
    BALLOTS,
    CANDIDATES,
    COUNTING_DISTRICTS,
    ENTRIES,
    LISTS,
    MUNICIPALITIES,
    PARTY_OF,
    PEOPLE,
    QUOTIENTS,
)

ID = "h29-10-22"
Cells = dict[str, str]


@dataclass
class SmallFolder:
    """Tables by file name; change what a test is about, then write."""

    tables: dict[str, list[Cells]] = field(default_factory=dict)

    def rows(self, table: str) -> list[Cells]:
        return self.tables[f"official-tables/{table}.csv"]

    def row(self, table: str, **wanted: str) -> Cells:
        """The first row with these cells."""
        return next(r for r in self.rows(table) if wanted.items() <= r.items())

    def write(self, under: Path, name: str = "house48-2017") -> Path:
        folder = under / name
        (folder / "official-tables").mkdir(parents=True, exist_ok=True)
        for file, rows in self.tables.items():
            with (folder / file).open("w", encoding="utf-8-sig", newline="") as out:
                writer = csv.DictWriter(out, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        return folder


def small_folder(*, counting_districts: bool = True, municipalities: bool = False) -> SmallFolder:
    """The publication, with or without figures below district and prefecture."""
    made = SmallFolder()
    for name, rows in _official():
        made.tables[f"official-tables/{name}.csv"] = [{"election_id": ID, **row} for row in rows]
    if counting_districts:
        made.tables["district-votes-by-counting-district.csv"] = list(_counting_districts())
    if municipalities:
        made.tables["list-votes-by-municipality.csv"] = list(_municipalities())
    return made


def _official() -> Iterable[tuple[str, Iterable[Cells]]]:
    yield "smd_candidates", map(_candidate, range(len(CANDIDATES)))
    yield "smd_districts", _districts()
    yield "pr_party_blocks", _lists()
    yield "pr_list_entries", _entries()
    yield "dhondt_quotients", _quotients()
    yield "ballots_smd_by_pref", _ballots("smd")
    yield "ballots_pr_by_block_pref", _ballots("pr")
    yield "electorate", _people(_electorate_cells)
    yield "turnout", _people(_rate_cells)
    yield "party_votes_smd_total", _period(_by_column(CANDIDATES))
    yield "party_votes_pr_total", _period(_list_totals(LISTS))
    yield "party_votes_by_pref_smd", _party_votes_by_prefecture()
    yield "party_votes_by_block", _party_votes_by_block()
    yield "party_votes_by_block_pref", _party_votes_by_block_prefecture()


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _margin(printed: str) -> Cells:
    excluded = printed == "×"
    return {"sekihai_rate": "" if excluded else printed, "sekihai_excluded": _flag(excluded)}


def _candidate(index: int) -> Cells:
    prefecture, district, name, kanji, party_raw, sex, votes, elected, dual, margin = CANDIDATES[
        index
    ]
    before = [c for c in CANDIDATES[:index] if c[:2] == (prefecture, district)]
    certified = not party_raw.startswith("（")
    return {
        "prefecture": prefecture, "district_no": str(district),
        "order_in_district": str(len(before) + 1), "elected": _flag(elected),
        "name_display": name, "name_kanji": kanji, "name_kana": "", "age": "50", "gender": sex,
        "party_raw": party_raw, "party": party_raw.strip("（）"),
        "party_is_certified": _flag(certified), "status": "新", "occupation": "会社員",
        "votes": votes, "dual_candidacy": _flag(dual), **_margin(margin),
    }  # fmt: skip


def _sum(numbers: Iterable[str]) -> Decimal:
    return sum(map(Decimal, numbers), Decimal(0))


def _districts() -> Iterable[Cells]:
    for prefecture, number in dict.fromkeys(c[:2] for c in CANDIDATES):
        votes = _sum(c[6] for c in CANDIDATES if c[:2] == (prefecture, number))
        valid = votes.quantize(Decimal(1), ROUND_HALF_UP)
        yield {
            "prefecture": prefecture,
            "district_no": str(number),
            "deposit_forfeit_point": f"{valid / 10:.3f}",
        }


def _lists() -> Iterable[Cells]:
    for block, party, votes, seats in LISTS:
        yield {"block": block, "party": party, "votes": votes, "seats": str(seats)}


def _entries() -> Iterable[Cells]:
    for block, party, rank, name, order, result, margin, dual in ENTRIES:
        yield {
            "block": block, "party": party, "list_rank": str(rank), "name": name,
            "elected_order": order, "elected_pr": _flag(bool(order)), "smd_result": result,
            **_margin(margin), "dual_candidacy": _flag(dual),
        }  # fmt: skip


def _quotients() -> Iterable[Cells]:
    for block, party, divisor, quotient, rank in QUOTIENTS:
        yield {
            "block": block, "party": party, "divisor": str(divisor), "quotient": quotient,
            "seat_rank": rank,
        }  # fmt: skip


def _ballots(tier: str) -> Iterable[Cells]:
    rows = [(place[1], figures) for place, figures in BALLOTS.items() if place[0] == tier]
    whole = tuple(sum(column) for column in zip(*(figures for _, figures in rows), strict=True))
    for prefecture, figures in [*rows, ("合計", whole)]:
        block = prefecture if tier == "pr" and prefecture != "合計" else ""
        names = ("total_ballots", "valid_votes", "invalid_votes")
        cells = zip(names, map(str, figures), strict=True)
        yield {"block": block, "prefecture": prefecture, **dict(cells)}


_People = tuple[int, int, int, int]


def _people(cells: Callable[[_People], Cells]) -> Iterable[Cells]:
    for tier in ("smd", "pr"):
        for scope in ("all", "overseas"):
            rows = [(p[2], f) for p, f in PEOPLE.items() if p[:2] == (tier, scope)]
            men, women, gone_men, gone_women = (
                sum(column) for column in zip(*(figures for _, figures in rows), strict=True)
            )
            for prefecture, figures in [*rows, ("合計", (men, women, gone_men, gone_women))]:
                block = prefecture if tier == "pr" and prefecture != "合計" else ""
                place = {"tier": tier, "scope": scope, "block": block, "prefecture": prefecture}
                yield {**place, **cells(figures)}


def _by_sex(what: str, male: int, female: int) -> Cells:
    return {
        f"{what}_male": str(male),
        f"{what}_female": str(female),
        f"{what}_total": str(male + female),
    }


def _electorate_cells(figures: _People) -> Cells:
    men, women, gone_men, gone_women = figures
    return {
        **_by_sex("electors", men, women),
        **_by_sex("voters", gone_men, gone_women),
        **_by_sex("abstainers", men - gone_men, women - gone_women),
    }


def _rate_cells(figures: _People) -> Cells:
    men, women, gone_men, gone_women = figures
    pairs = {
        "male": (gone_men, men),
        "female": (gone_women, women),
        "total": (gone_men + gone_women, men + women),
    }
    return {
        f"rate_{sex}": str(
            (Decimal(100 * gone) / Decimal(all_of)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        )
        for sex, (gone, all_of) in pairs.items()
    }


def _by_column(candidates: Iterable[tuple[object, ...]]) -> Cells:
    votes = {"希望の党": Decimal(0), "日本のこころ": Decimal(0), "諸派": Decimal(0)}
    votes |= {"無所属": Decimal(0), "__TOTAL__": Decimal(0)}
    for candidate in candidates:
        written = str(candidate[4])
        named = "無所属" if written == "（無所属）" else written
        column = "諸派" if named.startswith("（") else named
        votes[column] += Decimal(str(candidate[6]))
        votes["__TOTAL__"] += Decimal(str(candidate[6]))
    return {party: str(own) if own else "" for party, own in votes.items()}


def _list_totals(lists: Iterable[tuple[str, str, str, int]]) -> Cells:
    rows = list(lists)
    parties = dict.fromkeys(row[1] for row in LISTS)
    votes = {party: _sum(row[2] for row in rows if row[1] == party) for party in parties}
    return {**{p: str(v) for p, v in votes.items()}, "__TOTAL__": str(sum(votes.values()))}


def _period(votes: Cells) -> Iterable[Cells]:
    for party, own in votes.items():
        yield {"period": "current", "party": party, "votes": own}
        yield {"period": "previous", "party": party, "votes": "7"}


def _party_votes_by_prefecture() -> Iterable[Cells]:
    for prefecture in ("北海道", "東京都", "合計"):
        some = [c for c in CANDIDATES if prefecture in {c[0], "合計"}]
        for party, votes in _by_column(some).items():
            yield {"prefecture": prefecture, "party": party, "votes_total": votes}


def _party_votes_by_block() -> Iterable[Cells]:
    for block in ("北海道", "東京都"):
        for party, votes in _list_totals(row for row in LISTS if row[0] == block).items():
            total = party == "__TOTAL__"
            yield {"block": block, "party": party, "votes": votes, "is_total_row": _flag(total)}


def _party_votes_by_block_prefecture() -> Iterable[Cells]:
    for block in ("北海道", "東京都", ""):
        totals = _list_totals(row for row in LISTS if block in {row[0], ""})
        for party, votes in totals.items():
            prefecture = block or "合計"
            yield {"block": block, "prefecture": prefecture, "party": party, "votes": votes}


def _counting_districts() -> Iterable[Cells]:
    for prefecture, district, jis5, label, municipality, votes in COUNTING_DISTRICTS:
        for candidate, own in votes.items():
            yield {
                "pref": prefecture, "district_no": str(district), "jis5": jis5,
                "kaihyoku_label": label, "municipality": municipality, "candidate": candidate,
                "party": PARTY_OF[candidate], "votes": own,
            }  # fmt: skip


def _municipalities() -> Iterable[Cells]:
    for block, prefecture, jis5, municipality, votes in MUNICIPALITIES:
        for party, own in votes.items():
            yield {
                "block": block, "pref": prefecture, "jis5": jis5, "municipality": municipality,
                "party": party, "votes": own,
            }  # fmt: skip
