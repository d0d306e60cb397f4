"""The rows of made-up tables: headings, units, sums, what is in the way, and what is spoilt."""

from collections.abc import Sequence
from random import Random

from tests.support.made_layouts import (
    SHEET,
    SHEET_WORDS,
    Draw,
    MadeTable,
    Place,
    Row,
    draw_election,
    draw_moment,
    finish,
    number,
)
from tests.support.spoilt_sheets import NO_FIGURES, SPOILT, Spoiling, spoil


def make(seed: int) -> MadeTable:
    """The table of a seed."""
    random = Random(seed)
    draw, vocabulary = draw_election(random)
    spoilt = random.choice(SPOILT) if random.random() < 0.3 else ""
    moment, state, as_of = draw_moment(draw)
    draw.state = state
    is_beside = not spoilt and draw.has(0.15, "units beside each other")
    rows, done = _beside(draw) if is_beside else _below(draw, spoilt)
    top = _titles(draw, moment, spoilt)
    foot = (
        [[draw.one("（注）速報値です。", "※　按分票を含む", "")]] if draw.has(0.3, "note") else []
    )
    return finish(draw, vocabulary, [*top, *rows, *foot], (as_of, state), spoilt if done else "")


def _titles(draw: Draw, moment: str, spoilt: str) -> list[Row]:
    """Rows above: titles over several columns, the moment, the clock of the printer."""
    width = 5
    rows: list[Row] = []
    if draw.has(0.6, "title"):
        title = draw.one("衆議院小選挙区選出議員選挙　開票結果", "小選挙区　候補者別得票数")
        rows.append([title] * (width if draw.has(0.5, "merged title") else 1))
    if draw.has(0.4, "held on"):
        rows.append([draw.one("令和8年2月8日執行", "令和８年２月８日　執行")])
    if draw.has(0.2, "printed at"):
        rows.append(["", "", "", draw.one("出力時刻 2月9日 5時20分", "印刷：2月9日 5:20")])
    rows.append([*[""] * draw.random.choice((0, 0, 3)), moment])
    if spoilt == "two moments":
        rows.append(["2月9日 6時11分　確定", "", "2月9日 6時41分　確定"])
    rows += [[""]] * draw.random.choice((0, 0, 1))
    return rows


def _columns(draw: Draw) -> list[str]:
    """What the columns are: codes of people, `sum`, lines of the sheet, `state`, `unread`."""
    columns = [code for code, _, _ in draw.people]
    if draw.has(0.6, "row sum"):
        columns.append("sum")
    if draw.has(0.5, "lines of the sheet"):
        columns += SHEET
    if draw.has(0.2, "rate"):
        columns.insert(draw.random.choice((0, len(columns))), "rate")
    if draw.has(0.2, "remark"):
        columns.append("remark")
    if draw.has(0.2, "marks"):
        columns.append("mark")
    return columns


def _heading(draw: Draw, columns: Sequence[str]) -> list[Row]:
    """One to three rows."""
    people = {code: (name, party) for code, name, party in draw.people}
    words = {
        "sum": draw.one("計", "得票総数", "得票数計", "合計"), "remark": "備考",
        "rate": draw.one("開票率(%)", "投票率", "開票率（％）"), "mark": draw.one("確定", "確"),
    } | {key: draw.one(*each) for key, each in SHEET_WORDS.items()}  # fmt: skip
    corner = draw.one("開票区", "市町村名", "市区町村", "開票区名", "区　分")
    names = [people[each][0] if each in people else words[each] for each in columns]
    if draw.has(0.2, "names in two rows"):
        first = [
            name.split("　")[0] if c in people else name
            for c, name in zip(columns, names, strict=True)
        ]
        second = [
            name.split("　")[1] if c in people else ""
            for c, name in zip(columns, names, strict=True)
        ]
        return [[corner, *first], ["", *second]]
    rows = [[corner, *names]]
    if draw.has(0.4, "parties"):
        is_bracketed = draw.has(0.5, "brackets")
        parties = [people[c][1] if c in people else "" for c in columns]
        rows.append(["", *(f"（{each}）" if each and is_bracketed else each for each in parties)])
    if draw.has(0.2, "numbers of candidates"):
        count = iter(range(1, 99))
        rows.insert(0, [corner, *(str(next(count)) if c in people else "" for c in columns)])
    if draw.has(0.2, "group above"):
        group = [draw.one("候補者別得票数", "得票数") if c in people else "" for c in columns[:1]]
        rows.insert(0, [rows[0][0], *group, *[""] * (len(columns) - 1)])
    return rows


def _value(figures: dict[str, int], column: str, draw: Draw) -> int:
    if column == "sum":
        return sum(figures[code] for code, _, _ in draw.people)
    return figures[column]


def _line(
    draw: Draw, label: str, figures: dict[str, int], columns: Sequence[str], style: str
) -> Row:
    row = [label]
    for column in columns:
        if column in NO_FIGURES:
            row.append({"rate": "100.00", "mark": "@"}.get(column, ""))
        else:
            row.append(number(_value(figures, column, draw), style))
    return row


def _added(figures: Sequence[dict[str, int]]) -> dict[str, int]:
    return {key: sum(each[key] for each in figures) for key in figures[0]}


def _below(draw: Draw, spoilt: str) -> tuple[list[Row], bool]:
    """A row for each unit; whether it could be spoilt."""
    columns = _columns(draw)
    style = draw.one("plain", "commas", "full", "counted", "plain")
    heading = _heading(draw, columns)
    body, units = _body(draw, columns, style, spoilt)
    done = spoil(Spoiling(draw, heading, body, units, columns), spoilt)
    rows = [*heading, *body]
    if not spoilt and len(rows) > len(heading) + 5 and draw.has(0.15, "heading repeated"):
        middle = len(heading) + len(body) // 2
        rows = [*rows[:middle], [""], *heading, *rows[middle:]]
    elif not spoilt and len(body) > 4 and draw.has(0.15, "side by side"):
        rows = _side_by_side(heading, body, len(columns) + 1)
    return rows, done


def _side_by_side(heading: list[Row], body: list[Row], width: int) -> list[Row]:
    """The second half of a table beside its first half."""
    middle = (len(body) + 1) // 2
    left, right = [*heading, *body[:middle]], [*heading, *body[middle:]]
    right += [[""]] * (len(left) - len(right))
    return [[*one, *[""] * (width - len(one)), *two] for one, two in zip(left, right, strict=True)]


def _body(
    draw: Draw, columns: Sequence[str], style: str, spoilt: str
) -> tuple[list[Row], list[int]]:
    """Rows of units and sums, and which of them are units."""
    has_counties, has_total = (
        draw.has(0.5, "counties"),
        draw.has(0.7, "total") or spoilt in {"wrong total", "missing row"},
    )
    is_total_above = draw.has(0.2, "total above")
    figures = draw.figures
    rows: list[Row] = []
    units: list[int] = []
    above = ""
    for place in draw.places:
        if place.city and place.city != above:
            above = place.city
            inside = [figures[p.code] for p in draw.places if p.city == above]
            rows.append(
                _line(draw, above, _added(inside), columns, style)
                if draw.has(0.5, "city's row") else [above]
            )  # fmt: skip
        if has_counties and place.county and place.county != above:
            above = place.county
            inside = [figures[p.code] for p in draw.places if p.county == above]
            rows.append(_line(draw, above, _added(inside), columns, style))
        units.append(len(rows))
        line = _line(draw, _written(draw, place), figures[place.code], columns, style)
        rows.append([draw.mark if cell == "@" else cell for cell in line])
    towns = [figures[p.code] for p in draw.places if p.county]
    if has_counties and towns and draw.has(0.5, "sum of counties"):
        rows.append(
            _line(draw, draw.one("郡　計", "郡部計", "町村計"), _added(towns), columns, style)
        )
    if has_total:
        total = _line(
            draw,
            draw.one("合計", "計", "★県計", "第１区計"),
            _added([*figures.values()]),
            columns,
            style,
        )
        if is_total_above:
            rows.insert(0, total)
            units = [at + 1 for at in units]
        else:
            rows.append(total)
    rows = [["" if cell == "@" else cell for cell in row] for row in rows]
    _leave_out_zeros(draw, rows, columns)
    return rows, units


def _leave_out_zeros(draw: Draw, rows: list[Row], columns: Sequence[str]) -> None:
    """Zeros as dashes or nothing, where the sum of the row shows that they are zeros."""
    if "sum" in columns and draw.has(0.3, "zeros left out"):
        sign = draw.one("", "－", "-")
        for row in rows:
            for at, column in enumerate(columns, start=1):
                if column.startswith("c") and at < len(row) and row[at] in {"0", "０", "0票"}:
                    row[at] = sign


def _written(draw: Draw, place: Place) -> str:
    label = place.label if place.city else place.name
    if place.county and draw.random.random() < 0.1:
        label = place.county + label
    if draw.random.random() < 0.1:
        label = "　".join(label)
    return label


def _beside(draw: Draw) -> tuple[list[Row], bool]:
    """A column for each unit, wards with their cities' names."""
    has_total = draw.has(0.6, "total")
    style = draw.one("plain", "commas")
    names = [place.name for place in draw.places]
    corner = draw.one("候補者名", "候補者氏名", "氏名")
    rows = [[corner, *names, *(["計"] if has_total else [])]]
    lines = [(code, name) for code, name, _ in draw.people]
    if draw.has(0.5, "row sum"):
        lines.append(("sum", "得票総数"))
    if draw.has(0.5, "lines of the sheet"):
        lines += [(each, SHEET_WORDS[each][0]) for each in SHEET]
    for code, name in lines:
        values = [_value(draw.figures[place.code], code, draw) for place in draw.places]
        values += [sum(values)] if has_total else []
        rows.append([name, *(number(value, style) for value in values)])
    return rows, False
