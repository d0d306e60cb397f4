"""Queries: the live read model, time travel, rebuild, and roots of every size."""
