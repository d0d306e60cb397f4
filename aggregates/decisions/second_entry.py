"""Who typed the two entries of a tally sheet, where two persons sign for it.

The law has two persons compute independently. Which key typed which entry stands in the signed
posting; one entry alone (an import, a hurried interim report) needs a reason, which is recorded
as a notice.
"""

from aggregates.base import CommandContext
from aggregates.commands import election_commands as c
from aggregates.counting.checks import Notice
from aggregates.decisions.closing_decisions import TWO_PERSONS
from aggregates.election.election import Election
from aggregates.election.office import OfficeFacts
from aggregates.errors import EntriesUnstated, TypedByOne, TypistNotSigner
from aggregates.rules import FOURTH_RULES

_SHEETS = (c.PostTally, c.CorrectTally)
"""As a tuple: a union of types would be made for every posting."""


def require_two_typists(
    election: Election, office: OfficeFacts, submission: c.Submission, context: CommandContext
) -> None:
    """Refuse a signed sheet of two persons that one of them typed twice.

    Asked from rules 4 on, of tally sheets for which two persons sign: by the policy of the office,
    or on behalf of another unit. Turnout is typed once.

    Raises:
        TypistNotSigner: Somebody typed who does not sign.
        TypedByOne: The same key typed both entries.
        EntriesUnstated: It is not said who typed two entries, nor why there is one; or both are.
    """
    command = submission.command
    if election.rules < FOURTH_RULES or not isinstance(command, _SHEETS):
        return
    typists = command.typists
    for keyid in typists:
        if keyid not in context.signers:
            raise TypistNotSigner(keyid=keyid)
    if len(set(typists)) < len(typists):
        raise TypedByOne(keyid=typists[0])
    reason, are_two = command.one_entry.strip(), len(typists) == TWO_PERSONS
    is_by_two = office.signatures_required >= TWO_PERSONS or submission.on_behalf
    is_unstated = bool(context.signers) and is_by_two and not are_two and not reason
    # A reason for one entry beside two would put a notice on record that is not true.
    if is_unstated or (are_two and reason):
        raise EntriesUnstated(office=office.id)


def one_entry_notices(
    command: c.PostTally | c.CorrectTally, election: Election
) -> tuple[Notice, ...]:
    """That a sheet was entered once, and why; none where it was entered twice."""
    reason = command.one_entry.strip()
    if election.rules < FOURTH_RULES or not reason:
        return ()
    return (Notice(code="one-entry", reason=reason),)
