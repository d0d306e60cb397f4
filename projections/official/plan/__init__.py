"""The night of a past election as postings, planned from the official tables."""
