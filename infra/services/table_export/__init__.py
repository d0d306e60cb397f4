"""An election on record as the tables from which it could be recorded again."""
