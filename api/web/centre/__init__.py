"""The counting centre's page: its shell, its data, and the worker that keeps it without a line."""
