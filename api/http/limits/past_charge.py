"""What it costs a reader to look at the past: it is folded again, not looked up."""

from api.http.limits.rate_limits import RateLimit
from api.http.problems import Unanswered

TIME_TRAVEL_COST = 20.0
"""Tokens of the rate limit."""


def charge_past(limit: RateLimit, client: str) -> None:
    """Take the price of one look at the past from a client.

    Raises:
        Unanswered: 429, the client has to wait.
    """
    seconds = limit.seconds_to_wait(client, TIME_TRAVEL_COST)
    if seconds:
        raise Unanswered(
            429,
            "Too many requests.",
            f"過去の版の読み取りが多すぎます。{seconds}秒後に読み直してください。",
            {"Retry-After": str(seconds)},
            seconds=str(seconds),
        )
