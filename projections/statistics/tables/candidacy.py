"""1 and 3(1)-(3): numbers of candidates and of winners by party, sex, 新前元, place and age."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from aggregates.election.ballot import Standing
from projections.statistics.ledger import Area, Ledger
from projections.statistics.nominations import Nominee
from projections.statistics.table import (
    TOTAL,
    Cell,
    Column,
    Table,
    blank_if_zero,
    by_sex,
    columns,
    keys,
)
from projections.statistics.tiers import AGE_BANDS, INDEPENDENT, OTHERS, ReportTier

Group = Literal["candidacy", "winners"]

STANDINGS: tuple[tuple[str, Standing], ...] = (
    ("新", "new"), ("前", "incumbent"), ("元", "former"),
)  # fmt: skip
ALL = "計"

_WORDS: dict[Group, tuple[str, str]] = {
    "candidacy": ("1", "候補者数"),
    "winners": ("3", "当選人数"),
}
_INFERRED = (
    "性別又は新前元の届出が記録にない{:,}人については、公表された集計値のすべてに合うように"
    "推定した値で集計しています。個人についての値ではありません。"
)
_KIND = Column("kind", "区分", key=True)


def _select(ledger: Ledger, tier: ReportTier, group: Group) -> list[Nominee]:
    people = ledger.people(tier)
    return [each for each in people if each.elected] if group == "winners" else [*people]


def _section(ledger: Ledger, group: Group) -> Iterator[tuple[str, list[Nominee], list[Nominee]]]:
    """(section, its people, those of them who stand elsewhere as well)."""
    for tier in ledger.tiers:
        people = _select(ledger, tier, group)
        duals = [p for p in people if p.is_dual] if tier.lists and group == "candidacy" else []
        yield tier.code, people, duals
    if len(ledger.tiers) > 1:
        yield "total", _everybody(ledger, group), []


def _everybody(ledger: Ledger, group: Group) -> list[Nominee]:
    """Everybody once: a member who is a district candidate as well counts as the candidate."""
    people = [p for tier in ledger.tiers if not tier.lists for p in _select(ledger, tier, group)]
    seen = {(p.contest.facts.id, p.id) for p in people}
    for tier in ledger.tiers:
        if tier.lists:
            people += [
                p
                for p in _select(ledger, tier, group)
                if p.dual is None or (p.dual.contest, p.dual.candidate) not in seen
            ]
    return people


def by_party(ledger: Ledger, group: Group) -> Table:
    """Party by sex and 新前元, by tier and together; dual candidacies apart."""
    number, word = _WORDS[group]
    parties = _columns(ledger)
    rows: list[tuple[Cell, ...]] = []
    for section, people, duals in _section(ledger, group):
        for status, standing in (*STANDINGS, (ALL, None)):
            for party in (*parties, TOTAL):
                some = _numbers(_matching(people, standing, party))
                both = _numbers(_matching(duals, standing, party))
                row = (ledger.election_id, group, section, status, _name(ledger, party))
                rows.append((*row, *some, *both))
    return Table(
        id=f"{group}_by_party",
        number=f"{number}(1)",
        title=f"党派別男女別新前元別{word}",
        columns=(
            Column("election_id", "選挙", key=True),
            _KIND,
            *keys(("section", "選挙の種類"), ("status", "新前元"), ("party", "党派")),
            *by_sex("count", "", ""),
            *by_sex("count", "dual", "うち重複立候補 "),
        ),
        rows=tuple(rows),
        notes=_notes(ledger),
    )


def _columns(ledger: Ledger) -> tuple[str, ...]:
    """Parties with a column in any tier, in the order of the register; 諸派 and 無所属 last."""
    standing = {party for tier in ledger.tiers for party in ledger.party_columns(tier)}
    parties = tuple(party for party in ledger.register.parties if party in standing)
    return (*parties, OTHERS, INDEPENDENT)


def _matching(people: list[Nominee], standing: Standing | None, party: str) -> list[Nominee]:
    return [
        each
        for each in people
        if (standing is None or each.standing == standing) and party in {TOTAL, each.column}
    ]


def _numbers(people: list[Nominee]) -> tuple[int | None, int | None, int | None]:
    sexes = Counter(person.sex for person in people)
    return (
        blank_if_zero(sexes["male"]),
        blank_if_zero(sexes["female"]),
        blank_if_zero(len(people)),
    )


def by_prefecture_and_party(ledger: Ledger, tier: ReportTier, group: Group) -> Table:
    """Prefecture by party and 新前元, with the seats of the prefecture."""
    number, word = _WORDS[group]
    people = _select(ledger, tier, group)
    rows = [
        (
            ledger.election_id,
            group,
            area.name,
            _seats(ledger, tier, area),
            _name(ledger, party),
            *_by_standing(_matching(_in(people, area), None, party)),
        )
        for area in ledger.electorates(tier)
        for party in (*ledger.columns(tier), TOTAL)
    ]
    return Table(
        id=_id(ledger, tier, f"{group}_by_pref_party"),
        number=f"{number}(2)",
        title=f"都道府県別党派別新前元別{word}（{tier.word}）",
        columns=(
            Column("election_id", "選挙", key=True),
            _KIND,
            Column("prefecture", "都道府県", key=True),
            Column("seats", "定数", "count"),
            Column("party", "党派", key=True),
            *columns("count", ("new", "新"), ("incumbent", "前"), ("former", "元"), ("total", ALL)),
        ),
        rows=tuple(rows),
        notes=_notes(ledger),
    )


def _by_standing(people: list[Nominee]) -> tuple[int | None, ...]:
    found = Counter(person.standing for person in people)
    each = tuple(blank_if_zero(found[standing]) for _, standing in STANDINGS)
    return (*each, blank_if_zero(len(people)))


def by_prefecture_and_age(ledger: Ledger, tier: ReportTier, group: Group) -> Table:
    """Prefecture by age band."""
    number, word = _WORDS[group]
    people = _select(ledger, tier, group)
    rows = [
        (ledger.election_id, group, area.name, band, blank_if_zero(count))
        for area in ledger.electorates(tier)
        for band, count in _by_band(_in(people, area))
    ]
    return Table(
        id=_id(ledger, tier, f"{group}_by_pref_age"),
        number=f"{number}(3)",
        title=f"都道府県別年齢別{word}（{tier.word}）",
        columns=(
            Column("election_id", "選挙", key=True),
            _KIND,
            *keys(("prefecture", "都道府県"), ("age_band", "年齢")),
            Column("count", "人数", "count"),
        ),
        rows=tuple(rows),
    )


def _by_band(people: list[Nominee]) -> Iterator[tuple[str, int]]:
    for title, first, last in AGE_BANDS:
        yield title, sum(p.age is not None and first <= p.age <= last for p in people)
    yield ALL, len(people)


def _in(people: Iterable[Nominee], area: Area) -> list[Nominee]:
    return [p for p in people if p.contest.facts.prefectures[0] in area.prefectures]


def _seats(ledger: Ledger, tier: ReportTier, area: Area) -> int:
    contests = ledger.contests(tier)
    return sum(c.facts.seats for c in contests if c.facts.prefectures[0] in area.prefectures)


def _name(ledger: Ledger, party: str) -> str:
    return TOTAL if party == TOTAL else ledger.party_name(party)


def _id(ledger: Ledger, tier: ReportTier, stem: str) -> str:
    """Tables of the only tier of persons need no name of their own."""
    persons = [each for each in ledger.tiers if not each.lists]
    return stem if len(persons) == 1 else f"{stem}_{tier.code}"


def _notes(ledger: Ledger) -> tuple[str, ...]:
    inferred = sum(
        "sex" in known.inferred or "standing" in known.inferred
        for contest in ledger.state.contests.values()
        for known in contest.particulars.values()
    )
    if not inferred:
        return ()
    return (_INFERRED.format(inferred),)
