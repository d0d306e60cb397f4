"""Public protocols (RFC 6962, C2SP, DSSE): no I/O and nothing of elections."""
