"""Spreadsheets that people send: read in a process of its own, within limits."""
