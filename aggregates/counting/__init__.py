"""Counting: tally sheets, turnout reports, their checks, and the declaration of winners."""
