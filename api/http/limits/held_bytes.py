"""How much memory requests hold that have not come to their end."""

from typing import Final

from api.http.problems import Unanswered

HELD_BYTES_MAX: Final = 128_000_000
_RETRY_SECONDS: Final = "5"


class HeldBytes:
    """Bytes of unfinished bodies, counted; used from the event loop alone.

    Args:
        bytes_max: So many may be held.
    """

    def __init__(self, bytes_max: int = HELD_BYTES_MAX) -> None:
        self._bytes_max = bytes_max
        self._bytes = 0

    def add(self, number: int) -> None:
        """Count bytes that came.

        Raises:
            Unanswered: 503, there is no room for them.
        """
        self._bytes += number
        if self._bytes > self._bytes_max:
            raise Unanswered(
                503,
                "Too much is being sent here.",
                f"いま送信が混み合っています。{_RETRY_SECONDS}秒ほどして送り直してください"
                "（二重には記録されません）。",
                {"Retry-After": _RETRY_SECONDS},
            )

    def remove(self, number: int) -> None:
        """Count bytes that are no longer held."""
        self._bytes -= number
