"""One case of a refusal: given, when, refused; and the reports that many cases begin with."""

from dataclasses import dataclass, field
from typing import Any

from aggregates import errors as e
from aggregates.rules import CURRENT_RULES
from tests import builders as b
from tests.support.gwt import Command

VOTES = {b.A: 600, b.B: 300}
FINAL = b.tally(b.sheet(VOTES))
FINALS = (FINAL, b.tally(b.sheet(VOTES), unit_code=b.CHUO))
TURNOUT = b.figures((1000, 1000), (450, 500))


@dataclass(frozen=True)
class Case:
    """Given these postings, this one is refused so.

    Attributes:
        earlier: Postings after the given ones, with circumstances of their own.
    """

    refusal: type[e.Refusal]
    given: tuple[Command, ...]
    when: Command
    circumstances: dict[str, object] = field(default_factory=dict)
    name: str = ""
    rules: int = CURRENT_RULES
    earlier: tuple[tuple[Command, dict[str, Any]], ...] = ()

    def __str__(self) -> str:
        return f"{self.refusal.code} {self.name or self.when['command']}"
