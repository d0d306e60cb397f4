"""What every command is: a struct whose tag is permanent."""

from datetime import datetime
from typing import Annotated

import msgspec

from aggregates.election.id_patterns import id_meta
from aggregates.election.key import KeyId

AsOf = Annotated[datetime, msgspec.Meta(tz=True)]
ReportNumber = Annotated[int, msgspec.Meta(ge=1)]
Sha256 = Annotated[str, id_meta(r"[0-9a-f]{64}")]


class CommandBase(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="command",
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """Something an office asks for; what it leaves out has its default."""

    @property
    def name(self) -> str:
        """Its name on the wire: `post-tally`."""
        return str(self.__struct_config__.tag)


class SheetCommand(CommandBase, frozen=True, kw_only=True):
    """A tally sheet that somebody typed.

    Attributes:
        typists: Ids of the keys of those who typed its first and its second entry.
        one_entry: Why one entry is all there is: an import, or a report by one person.
    """

    typists: Annotated[tuple[KeyId, ...], msgspec.Meta(max_length=2)] = ()
    one_entry: Annotated[str, msgspec.Meta(max_length=2000)] = ""
