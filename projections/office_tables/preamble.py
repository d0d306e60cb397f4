"""What stands around a table: the moment of its figures, whether they are final, polling day."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final, NamedTuple

from aggregates.reference.japan_time import JAPAN_TIME
from projections.office_tables.number_parsing import NotExact, day, moment

_DAY: Final = (
    r"(?:(?:令和|平成|R|H)\s*(?:元|[0-9]{1,2})\s*[年./-]\s*|[0-9]{4}\s*[年./-]\s*)?"
    r"[0-9]{1,2}\s*[月/]\s*[0-9]{1,2}\s*日?"
)
_FULL_DAY: Final = (
    r"(?:(?:令和|平成|R|H)\s*(?:元|[0-9]{1,2})|[0-9]{4})\s*[年./-]\s*"
    r"[0-9]{1,2}\s*[月./-]\s*[0-9]{1,2}\s*日?"
)
_TIME: Final = r"(?:午前|午後)?\s*[0-9]{1,2}\s*(?:時\s*[0-9]{1,2}\s*分|時|:[0-9]{2}(?::[0-9]{2})?)"
MOMENT: Final = re.compile(
    rf"(?P<day>{_FULL_DAY}|{_DAY})\s*(?:\([月火水木金土日祝・]+\))?\s*T?(?P<time>{_TIME})"
)
CLOCK: Final = re.compile(_TIME)
HELD: Final = re.compile(
    rf"(?P<day>{_FULL_DAY})\s*(?:\([月火水木金土日祝・]+\))?\s*(?:執行|投票|投開票)"
)
NOT_FIGURES: Final = re.compile(r"出力|印刷|作成|更新|発行|開始|締切|予定|投票時間|次回")
_FINAL: Final = re.compile(r"(?<!未)確定|結了|最終|開票終了")
_NOT_YET: Final = re.compile(
    r"最終\s+更新|(?:確定|結了|最終|開票終了)(?:票|得票|値|結果|発表|時刻|時間)*[はがの]?"
    r"(?:\s*(?:予定|見込)|更新|出力|印刷|次第|まで|前|後|していな|していませ|しませ|では|でな)"
)
"""確定次第、最終更新, 確定予定時刻: words of what is final where nothing is."""
_INTERIM: Final = re.compile(r"未確定|速報|中間|途中|現在|時点")
_OF_FIGURES: Final = re.compile(r"確定|結了|最終|現在|時点|終了")
_EVENING: Final = time(18)
"""Counting begins in the evening of the polling day; an earlier hour may be of the day after."""


class Preamble(NamedTuple):
    """What a sheet says around its table.

    Attributes:
        as_of: Moment of the figures; None where none is said.
        state: 確定, 中間, or empty where nothing is said.
        held_on: Polling day that the sheet names.
        doubts: Why a moment that is said cannot be used, in Japanese.
        notes: What was concluded.
    """

    as_of: datetime | None
    state: str
    held_on: date | None
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class _Found(NamedTuple):
    as_of: datetime
    text: str
    weight: int


def read_preamble(texts: Sequence[str], polling_day: date) -> Preamble:
    """What the cells above and below a table say.

    Args:
        texts: Each cell with words.
        polling_day: Of the election, for dates without a year.
    """
    plain = [unicodedata.normalize("NFKC", text) for text in dict.fromkeys(texts)]
    held = {found for text in plain for found in _held_on(text)}
    held_on = held.pop() if len(held) == 1 else None
    around = held_on or polling_day
    doubts: list[str] = []
    notes: list[str] = []
    moments = _moments(plain, around, doubts)
    if not moments and not doubts:
        moments = _clocks(plain, around, doubts, notes)
    best = max((each.weight for each in moments), default=0)
    chosen = {each.as_of for each in moments if each.weight == best}
    if len(chosen) > 1:
        told = "、".join(each.text for each in moments if each.weight == best)
        doubts.append(f"時刻が二つ以上あります（{told}）。どれの数字か分かりません。")
    as_of = chosen.pop() if len(chosen) == 1 else None
    said = [text for each in moments if each.as_of == as_of for text in plain if each.text in text]
    state = _state(said, plain)
    return Preamble(as_of, state, held_on, tuple(doubts), tuple(notes))


def _state(said: Sequence[str], plain: Sequence[str]) -> str:
    """What stands beside the moment counts before what stands in the title."""
    for texts in (said, plain):
        # What stands below a table says what may still come, not what it is.
        joined = "\n".join(_NOT_YET.sub("", text) for text in texts if "注" not in text)
        if _FINAL.search(joined):
            return "確定"
        if _INTERIM.search(joined):
            return "中間"
    return ""


def _held_on(text: str) -> list[date]:
    found = []
    for match in HELD.finditer(text):
        try:
            found.append(day("".join(match["day"].split())))
        except NotExact:
            continue
    return found


def _moments(plain: Sequence[str], around: date, doubts: list[str]) -> list[_Found]:
    found = []
    for text in plain:
        for match in MOMENT.finditer(text):
            if NOT_FIGURES.search(text[: match.start()]):
                continue
            written = "".join(match["day"].split()), "".join(match["time"].split())
            try:
                as_of = moment(" ".join(written), around)
            except NotExact as error:
                doubts.append(str(error))
                continue
            found.append(_Found(as_of, match[0], int(bool(_OF_FIGURES.search(text)))))
    return found


def _clocks(
    plain: Sequence[str], around: date, doubts: list[str], notes: list[str]
) -> list[_Found]:
    """Times without a day, of the evening on which is counted."""
    found = []
    for text in plain:
        match = CLOCK.search(text)
        if match is None or not _OF_FIGURES.search(text) or NOT_FIGURES.search(text):
            continue
        written = "".join(match[0].split())
        try:
            as_of = moment(f"{around.isoformat()} {written}", around)
        except NotExact as error:
            doubts.append(str(error))
            continue
        if as_of < datetime.combine(around, _EVENING, JAPAN_TIME) or as_of.date() != around:
            doubts.append(
                f"「{match[0]}」に日付がありません。投票日か翌日か分からないので、"
                "日付から書いてください。"
            )
            continue
        notes.append(f"「{match[0]}」は日付がないため、投票日 {around.isoformat()} と読みました。")
        found.append(_Found(as_of, match[0], 1))
    return found
