"""Commands of offices: keys, imports, postings and surveys."""
