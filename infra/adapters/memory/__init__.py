"""Stores in the memory of one process, for dry runs and logs that last no longer."""
