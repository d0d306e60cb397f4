"""The transparency log of an election: its rows sequenced, its files in their place.

`infra.protocols.tlog` knows trees, notes and witnesses; here they meet the log of one election:
where its files lie, which key signs, which process grows it, and what readers see when witnesses
fail.
"""
