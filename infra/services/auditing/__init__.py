"""The audit: take everything away in one bundle, and check it without the server it came from.

A verifier needs no database, no network and no trust: it hashes every entry, follows every
checkpoint, verifies every signature, replays the history, and compares every published document.
"""
