"""Who may begin a live log: anyone who its operator has named, or told a code.

The first entry of a log attests itself: it names the keys that sign it. On an open address
anybody could send it first. So the keys of the founders are named in the settings of the server, or
the server makes a code when it starts, which comes with the posting and is not recorded.
"""

import hmac
import secrets
from typing import Final

from aggregates.commands.election_commands import DefineElection, Submission
from aggregates.errors import ElectionUnknown, FoundersUnpinned, WrongEnvironment
from infra.adapters.postgres.schemas import LogName
from infra.runtime.settings import Settings

CODE_HEADER: Final = "Kaihyo-Founding-Code"
_CODE_BYTES: Final = 8


class FoundingGuard:
    """Lets the founding of a live election pass when it is meant.

    Args:
        pinned: Ids of the founders' keys; empty where a code is asked for instead.

    Attributes:
        code: What comes with the posting where no keys are named; of this process alone.
    """

    def __init__(self, pinned: frozenset[str]) -> None:
        self._pinned = pinned
        self.code = "" if pinned else secrets.token_hex(_CODE_BYTES)

    @classmethod
    def from_settings(cls, settings: Settings) -> "FoundingGuard":
        """The guard of a server, by its settings."""
        return cls(frozenset(filter(None, settings.founder_keys.split(","))))

    def require_meant(self, submission: Submission, code: str, log: LogName | None) -> None:
        """Refuse to found what is not meant for this log, or a live election nobody knows of.

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
        if log.environment != "live":
            return
        keyids = {key.keyid for founder in command.founders for key in founder.keys}
        if self._pinned:
            meant = bool(keyids) and keyids <= self._pinned
        else:
            meant = hmac.compare_digest(code.encode(), self.code.encode())
        if not meant:
            raise FoundersUnpinned
