"""Japan's time zone, which has had no summer time since 1951: the zone of every election here."""

from datetime import datetime, timedelta, timezone
from typing import Final

JAPAN_TIME: Final = timezone(timedelta(hours=9), "JST")


def time_of_day(moment: datetime) -> str:
    """Hour and minute in Japan, as 18:00."""
    return moment.astimezone(JAPAN_TIME).strftime("%H:%M")
