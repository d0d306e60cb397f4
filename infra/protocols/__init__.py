"""Public protocols (RFC 6962, C2SP): no I/O and nothing of elections."""
