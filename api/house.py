"""What a running process has: a log, and the night it follows."""

from typing import cast

import msgspec
from fastapi import Request

from infra.live import LiveNight
from infra.log.log import Log
from projections.night import Night


class House:
    """One election's log and live night, for the routes.

    Attributes:
        log: The log.
        live: The night that follows it.
    """

    def __init__(self, log: Log, live: LiveNight) -> None:
        self.log = log
        self.live = live

    @property
    def election(self) -> str:
        """Id of the election; empty before it is defined."""
        return self.live.read(lambda n: n.election.facts.id if n.election is not None else "")

    @property
    def environment(self) -> str:
        """`live` or `rehearsal`; empty before the election is defined."""
        return self.live.read(
            lambda n: n.election.facts.environment if n.election is not None else ""
        )

    def head(self) -> tuple[bytes, int]:
        """The pointer and the position it was read at."""
        return self.live.read(_head)


def _head(night: Night) -> tuple[bytes, int]:
    facts = night.register().facts
    body = msgspec.json.encode(
        {
            "election": facts.id,
            "environment": facts.environment,
            "position": night.position,
            "as_of": night.times[-1],
            "documents": night.versions,
        },
        order="sorted",
    )
    return body, night.position


def house_of(request: Request) -> House:
    """The house of this application."""
    return cast("House", request.app.state.house)
