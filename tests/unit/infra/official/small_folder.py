"""A small publication of 2017: three districts in two blocks, every official table added up here.

The sums are made with decimals from the few figures below, apart from the code under test.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ID = "h29-10-22"
Cells = dict[str, str]

# prefecture, district, name, kanji, party_raw, sex, votes, elected, dual, 惜敗率 or ×
CANDIDATES = (
    ("北海道", 1, "甲野太郎", "", "希望の党", "男", "60000", True, True, "100.000"),
    ("北海道", 1, "乙山はなこ", "乙山花子", "日本のこころ", "女", "5000.250", False, True, "×"),
    ("北海道", 1, "丙川次郎", "", "（無所属）", "男", "30000.749", False, False, ""),
    ("北海道", 2, "丁田三郎", "", "日本のこころ", "男", "40000", True, False, ""),
    ("北海道", 2, "戊井四郎", "", "希望の党", "男", "39999", False, True, "99.997"),
    ("東京都", 1, "己村五郎", "", "希望の党", "男", "70000", True, False, ""),
    ("東京都", 1, "庚本六郎", "", "（日本のこころ）", "男", "50000", False, False, ""),
)
# block, party, votes, seats
LISTS = (
    ("北海道", "希望の党", "100000.500", 1),
    ("北海道", "日本のこころ", "60000.499", 1),
    ("東京都", "希望の党", "65000", 1),
    ("東京都", "日本のこころ", "50000", 0),
)
# block, party, rank, name, elected_order, smd_result, 惜敗率 or ×, dual
ENTRIES = (
    ("北海道", "希望の党", 1, "甲野太郎", "", "当", "100.000", True),
    ("北海道", "希望の党", 1, "戊井四郎", "1", "落", "99.997", True),
    ("北海道", "日本のこころ", 1, "乙山はなこ", "", "落", "×", True),
    ("北海道", "日本のこころ", 2, "辛島七郎", "1", "", "", False),
    ("東京都", "希望の党", 1, "壬生八郎", "1", "", "", False),
    ("東京都", "日本のこころ", 1, "癸谷九郎", "", "", "", False),
)
# block, party, divisor, quotient, seat_rank: two lists of one eligible member each in 北海道
QUOTIENTS = (
    ("北海道", "希望の党", 1, "100000.500", "1"),
    ("北海道", "日本のこころ", 1, "60000.499", "2"),
    ("東京都", "希望の党", 1, "65000.000", "1"),
    ("東京都", "日本のこころ", 1, "50000.000", ""),
)
# tier, prefecture: ballots, valid, invalid
BALLOTS = {
    ("smd", "北海道"): (176101, 175001, 1100),
    ("smd", "東京都"): (121000, 120000, 1000),
    ("pr", "北海道"): (162001, 160001, 2000),
    ("pr", "東京都"): (115500, 115000, 500),
}
# tier, scope, prefecture: electors and voters, men and women
PEOPLE = {
    ("smd", "all", "北海道"): (160003, 170007, 87001, 89104),
    ("smd", "all", "東京都"): (100001, 110001, 60000, 60997),
    ("pr", "all", "北海道"): (160003, 170007, 80000, 82005),
    ("pr", "all", "東京都"): (100001, 110001, 57000, 58510),
    ("smd", "overseas", "北海道"): (101, 99, 21, 17),
    ("smd", "overseas", "東京都"): (50, 40, 11, 12),
    ("pr", "overseas", "北海道"): (101, 99, 20, 18),
    ("pr", "overseas", "東京都"): (50, 40, 11, 12),
}
# Place and code of a counting district with the votes of its candidates.
COUNTING_DISTRICTS = (
    ("北海道", 1, "01101", "札幌市中央区", "札幌市中央区",
     {"甲野　太郎": "50000", "乙山　はなこ": "4000.250", "丙川　次郎": "25000.749"}),
    ("北海道", 1, "01102", "札幌市北区第１区", "札幌市北区",
     {"甲野　太郎": "10000", "乙山　はなこ": "1000", "丙川　次郎": "5000"}),
    ("北海道", 2, "01102", "札幌市北区第２区", "札幌市北区",
     {"丁田　三郎": "30000", "戊井　四郎": "19999"}),
    ("北海道", 2, "1202", "函館市", "函館市", {"丁田　三郎": "10000", "戊井　四郎": "20000"}),
    ("東京都", 1, "13101", "千代田区", "千代田区", {"己村　五郎": "70000", "庚本　六郎": "50000"}),
)  # fmt: skip
PARTY_OF = {
    "甲野　太郎": "希望の党", "乙山　はなこ": "日本のこころ",
    "丙川　次郎": "無所属・本人届出等(空欄)",
    "丁田　三郎": "日本のこころ", "戊井　四郎": "希望の党",
    "己村　五郎": "希望の党", "庚本　六郎": "（日本のこころ）",
}  # fmt: skip
# Place and code of a municipality with the votes of its lists.
MUNICIPALITIES = (
    ("北海道", "北海道", "01101", "札幌市中央区",
     {"希望の党": "50000.250", "日本のこころ": "30000.749"}),
    ("北海道", "北海道", "01102", "札幌市北区",
     {"希望の党": "40000", "日本のこころ": "29000"}),
    ("北海道", "北海道", "01202", "函館市",
     {"希望の党": "10000.250", "日本のこころ": "999.750"}),
)  # fmt: skip


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
