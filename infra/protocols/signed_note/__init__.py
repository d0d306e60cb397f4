"""c2sp.org/signed-note: text signed by one or more Ed25519 keys."""
