"""Tables of the report after the election, one module per group of tables."""
