"""Numbers, dates and moments as offices write them, read exactly or not at all."""

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone
from typing import Final

from aggregates.election.identifiers import VOTE

JAPAN: Final = timezone(timedelta(hours=9))
"""A moment without an offset is Japanese time."""

_NUMBER: Final = re.compile(
    r"(?P<sign>[-−△▲]?)(?P<whole>[0-9]{1,13}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.(?P<rest>[0-9]+))?",
    re.ASCII,
)
_DECIMALS: Final = 3
_DATE: Final = re.compile(
    r"(?:(?P<era>令和|R)(?P<of>元|[0-9]{1,2})|(?P<year>[0-9]{4}))[-/.年]"
    r"(?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?"
)
_TIME: Final = re.compile(
    r"(?P<hour>[0-9]{1,2})[:時](?P<minute>[0-9]{2})(?:[:分](?P<second>[0-9]{2})?秒?)?"
)
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2})")
_REIWA: Final = 2018


class NotExact(ValueError):  # noqa: N818 - it says what is the case
    """The text is not what it has to be; the sentence says what to write instead."""


def thousandths(text: str) -> int:
    """Votes as integer thousandths.

    Full-width digits, well-placed thousands separators and △ for minus are read as what they mean.

    Raises:
        NotExact: No number, a misplaced separator, or more than three decimals.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    found = _NUMBER.fullmatch(written)
    if found is None:
        raise NotExact(f"「{text}」は数として読めません。数字だけを書いてください。")
    rest = found["rest"] or ""
    if len(rest) > _DECIMALS:
        raise NotExact(
            f"「{text}」は小数が{len(rest)}桁あり、千分の一票では表せません。"
            "表計算の誤差のときは、元の値を小数3桁まで書いてください。"
        )
    size = int(found["whole"].replace(",", "")) * VOTE + int(rest.ljust(_DECIMALS, "0"))
    return -size if found["sign"] else size


def whole(text: str) -> int:
    """A whole number.

    Raises:
        NotExact: No number, or one with decimals other than zero.
    """
    value = thousandths(text)
    if value % VOTE:
        raise NotExact(f"「{text}」は整数ではありません。整数で書いてください。")
    return value // VOTE


def day(text: str) -> date:
    """A date: 2024-10-27, 2024/10/27, 2024年10月27日, 令和6年10月27日.

    Raises:
        NotExact: Anything else, or a day that does not exist.
    """
    written = unicodedata.normalize("NFKC", text).strip().removesuffix(" 00:00:00")
    found = _DATE.fullmatch(written)
    if found is None:
        raise NotExact(f"「{text}」は日付として読めません。2024-10-27 の形で書いてください。")
    return _date(found, text)


def moment(text: str) -> datetime:
    """A moment with its date: 2024-10-27 22:00; without an offset it is Japanese time.

    Raises:
        NotExact: Anything else. A time alone is refused: counting runs past midnight.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    if _ISO.fullmatch(written):
        return _iso(written, text)
    split = re.fullmatch(r"(?P<date>.*?[0-9日])(?:T|\s+)(?P<time>[0-9].*)", written)
    date_part = _DATE.fullmatch(split["date"]) if split else None
    time_part = _TIME.fullmatch(split["time"].strip()) if split else None
    if date_part is None or time_part is None:
        raise NotExact(
            f"「{text}」は時刻として読めません。日付から 2024-10-27 22:00 の形で書いてください。"
        )
    found = _date(date_part, text)
    hour, minute, second = (int(time_part[name] or 0) for name in ("hour", "minute", "second"))
    try:
        return datetime(found.year, found.month, found.day, hour, minute, second, tzinfo=JAPAN)
    except ValueError:
        raise NotExact(f"「{text}」という時刻はありません。") from None


def _iso(written: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        raise NotExact(f"「{text}」という時刻はありません。") from None


def _date(found: re.Match[str], text: str) -> date:
    year = int(found["year"] or 0)
    if found["era"]:
        year = _REIWA + (1 if found["of"] == "元" else int(found["of"]))
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        raise NotExact(f"「{text}」という日はありません。") from None
