"""Rows that several documents have: options, successions, amendments."""
