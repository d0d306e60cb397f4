"""A server that begins without an election: the first one, and a live one after its rehearsal."""
