"""Numbers, dates and moments as offices write them, read exactly or not at all."""

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from aggregates.election.identifiers import VOTE
from aggregates.reference.japan_time import JAPAN_TIME
from aggregates.reference.name_folding import visible_text

_NUMBER: Final = re.compile(
    r"(?P<sign>[-−‐‑‒–△▲]?)(?P<whole>[0-9]{1,13}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.(?P<rest>[0-9]+))?",
    re.ASCII,
)
_DECIMALS: Final = 3
_NOISE_DIGITS: Final = 15
"""A number with noise of binary fractions has at least so many digits."""
_NOISE_MAX: Final = Decimal("1e-9")
_THOUSANDTH: Final = Decimal("0.001")
_DATE: Final = re.compile(
    r"(?:(?P<era>令和|平成|R|H)(?P<of>元|[0-9]{1,2})|(?P<year>[0-9]{4}))[-/.年]"
    r"(?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?"
)
_DAY: Final = re.compile(r"(?P<month>[0-9]{1,2})(?:月|/)(?P<day>[0-9]{1,2})日?")
_TIME: Final = re.compile(
    r"(?P<half>午前|午後)?(?:(?P<hour>[0-9]{1,2})[:時](?P<minute>[0-9]{2}|[0-9](?=分))"
    r"(?:[:分](?P<second>[0-9]{2})?秒?)?|(?P<sharp>[0-9]{1,2})時)"
)
_PARTS: Final = re.compile(
    r"(?P<date>\S.*?[0-9日])(?:T|\s+|(?<=日))(?P<time>(?:午前|午後)?\s*[0-9][0-9:時分秒]*)(?:現在)?"
)
_HOURS_MAX: Final = 35
"""A night is counted on past midnight: 25:10 is ten past one of the next day."""
_NOON: Final = 12
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2})")
_ERAS: Final = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988}
"""The year before the first one of an era."""


class NotExact(ValueError):  # noqa: N818 - it says what is the case
    """The text is not what it has to be; the sentence says what to write instead."""


def thousandths(text: str) -> int:
    """Votes as integer thousandths.

    Full-width digits, well-placed thousands separators and △ or ▲ for minus are read as what they
    mean, and noise of binary fractions (83526.99900000001) is left out.

    Raises:
        NotExact: No number, a misplaced separator, or more than three decimals.
    """
    written = unicodedata.normalize("NFKC", visible_text(text))
    found = _NUMBER.fullmatch(written)
    if found is None:
        raise NotExact(f"「{text}」は数として読めません。数字だけを書いてください。")
    if len(found["rest"] or "") > _DECIMALS:
        number = f"{found['whole'].replace(',', '')}.{found['rest']}"
        plain, _, decimals = without_noise(number).partition(".")
        if len(decimals) > _DECIMALS:
            raise NotExact(
                f"「{text}」は小数が{len(found['rest'])}桁あり、千分の一票では表せません。"
                "小数3桁までを書いてください。"
            )
    else:
        plain, decimals = found["whole"].replace(",", ""), found["rest"] or ""
    size = int(plain) * VOTE + int(decimals.ljust(_DECIMALS, "0"))
    return -size if found["sign"] else size


def without_noise(number: str) -> str:
    """A decimal number without the noise of binary fractions; every other one as it is.

    Noise are digits far beyond the third decimal of a number with more digits than a spreadsheet
    shows. `0.3333` is no noise and stays.
    """
    try:
        exact = Decimal(number)
    except InvalidOperation:
        return number
    if not exact.is_finite() or len(exact.as_tuple().digits) < _NOISE_DIGITS:
        return number if abs(exact) >= _NOISE_MAX or not exact.is_finite() else "0"
    near = exact.quantize(_THOUSANDTH)
    if abs(near - exact) > _NOISE_MAX:
        return number
    return f"{near.normalize():f}" if near else "0"


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
    written = unicodedata.normalize("NFKC", visible_text(text)).removesuffix(" 00:00:00")
    found = _DATE.fullmatch(written)
    if found is None:
        raise NotExact(f"「{text}」は日付として読めません。2024-10-27 の形で書いてください。")
    return _date(found, text)


def moment(text: str, around: date | None = None) -> datetime:
    """A moment with its date: 2024-10-27 22:00, 令和6年10月27日 午後10時, 10月27日 22時00分.

    24:00 and later hours are those of the next day. Without an offset it is Japanese time.

    Args:
        text: What is written.
        around: The polling day, from which a date without a year gets the nearest one.

    Raises:
        NotExact: Anything else. A time alone is refused: counting runs past midnight.
    """
    written = unicodedata.normalize("NFKC", visible_text(text))
    if _ISO.fullmatch(written):
        return _iso(written, text)
    split = _PARTS.fullmatch(written)
    time_part = _TIME.fullmatch("".join(split["time"].split())) if split else None
    found = _parse_date(split["date"].strip(), text, around) if split else None
    if found is None or time_part is None:
        raise NotExact(
            f"「{text}」は時刻として読めません。日付から 2024-10-27 22:00 の形で書いてください。"
        )
    hour, minute, second = _clock(time_part, text)
    midnight = datetime(found.year, found.month, found.day, tzinfo=JAPAN_TIME)
    return midnight + timedelta(hours=hour, minutes=minute, seconds=second)


def _parse_date(written: str, text: str, around: date | None) -> date | None:
    full = _DATE.fullmatch(written)
    if full is not None:
        return _date(full, text)
    within = _DAY.fullmatch(written)
    if within is None or around is None:
        return None
    near = []
    for year in (around.year - 1, around.year, around.year + 1):
        with suppress(ValueError):
            near.append(date(year, int(within["month"]), int(within["day"])))
    if not near:
        raise NotExact(f"「{text}」という日はありません。")
    return min(near, key=lambda each: abs(each - around))


def _clock(found: re.Match[str], text: str) -> tuple[int, int, int]:
    hour = int(found["hour"] or found["sharp"])
    minute, second = int(found["minute"] or 0), int(found["second"] or 0)
    if found["half"] and hour >= _NOON:
        raise NotExact(f"「{text}」：午前・午後は0時から11時までです。24時間制で書いてください。")
    hour += _NOON if found["half"] == "午後" else 0
    if hour > _HOURS_MAX or max(minute, second) > 59:  # noqa: PLR2004 - minutes of an hour
        raise NotExact(f"「{text}」という時刻はありません。")
    return hour, minute, second


def _iso(written: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        raise NotExact(f"「{text}」という時刻はありません。") from None


def _date(found: re.Match[str], text: str) -> date:
    year = int(found["year"] or 0)
    if found["era"]:
        year = _ERAS[found["era"]] + (1 if found["of"] == "元" else int(found["of"]))
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        raise NotExact(f"「{text}」という日はありません。") from None
