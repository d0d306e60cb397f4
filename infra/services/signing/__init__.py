"""Signed postings: envelopes at the door, keys in files, an office's chain, proof of possession.

Signatures are verified here, outside the lock of the log. Whether a key may sign for its office at
this place of the log is decided by the aggregates, under the lock.
"""
