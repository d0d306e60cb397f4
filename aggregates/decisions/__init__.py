"""Decisions: each command is decided here on the aggregates, and causes events or a refusal."""
