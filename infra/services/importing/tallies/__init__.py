"""Tallies and turnout, from tables of counting systems to postings."""
