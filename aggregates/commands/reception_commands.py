"""What an office asks for about the reception of reports, from its opening to its close."""

from typing import Annotated, TypeAlias

import msgspec

from aggregates.commands.command import CommandBase, Sha256
from aggregates.election.identifiers import Reason


class OpenCounting(CommandBase, frozen=True, kw_only=True, tag="open-counting"):
    """Take tallies from now on, beginning with the zero report of every unit."""


class PauseReception(CommandBase, frozen=True, kw_only=True, tag="pause-reception"):
    """Stop reception for a while."""

    reason: Reason


class ResumeReception(CommandBase, frozen=True, kw_only=True, tag="resume-reception"):
    """Go on after a pause."""


class NoteChange(CommandBase, frozen=True, kw_only=True, tag="note-change"):
    """Put a change of software or configuration on record."""

    note: Reason


class ChangeRules(CommandBase, frozen=True, kw_only=True, tag="change-rules"):
    """Decide under later rules from now on, which a newer release carries.

    Attributes:
        rules: Number of the rules (docs/rules.md); higher than the present one.
        municipality_register: SHA-256 of the register that municipality codes are held against
            from here on, where it is another than so far (rules 4).
    """

    rules: Annotated[int, msgspec.Meta(ge=1, le=2**31)]
    municipality_register: Sha256 | None = None


class CloseElection(CommandBase, frozen=True, kw_only=True, tag="close-election"):
    """Close the election for good."""


ReceptionCommand: TypeAlias = (
    OpenCounting | PauseReception | ResumeReception | NoteChange | ChangeRules | CloseElection
)
