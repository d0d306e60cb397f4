"""Parameters of addresses: what is said of those that cannot be taken."""
