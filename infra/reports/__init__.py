"""The report as files: what it says, what changed since it was last issued, how it compares."""
