"""Definitions of an election, from the sheets of one workbook to commands."""
