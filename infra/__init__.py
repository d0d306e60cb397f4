"""Everything that touches the world: PostgreSQL, clock, files, settings."""
