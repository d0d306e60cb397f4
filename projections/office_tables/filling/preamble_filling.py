"""What stands around a table with another moment, polling day and state in it."""

import re
import unicodedata
from datetime import date, datetime
from typing import Final, NamedTuple

from aggregates.reference.japan_time import JAPAN_TIME
from projections.office_tables.preamble import CLOCK, HELD, MOMENT, NOT_FIGURES, Preamble

_INTERIM_WORDS: Final = re.compile(
    r"(?:開票|中間)?速報(?:値)?|中間(?:発表|報告)?|途中(?:経過)?|未確定|現在|時点"
)
_FINAL_WORDS: Final = re.compile(r"確定|結了|最終|開票終了")
_NOTE: Final = "注"


class PreambleFilling(NamedTuple):
    """What is to be said around a table.

    Attributes:
        told: What the sample says.
        as_of: Moment of the figures.
        polling_day: Of the election.
        state: 確定 or 中間.
    """

    told: Preamble
    as_of: datetime
    polling_day: date
    state: str


def filled_text(text: str, filling: PreambleFilling) -> str:
    """A cell around a table with what is to be said; the very same text where it says nothing."""
    plain = unicodedata.normalize("NFKC", text)
    made = HELD.sub(lambda found: _with_day(found, filling.polling_day), plain)
    if filling.told.as_of is not None:
        made = _with_moment(made, filling)
    if filling.told.state and filling.told.state != filling.state and _NOTE not in plain:
        words = _FINAL_WORDS if filling.told.state == "確定" else _INTERIM_WORDS
        made = words.sub("確定" if filling.state == "確定" else "中間", made)
    return text if made == plain else made


def _with_day(found: re.Match[str], day: date) -> str:
    return found[0].replace(found["day"], f"{day.year}年{day.month}月{day.day}日")


def _with_moment(text: str, filling: PreambleFilling) -> str:
    when = filling.as_of.astimezone(JAPAN_TIME)
    written = f"{when.year}年{when.month}月{when.day}日 {when.hour}時{when.minute:02d}分"
    found = MOMENT.search(text)
    if found is None:
        found = CLOCK.search(text) if _says_figures(text) else None
    if found is None or NOT_FIGURES.search(text[: found.start()]):
        return text
    return f"{text[: found.start()]}{written}{text[found.end() :]}"


def _says_figures(text: str) -> bool:
    return bool(_FINAL_WORDS.search(text) or _INTERIM_WORDS.search(text))
