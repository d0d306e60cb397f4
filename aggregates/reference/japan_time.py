"""Japan's time zone, which has had no summer time since 1951: the zone of every election here."""

from datetime import timedelta, timezone
from typing import Final

JAPAN_TIME: Final = timezone(timedelta(hours=9), "JST")
