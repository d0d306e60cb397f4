"""Rows of the tables in the feed, document by document."""
