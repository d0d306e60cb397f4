"""Contests: their definition, ballot and units."""
