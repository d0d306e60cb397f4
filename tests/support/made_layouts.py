"""Made-up tables in layouts that offices use, with the figures that they mean.

Everything is drawn from one seed: who stands, where is counted, how the table is laid out, and
what is in the way. Some tables are spoilt on purpose, so that nobody can say what they mean.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from aggregates.reference.japan_time import JAPAN_TIME
from projections.office_tables.grid import Grid, GridLine
from projections.office_tables.vocabulary import ContestWords, TableVocabulary

POLLING_DAY = date(2026, 2, 8)
FAMILY = (
    "青木",
    "井上",
    "宇野",
    "江口",
    "小川",
    "加藤",
    "木村",
    "久保",
    "小林",
    "佐藤",
    "髙橋",
    "高橋",
)
GIVEN = ("一郎", "花子", "たかし", "さくら", "実", "みどり", "健", "和子", "ジョージ", "𠮷夫")
PARTIES = ("青空党", "みどりの会", "あかね", "日本の朝", "市民ネット", "改革の道")
CITIES = ("海野市", "山辺市", "里見市", "東町市", "四日市市", "市川市", "郡山市", "南市")
TOWNS = ("東川町", "西川町", "南越町", "越町", "若木村", "大海村", "中之町", "計根別町")
COUNTIES = ("川辺郡", "上里郡", "日高郡")
WARDS = ("北区", "南区", "中央区", "西区")
SHEET = ("valid", "invalid", "ballots")
SHEET_WORDS = {
    "valid": ("有効投票数", "有効投票", "有 効"),
    "invalid": ("無効投票数", "無効", "無効投票"),
    "ballots": ("投票総数", "投　票　総　数"),
}

Row = list[str]


@dataclass
class MadeTable:
    """A table and what it means.

    Attributes:
        grid: The sheet.
        vocabulary: The election.
        contest: Id of the contest.
        as_of: Moment of its figures.
        state: 確定 or 中間.
        figures: Unit -> option or line of the sheet -> thousandths.
        spoilt: What was done so that it cannot be read as a whole; empty for a clear one.
        traits: What it has, for people who look for what goes wrong.
    """

    grid: Grid
    vocabulary: TableVocabulary
    contest: str
    as_of: datetime
    state: str
    figures: dict[str, dict[str, int]]
    spoilt: str
    traits: list[str] = field(default_factory=list)


@dataclass
class Place:
    """A unit: its code, how a table calls it, and the county or city whose row stands above."""

    code: str
    name: str
    label: str
    county: str = ""
    city: str = ""


@dataclass
class Draw:
    """What was drawn so far."""

    random: Random
    places: list[Place] = field(default_factory=list)
    people: list[tuple[str, str, str]] = field(default_factory=list)
    figures: dict[str, dict[str, int]] = field(default_factory=dict)
    traits: list[str] = field(default_factory=list)
    state: str = ""

    @property
    def mark(self) -> str:
        """How a unit is marked that has finished; nothing while counting goes on."""
        return "◎" if self.state == "確定" else ""

    def has(self, chance: float, trait: str) -> bool:
        """Whether the table has something."""
        there = self.random.random() < chance
        if there:
            self.traits.append(trait)
        return there

    def one(self, *choices: str) -> str:
        """One of several."""
        return self.random.choice(choices)


def draw_election(random: Random) -> tuple[Draw, TableVocabulary]:
    """Who stands and where, with a list contest in the same units."""
    draw = Draw(random)
    names = [f"{a}　{b}" for a in FAMILY for b in GIVEN]
    for order, name in enumerate(random.sample(names, random.randint(2, 6))):
        draw.people.append((f"c{order}", name, random.choice((*PARTIES, "無所属"))))
    cities = random.sample(CITIES, random.randint(1, 4))
    draw.places += [Place("", name, name) for name in cities]
    for city in random.sample(("大浜市", "小峰市"), random.choice((0, 0, 1, 2))):
        wards = random.sample(WARDS, random.randint(2, 4))
        draw.places += [Place("", city + ward, ward, city=city) for ward in wards]
    towns = random.sample(TOWNS, random.randint(0, 6))
    for county in random.sample(COUNTIES, random.randint(1, 3)):
        taken, towns = towns[: len(towns) // 2 + 1], towns[len(towns) // 2 + 1 :]
        draw.places += [Place("", name, name, county=county) for name in taken]
    for at, place in enumerate(draw.places):
        place.code = f"18{at:03d}"
    units = {place.code: place.name for place in draw.places}
    people = {code: (name,) for code, name, _ in draw.people}
    contests = (
        ContestWords("district", "架空県第1区", "小選挙区", POLLING_DAY, units, people),
        ContestWords(
            "list", "比例代表", "比例代表", POLLING_DAY, units,
            {f"l{n}": (party,) for n, party in enumerate(PARTIES)}, are_lists=True,
        ),
    )  # fmt: skip
    _draw_figures(draw)
    return draw, TableVocabulary(contests, frozenset(PARTIES))


def _draw_figures(draw: Draw) -> None:
    is_shared = draw.has(0.3, "shared ballots")
    for place in draw.places:
        most = draw.random.choice((0, 3, 3_000, 30_000))
        votes = {code: draw.random.randint(0, most) * 1000 for code, _, _ in draw.people}
        if is_shared and len(votes) > 1:
            for code in list(votes)[:2]:
                votes[code] += draw.random.randint(0, 999)
        valid = -(-sum(votes.values()) // 1000) * 1000
        invalid = draw.random.randint(0, 400) * 1000
        votes |= {"valid": valid, "invalid": invalid, "ballots": valid + invalid}
        draw.figures[place.code] = votes


def draw_moment(draw: Draw) -> tuple[str, str, datetime]:
    """How the moment is printed, its state, and what both mean."""
    hour, minute = draw.random.choice(((22, 30), (23, 5), (0, 58), (1, 5), (4, 30)))
    day = POLLING_DAY + timedelta(days=1 if hour < 12 else 0)
    as_of = datetime(day.year, day.month, day.day, hour, minute, tzinfo=JAPAN_TIME)
    state = draw.one("確定", "確定", "中間")
    half = f"{'午前' if hour < 12 else '午後'}{hour % 12}時{minute:02d}分"
    dates = (f"令和8年{day.month}月{day.day}日", f"{day.month}月{day.day}日", day.isoformat())
    times = (f"{hour}時{minute:02d}分", f"{hour}:{minute:02d}", half)
    written = draw.one(*dates) + draw.one(" ", "　") + draw.one(*times)
    if draw.has(0.3, "full-width digits"):
        written = written.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    word = draw.one("確定", "　確定") if state == "確定" else draw.one("現在", "現在　中間速報")
    return written + word, state, as_of


def number(value: int, style: str) -> str:
    """A number as a cell has it."""
    whole, rest = divmod(value, 1000)
    text = f"{whole:,}" if style == "commas" else str(whole)
    text += f".{rest:03d}" if rest else ""
    if style == "full":
        text = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return text + ("票" if style == "counted" else "")


def finish(
    draw: Draw,
    vocabulary: TableVocabulary,
    rows: list[Row],
    meant: tuple[datetime, str],
    spoilt: str,
) -> MadeTable:
    """The rows as a sheet, moved aside and down as it happens."""
    aside = draw.random.choice((0, 0, 0, 1)) if spoilt != "shifted heading" else 0
    down = draw.random.choice((0, 0, 1, 3))
    lines = [
        GridLine(at, tuple([""] * aside + row))
        for at, row in enumerate(rows, start=1 + down)
        if any(row)
    ]
    grid = Grid(draw.one("Sheet1", "開票結果", "第1区"), tuple(lines))
    return MadeTable(grid, vocabulary, "district", *meant, draw.figures, spoilt, draw.traits)
