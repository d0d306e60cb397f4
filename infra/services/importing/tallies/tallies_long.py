"""Tables of tallies, tidy or wide, as single figures with their places.

A tidy table has one row per figure. A wide one has one row per contest, unit and moment, and a
column per candidate or figure; a blank cell of it says nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from infra.services.importing.import_faults import CellPlace, Faults
from infra.services.importing.name_mapping import Mapping as Words
from infra.services.importing.table_source import TableLine

CONTEST: Final = "選挙区"
UNIT: Final = "開票区"
MOMENT: Final = "時刻"
STATE: Final = "区分"
ITEM: Final = "項目"
NUMBER: Final = "数"
REASON: Final = "理由"
REMARK: Final = "備考"

_WHERE: Final = (CONTEST, UNIT)
_CIRCUMSTANCES: Final = (CONTEST, UNIT, MOMENT, STATE, REASON, REMARK)
_HEADINGS: Final = frozenset({*_CIRCUMSTANCES, ITEM, NUMBER})


class Given(NamedTuple):
    """One figure as a table states it, as text.

    Attributes:
        place: The row.
        column: Heading of the column with the number.
        contest: Contest, by the mapping's word.
        unit: Unit, likewise.
        moment: As of when.
        state: 中間, 確定 or 訂正.
        item: Candidate or figure.
        number: The number.
        reason: Why it is corrected.
        remark: What is written beside it.
    """

    place: CellPlace
    column: str
    contest: str
    unit: str
    moment: str
    state: str
    item: str
    number: str
    reason: str
    remark: str


class Defaults(NamedTuple):
    """What holds for a whole file that has no column for it."""

    moment: str = ""
    state: str = ""


def figures(
    sheets: Mapping[str, Sequence[TableLine]], words: Words, defaults: Defaults, faults: Faults
) -> list[Given]:
    """Every figure of every sheet; faults of headings leave a sheet out."""
    found: list[Given] = []
    for name, lines in sheets.items():
        if lines:
            found += _of_sheet(name, lines, words, defaults, faults)
    return found


def _of_sheet(
    name: str, lines: Sequence[TableLine], words: Words, defaults: Defaults, faults: Faults
) -> Iterator[Given]:
    heading, *body = lines
    names = [_structural(cell, words) for cell in heading.cells]
    place = CellPlace(name, heading.number)
    if _heading_faults(place, names, defaults, faults):
        return
    for line in body:
        place = CellPlace(name, line.number)
        cells = dict(zip(names, line.cells, strict=False))
        if any(line.cells[len(names) :]) or cells.get(""):
            faults.add(place, "", "見出しのない列に記入があります。列の位置を確かめてください。")
            continue
        common = _common(place, cells, words, defaults)
        if ITEM in names:
            number = cells.get(NUMBER, "")
            yield common._replace(column=NUMBER, item=cells.get(ITEM, ""), number=number)
            continue
        for column in names:
            if column not in _CIRCUMSTANCES and cells.get(column, ""):
                yield common._replace(column=column, item=column, number=cells[column])


def _structural(heading: str, words: Words) -> str:
    """A heading by its meaning here; that of an item stays, for a contest may have its own."""
    word = words.word(heading)
    return word if word in _HEADINGS else heading


def _common(place: CellPlace, cells: Mapping[str, str], words: Words, defaults: Defaults) -> Given:
    """What all figures of a row have in common."""
    return Given(
        place=place,
        column="",
        contest=words.word(cells.get(CONTEST, "")),
        unit=words.word(cells.get(UNIT, "")),
        moment=cells.get(MOMENT, "") or defaults.moment,
        state=words.word(cells.get(STATE, "")) or defaults.state,
        item="",
        number="",
        reason=cells.get(REASON, ""),
        remark=cells.get(REMARK, ""),
    )


def _heading_faults(place: CellPlace, names: list[str], defaults: Defaults, faults: Faults) -> bool:
    wanted = [*_WHERE]
    wanted += [] if defaults.moment else [MOMENT]
    wanted += [] if defaults.state else [STATE]
    if (ITEM in names) != (NUMBER in names):
        wanted += [ITEM, NUMBER]
    missing = [name for name in wanted if name not in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    for name in missing:
        sentence = "この見出しがありません。違う名の列なら対応表（--mapping）に書いてください。"
        faults.add(place, name, sentence)
    for name in twice:
        faults.add(place, name, "同じ見出しが二つあります（対応表で同じになるものを含む）。")
    unknown = set(names) - {*_HEADINGS, ""} if ITEM in names else set()
    for name in sorted(unknown):
        faults.add(place, name, "知らない見出しです。要らない列なら消してください。")
    return bool(missing or twice or unknown)
