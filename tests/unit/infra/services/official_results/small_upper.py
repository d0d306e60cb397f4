"""A small Upper House election as a folder, in the layout of the publication; figures invented.

東京 fills two seats and one of the other half with one ballot; two of its candidates have lost
their fractions. 鳥取 and 島根 are one district, where two independents are known together only.
Sums are made with decimals, apart from the code under test.
"""

import csv
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ID = "r04-07-10"
Cells = dict[str, str]

JOINT = "鳥取県・島根県"

# district, name, party, sex, status, votes by prefecture, fraction published, place, seat
STOOD = (
    ("東京都", "青木", "青の党", "男", "新", {"東京都": "500.250"}, True, "1", "regular"),
    ("東京都", "井上", "青の党", "女", "現", {"東京都": "400"}, True, "2", "regular"),
    ("東京都", "上田", "赤の党", "男", "元", {"東京都": "300"}, True, "3", "by-election"),
    ("東京都", "江川", "諸派", "男", "新", {"東京都": "100.300"}, False, "", ""),
    ("東京都", "大野", "諸派", "男", "新", {"東京都": "60.301"}, False, "", ""),
    ("東京都", "加藤", "無所属", "女", "新", {"東京都": "20"}, True, "", ""),
    (JOINT, "木村", "青の党", "男", "現", {"鳥取県": "80", "島根県": "70"}, True, "1", "regular"),
    (JOINT, "久保", "赤の党", "女", "新", {"鳥取県": "50", "島根県": "60"}, True, "", ""),
    (JOINT, "小林", "無所属", "男", "新", {"鳥取県": "7", "島根県": "8"}, True, "", ""),
    (JOINT, "近藤", "無所属", "男", "新", {"鳥取県": "3", "島根県": "2"}, True, "", ""),
)  # fmt: skip
SEATS = {"東京都": (2, 1), JOINT: (1, 0)}
INVALID = {"東京都": 12, "鳥取県": 3, "島根県": 2}

# party, name, place in the 特定枠, status, votes, place among the winners, sex
LISTED = (
    ("青の党", "佐藤", "1", "新", "", "1", "女"),
    ("青の党", "清水", "", "現", "40", "2", "男"),
    ("青の党", "鈴木", "", "新", "30", "", "男"),
    ("赤の党", "関口", "", "現", "20", "1", "男"),
    ("赤の党", "園田", "", "新", "10", "", "女"),
)  # fmt: skip
LIST_VOTES = {"青の党": Decimal("900.125"), "赤の党": Decimal("500.250")}
LIST_SEATS = {"青の党": 2, "赤の党": 1}
RANKS = {("青の党", 1): "1", ("赤の党", 1): "2", ("青の党", 2): "3"}
GROUPS = ("青の党", "赤の党", "諸派", "無所属")


def write_small_upper(
    under: Path, change: Callable[[dict[str, list[Cells]]], None] | None = None
) -> Path:
    """Write the folder; `change` may alter its tables before."""
    tables = {name: [{"election_id": ID, **row} for row in rows] for name, rows in _tables()}
    if change is not None:
        change(tables)
    folder = under / "upper26-2022"
    for name, rows in tables.items():
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _tables() -> Iterator[tuple[str, list[Cells]]]:
    yield "official-tables/districts", list(_districts())
    yield "official-tables/ballots_district_by_pref", list(_ballots())
    yield "official-tables/party_votes_by_pref_district", list(_groups())
    yield "official-tables/party_votes_district_total", list(_totals("district", _district_sums()))
    yield "official-tables/party_votes_list_total", list(_totals("list", LIST_VOTES))
    yield (
        "official-tables/lists",
        [
            {"party": party, "votes": str(votes), "seats": str(LIST_SEATS[party])}
            for party, votes in LIST_VOTES.items()
        ],
    )
    yield "official-tables/dhondt_quotients", list(_quotients())
    yield "official-tables/winners_by_party", list(_winners())
    yield "official-tables/winners_by_pref_party", list(_winners_by_district())
    yield "candidates/district_candidates", list(_candidates())
    yield "candidates/list_members", list(_members())


def _sum(prefectures: tuple[str, ...], party: str = "", sex: str = "") -> Decimal:
    return sum(
        (
            Decimal(votes)
            for _, _, own, gender, _, by_place, *_ in STOOD
            for place, votes in by_place.items()
            if place in prefectures and party in {"", own} and sex in {"", gender}
        ),
        Decimal(0),
    )


def _valid(prefectures: tuple[str, ...]) -> int:
    return sum(int(_sum((each,)).to_integral_value("ROUND_CEILING")) for each in prefectures)


def _ballot_cells(prefectures: tuple[str, ...]) -> Cells:
    valid, invalid = _valid(prefectures), sum(INVALID[each] for each in prefectures)
    rate = Decimal(invalid * 100) / (valid + invalid)
    return {
        "total_ballots": str(valid + invalid),
        "valid_votes": str(valid),
        "invalid_votes": str(invalid),
        "invalid_rate_pct": str(rate.quantize(Decimal("0.01"), ROUND_HALF_UP)),
    }


def _places() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield from (("pref", each, (each,)) for each in INVALID)
    yield "total", "計", tuple(INVALID)
    yield "merged", JOINT, ("鳥取県", "島根県")


def _districts() -> Iterator[Cells]:
    for district, (seats, seats_by) in SEATS.items():
        prefectures = tuple(district.split("・"))
        cells = _ballot_cells(prefectures)
        del cells["invalid_rate_pct"]
        yield {
            "district": district,
            "prefectures": "、".join(prefectures),
            "seats": str(seats),
            "seats_by": str(seats_by),
            **cells,
        }


def _ballots() -> Iterator[Cells]:
    for scope, name, prefectures in _places():
        yield {"tier": "district", "scope": scope, "prefecture": name, **_ballot_cells(prefectures)}


def _groups() -> Iterator[Cells]:
    for scope, name, prefectures in _places():
        for party, said in (*((each, each) for each in GROUPS), ("", "合計")):
            cells = {
                f"votes_{word}": str(_sum(prefectures, party, sex) or "")
                for word, sex in (("male", "男"), ("female", "女"), ("total", ""))
            }
            yield {"scope": scope, "prefecture": name, "party": said, **cells}


def _district_sums() -> dict[str, Decimal]:
    return {party: _sum(tuple(INVALID), party) for party in GROUPS}


def _totals(tier: str, sums: dict[str, Decimal]) -> Iterator[Cells]:
    whole = sum(sums.values(), Decimal(0))
    for party, votes in (*sums.items(), ("計", whole)):
        share = (votes * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
        row = {"tier": tier, "party": party}
        yield {**row, "period": "current", "votes": str(votes), "share_pct": str(share)}
    yield {"tier": tier, "party": "青の党", "period": "previous", "votes": "77", "share_pct": ""}


def _quotients() -> Iterator[Cells]:
    for party, votes in LIST_VOTES.items():
        for divisor in range(1, sum(1 for each in LISTED if each[0] == party) + 1):
            quotient = (votes / divisor).quantize(Decimal("0.001"), ROUND_HALF_UP)
            yield {
                "party": party,
                "divisor": str(divisor),
                "quotient": str(quotient),
                "seat_rank": RANKS.get((party, divisor), ""),
            }


def _elected() -> Iterator[tuple[str, str, str, str, str, bool]]:
    """(section, district, party, status, sex, of the other half) of everybody elected."""
    for district, _, party, sex, status, _, _, place, seat in STOOD:
        if place:
            yield "district", district, party, status, sex, seat == "by-election"
    for party, _, _, status, _, place, sex in LISTED:
        if place:
            yield "list", "", party, status, sex, False


def _winners() -> Iterator[Cells]:
    for section in ("list", "district", "total"):
        for status in ("新", "現", "元", "計"):
            for party in (*GROUPS, "計"):
                own = [
                    each
                    for each in _elected()
                    if section in {"total", each[0]}
                    and status in {"計", each[3]}
                    and party in {"計", each[2]}
                ]
                row = {"kind": "winners", "section": section, "status": status, "party": party}
                for word, sex in (("male", "男"), ("female", "女"), ("total", "")):
                    of_sex = [each for each in own if sex in {"", each[4]}]
                    row[word] = str(sum(not each[5] for each in of_sex))
                    row[f"{word}_by"] = str(sum(each[5] for each in of_sex))
                yield row


def _winners_by_district() -> Iterator[Cells]:
    for district, (seats, seats_by) in SEATS.items():
        for party in (*GROUPS, "計"):
            own = [each for each in _elected() if each[1] == district and party in {"計", each[2]}]
            row = {"district": district, "seats": str(seats), "seats_by": str(seats_by)}
            row["party"] = party
            for word, status in (
                ("new", "新"),
                ("incumbent", "現"),
                ("former", "元"),
                ("total", ""),
            ):
                of_status = [each for each in own if status in {"", each[3]}]
                row[word] = str(sum(not each[5] for each in of_status))
                row[f"{word}_by"] = str(sum(each[5] for each in of_status))
            yield row


def _candidates() -> Iterator[Cells]:
    orders: dict[str, int] = {}
    for district, name, party, sex, status, by_place, exact, place, seat in STOOD:
        orders[district] = orders.get(district, 0) + 1
        votes = sum(map(Decimal, by_place.values()), Decimal(0))
        yield {
            "district": district,
            "order": str(orders[district]),
            "name": f"{name} 一",
            "name_kana": "",
            "party": party,
            "gender": sex,
            "age": "50",
            "status": status,
            "votes": str(votes if exact else int(votes)),
            "votes_exact": str(exact).lower(),
            "elected": str(bool(place)).lower(),
            "elected_order": place,
            "seat": seat,
        }


def _members() -> Iterator[Cells]:
    orders: dict[str, int] = {}
    for party, name, priority, status, votes, place, _ in LISTED:
        orders[party] = orders.get(party, 0) + 1
        yield {
            "party": party,
            "order": str(orders[party]),
            "special_rank": priority,
            "name": f"{name} 二",
            "name_kana": "",
            "age": "40",
            "status": status,
            "votes": votes,
            "elected": str(bool(place)).lower(),
            "elected_order": place,
        }
