"""DSSE 1.0: signed envelopes."""
