"""The control room's page: its shell and its data."""
