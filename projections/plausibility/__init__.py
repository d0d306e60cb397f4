"""Whether a sheet is like the other sheets of its contest: what to ask before it is sent."""
