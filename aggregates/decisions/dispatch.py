"""Deciding a submission: the row of its command says who may ask and what decides."""

from aggregates.base import CommandContext
from aggregates.commands import election_commands as c
from aggregates.decisions.authorization import require_admitted
from aggregates.decisions.command_table import COMMAND_TABLE
from aggregates.decisions.definition_decisions import define_election
from aggregates.decisions.repository import ElectionRepository


def decide(
    repository: ElectionRepository, submission: c.Submission, context: CommandContext
) -> None:
    """Let the aggregates decide one submission.

    Every decision refuses before it records anything, so a refusal leaves nothing behind.

    Raises:
        Refusal: Against a rule; nothing is to be recorded.
    """
    command = submission.command
    if isinstance(command, c.DefineElection):
        define_election(repository, submission, command, context)
        return
    row = COMMAND_TABLE[type(command)]
    election = repository.election_for(submission.election, submission.environment)
    require_admitted(repository, election, submission, context, row.scopes)
    if row.decide is not None:
        row.decide(repository, election, command, context)
