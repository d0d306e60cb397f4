"""State: the fold of the log in memory, and what it remembers."""
