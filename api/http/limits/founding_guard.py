"""Who may begin a log: those whom its operator has named or given a code.

The first entry of a log attests itself: it names the keys that sign it. On an open address
anybody could send it first. So the keys of the founders are named in the settings of the server, or
the server makes a code when it starts, which comes with the posting and is not recorded. A server
that was started for no election asks for the code of a rehearsal as well.
"""

import hmac
import secrets
from typing import Final

import msgspec

from aggregates.commands.election_commands import DefineElection, Submission
from aggregates.election.identifiers import Environment
from aggregates.errors import ElectionUnknown, FoundersUnpinned, WrongEnvironment
from infra.adapters.postgres.schemas import LogName
from infra.runtime.settings import Settings

CODE_HEADER: Final = "Kaihyo-Founding-Code"
_CODE_BYTES: Final = 8


class FoundingOffer(msgspec.Struct, frozen=True, kw_only=True):
    """What may be founded at an address now.

    Attributes:
        environments: In which environments; empty where nothing may.
        election: The id that it must have; empty for any.
        needs_code: Whether the posting brings the code that the server printed.
    """

    environments: tuple[Environment, ...] = ()
    election: str = ""
    needs_code: bool = False


class FoundingGuard:
    """Lets the founding of an election pass when it is meant.

    Args:
        pinned: Ids of the founders' keys; empty where a code is asked for instead.
        asks_always: Whether a rehearsal needs the code, too: where any election may be founded.

    Attributes:
        code: What comes with the posting where no keys are named; of this process alone.
    """

    def __init__(self, pinned: frozenset[str], *, asks_always: bool = False) -> None:
        self._pinned = pinned
        self._asks_always = asks_always
        self.code = ""
        self.renew()

    def renew(self) -> None:
        """Make another code: one code founds one election."""
        is_asked = self._asks_always or not self._pinned
        self.code = secrets.token_hex(_CODE_BYTES) if is_asked else ""

    def asks(self, environment: Environment) -> bool:
        """Whether the founding of a log in an environment brings the code."""
        if environment == "live":
            return not self._pinned
        return self._asks_always

    @classmethod
    def from_settings(cls, settings: Settings, *, asks_always: bool = False) -> "FoundingGuard":
        """The guard of a server, by its settings."""
        pinned = frozenset(filter(None, settings.founder_keys.split(",")))
        return cls(pinned, asks_always=asks_always)

    def require_meant(self, submission: Submission, code: str, log: LogName | None) -> None:
        """Refuse to found what is not meant for this log, or an election nobody knows of.

        Args:
            submission: Any posting; only the definition of an election is looked at.
            code: What came with it in `Kaihyo-Founding-Code`; empty when nothing did.
            log: Which election the log is for; None where nothing is written.

        Raises:
            ElectionUnknown, WrongEnvironment: The log is for another one.
            FoundersUnpinned: Its founders' keys are not those of the settings, or the code is not
                that of this server.
        """
        command = submission.command
        if not isinstance(command, DefineElection) or log is None:
            return
        if submission.election != log.election:
            raise ElectionUnknown(election=submission.election)
        if submission.environment != log.environment:
            raise WrongEnvironment(posted=submission.environment, here=log.environment)
        if self.asks(log.environment):
            meant = hmac.compare_digest(code.encode(), self.code.encode())
        elif log.environment == "live":
            keyids = {key.keyid for founder in command.founders for key in founder.keys}
            meant = bool(keyids) and keyids <= self._pinned
        else:
            meant = True
        if not meant:
            raise FoundersUnpinned
