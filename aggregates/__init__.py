"""What an election office decides: elections, contests, counts, turnouts, declarations.

Commands are in the imperative and may refuse; events are in the past tense and never do.
"""
