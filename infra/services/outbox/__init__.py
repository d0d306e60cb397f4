"""A centre's own queue on disk: what it posts waits here until the log has it."""
