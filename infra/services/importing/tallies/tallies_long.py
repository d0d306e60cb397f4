"""Tables of tallies, tidy or wide, as single figures with their places.

A tidy table has one row per figure. A wide one has one row per contest, unit and moment, and a
column per candidate or figure; a blank cell of it says nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, get_args

from aggregates.election.tally import Estimated
from aggregates.reference.name_folding import fold_width
from infra.adapters.spreadsheets.table_lines import WHOLE_ROW, TableLine
from infra.services.importing.heading_search import (
    continues_heading,
    find_heading,
    joined_heading,
)
from infra.services.importing.import_faults import CellPlace, Faults
from infra.services.importing.name_mapping import NOT_USED
from infra.services.importing.name_mapping import Mapping as Words
from infra.services.importing.table_rows import BEYOND_HEADING

CONTEST: Final = "選挙区"
UNIT: Final = "開票区"
MOMENT: Final = "時刻"
STATE: Final = "区分"
ITEM: Final = "項目"
NUMBER: Final = "数"
REASON: Final = "理由"
REMARK: Final = "備考"
ESTIMATED: Final = "推計"
TURNOUT_ESTIMATED: Final = "turnout"
"""Said of a turnout that was spread over units; of a sheet its fields are named."""

_WHERE: Final = (CONTEST, UNIT)
_CIRCUMSTANCES: Final = (CONTEST, UNIT, MOMENT, STATE, REASON, REMARK, ESTIMATED)
_HEADINGS: Final = frozenset({*_CIRCUMSTANCES, ITEM, NUMBER})
_SHEET_MARKS: Final = frozenset(get_args(Estimated))
_UNUSED: Final = "\0"
"""Name of a column that somebody said is not wanted."""
_FIRST_DIGITS: Final = re.compile(r"[-−△▲]?[0-9０-９]{1,3}")
_LAST_DIGITS: Final = re.compile(r"[0-9０-９]{3}(?:[.．][0-9０-９]{1,3})?")


class GivenFigure(NamedTuple):
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
        estimated: Which figures of the report were spread over units, not counted there.
        flaw: Why the row or the number cannot be read, in Japanese; empty when it can.
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
    estimated: str = ""
    flaw: str = ""


class Defaults(NamedTuple):
    """What holds for a whole file that has no column for it.

    Attributes:
        moment: As of when.
        state: 中間, 確定 or 訂正.
        contest: Code or name of the contest, or name of a kind of contests.
    """

    moment: str = ""
    state: str = ""
    contest: str = ""


def figures(
    sheets: Mapping[str, Sequence[TableLine]], words: Words, defaults: Defaults, faults: Faults
) -> list[GivenFigure]:
    """Every figure of every sheet; faults of headings leave a sheet out."""
    reading = _Reading(words, defaults, faults)
    found: list[GivenFigure] = []
    for name, lines in sheets.items():
        if lines:
            found += _of_sheet(name, lines, reading)
    return found


class _Reading(NamedTuple):
    """How tables are read, and where faults go."""

    words: Words
    defaults: Defaults
    faults: Faults


def _of_sheet(name: str, lines: Sequence[TableLine], reading: _Reading) -> Iterator[GivenFigure]:
    at = find_heading(lines, lambda cell: _structural(cell, reading.words) in _HEADINGS)
    names, body = _names(lines[at], lines[at + 1 :], reading.words)
    if _heading_faults(CellPlace(name, lines[at].number), names, reading):
        return
    for line in lines[:at]:
        place = CellPlace(name, line.number)
        reading.faults.note(place, "", "見出しより上の行なので読んでいません。")
    for line in body:
        yield from _of_line(CellPlace(name, line.number), line, names, reading)


def _names(
    heading: TableLine, below: Sequence[TableLine], words: Words
) -> tuple[list[str], Sequence[TableLine]]:
    """Names of the columns, and the rows below the heading, which may stand in two rows."""
    names = [_structural(cell, words) for cell in heading.cells]
    second = below[0] if below else None
    if second is not None and continues_heading(names, second, _HEADINGS.__contains__):
        names = [_structural(name, words) for name in joined_heading(names, second.cells)]
        below = below[1:]
    return [_UNUSED if words.is_unused(name) else name for name in names], below


def _of_line(
    place: CellPlace, line: TableLine, names: list[str], reading: _Reading
) -> Iterator[GivenFigure]:
    """The figures of a row; one without a number where the row as a whole cannot be read."""
    cells = dict(zip(names, line.cells, strict=False))
    common = _common(place, cells, reading)
    flaw = _row_flaw(line, names, cells)
    if flaw:
        yield common._replace(flaw=flaw)
    elif ITEM in names:
        number = cells.get(NUMBER, "")
        at = (names.index(ITEM), names.index(NUMBER))
        yield common._replace(
            column=NUMBER,
            item=cells.get(ITEM, ""),
            number=number,
            flaw=next((line.flaws[column] for column in at if column in line.flaws), "")
            or _find_shifted_number(number, cells),
        )
    else:
        for column, name in enumerate(names):
            if name not in _CIRCUMSTANCES and name not in {"", _UNUSED} and cells.get(name, ""):
                flaw = line.flaws.get(column, "")
                yield common._replace(column=name, item=name, number=cells[name], flaw=flaw)


def _row_flaw(line: TableLine, names: list[str], cells: Mapping[str, str]) -> str:
    """Why a row cannot be read as a whole; empty when it can."""
    if WHOLE_ROW in line.flaws:
        return line.flaws[WHOLE_ROW]
    for column, sentence in line.flaws.items():
        if column < len(names) and names[column] in _CIRCUMSTANCES:
            return f"「{names[column]}」の{sentence}"
    if any(line.cells[len(names) :]) or cells.get(""):
        return BEYOND_HEADING
    return ""


def _find_shifted_number(number: str, cells: Mapping[str, str]) -> str:
    """Whether `1,984` without quotes became a 1 and a reason 984."""
    beside = next((text for name in (REASON, REMARK) if (text := cells.get(name, ""))), "")
    if _FIRST_DIGITS.fullmatch(number) and _LAST_DIGITS.fullmatch(beside):
        return (
            f"「{number}」の次の欄が「{beside}」だけです。桁区切りのカンマで欄が分かれたようです。"
            f"{number}{beside} のように続けるか、引用符で囲んでください。"
        )
    return ""


def _structural(heading: str, words: Words) -> str:
    """A heading by its meaning here; that of an item stays, for a contest may have its own."""
    word = fold_width(words.word(heading))
    return word if word in _HEADINGS else heading


def _common(place: CellPlace, cells: Mapping[str, str], reading: _Reading) -> GivenFigure:
    """What all figures of a row have in common."""
    words, defaults = reading.words, reading.defaults
    return GivenFigure(
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
        estimated=cells.get(ESTIMATED, ""),
    )


def _heading_faults(place: CellPlace, names: list[str], reading: _Reading) -> bool:
    wanted = [*_WHERE]
    wanted += [] if reading.defaults.moment else [MOMENT]
    wanted += [] if reading.defaults.state else [STATE]
    if (ITEM in names) != (NUMBER in names):
        wanted += [ITEM, NUMBER]
    missing = [name for name in wanted if name not in names]
    twice = sorted({name for name in names if name not in {"", _UNUSED} and names.count(name) > 1})
    for name in missing:
        sentence = "この見出しがありません。違う名の列なら対応表（--mapping）に書いてください。"
        reading.faults.add(place, name, sentence)
    for name in twice:
        sentence = "同じ見出しが二つあります（対応表で同じになるものを含む）。"
        reading.faults.add(place, name, sentence)
    unknown = set(names) - {*_HEADINGS, "", _UNUSED} if ITEM in names else set()
    for name in sorted(unknown):
        reading.faults.add(
            place, name, f"知らない見出しです。要らない列なら、対応表で「{NOT_USED[0]}」にします。"
        )
    return bool(missing or twice or unknown)


def sheet_marks(estimated: str) -> list[str]:
    """Fields of a sheet among what was spread; a turnout of the same moment has its own mark."""
    return [each for each in estimated.split() if each in _SHEET_MARKS]


def unknown_marks(estimated: str) -> str:
    """What is named as spread over units and is neither the turnout nor a field of a sheet."""
    known = _SHEET_MARKS | {TURNOUT_ESTIMATED}
    return " ".join(each for each in estimated.split() if each not in known)
