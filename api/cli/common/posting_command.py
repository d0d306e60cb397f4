"""Commands that send one posting: the options they share are written once."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import get_type_hints

from aggregates.commands import election_commands as c
from api.cli.common.posting_options import (
    DEFAULT_OUTBOX,
    DEFAULT_SERVER,
    ElectionOption,
    EnvironmentOption,
    KeysOption,
    OutboxOption,
    ServerOption,
    build_submission,
    private_keys,
    send_submission,
)
from infra.protocols.signed_note.keys import PrivateKey


@dataclass(frozen=True)
class Sending:
    """With which keys, for which election and to whom a command sends.

    Attributes:
        keys: The keys that sign, in the order they were named.
        election: Code of the election; empty takes the setting's.
        environment: live or rehearsal.
        server: Where it goes.
        outbox: Where it waits while there is no connection.
        founding_code: What the server asks of who founds a live election.
    """

    keys: list[PrivateKey]
    election: str
    environment: str
    server: str
    outbox: Path
    founding_code: str = ""

    def send(self, sender: str, command: c.Command) -> None:
        """Send a command as this office and tell what became of it."""
        submission = build_submission(sender, self.election, self.environment, command)
        send_submission(submission, self.outbox, self.server, self.keys)


def _options(
    key: KeysOption = None,
    election: ElectionOption = "",
    environment: EnvironmentOption = "live",
    server: ServerOption = DEFAULT_SERVER,
    outbox: OutboxOption = DEFAULT_OUTBOX,
) -> Sending:
    return Sending(private_keys(key), election, environment, server, outbox)


def sends(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of sending; it takes them as its argument `sending`."""
    own = [
        each
        for each in inspect.signature(command, eval_str=True).parameters.values()
        if each.name != "sending"
    ]
    shared = inspect.signature(_options, eval_str=True).parameters

    @functools.wraps(command)
    def wrapped(**given: object) -> None:
        sending = _options(**{name: given.pop(name) for name in shared})  # type: ignore[arg-type]
        command(**given, sending=sending)

    parameters = [
        each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in (*own, *shared.values())
    ]
    wrapped.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    hints = get_type_hints(command, include_extras=True)
    wrapped.__annotations__ = {
        **{each.name: hints[each.name] for each in own},
        **get_type_hints(_options, include_extras=True),
        "return": None,
    }
    return wrapped
