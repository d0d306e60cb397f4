"""Every official table against what the log made of the postings."""
