"""The transparency log: what makes the record impossible to rewrite unnoticed.

It follows the public C2SP specifications (tlog-tiles, tlog-checkpoint, signed-note,
tlog-cosignature, tlog-witness, tlog-proof, tlog-policy) on RFC 6962 hashing, so that software
which nobody here wrote accepts what it publishes.
"""
