"""The election: its contests, ballots, reporting units, offices and their keys."""
