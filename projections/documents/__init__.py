"""Public documents: the exact bytes of one address, as a function of the fold alone.

Server, file publisher, read node and verifier all take their bytes from `render`, so they agree to
the byte. A document bears the position of the last event that changed it.
"""
