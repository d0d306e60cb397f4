"""Limits of the server: rates, open streams, uploads and who may begin a log."""
