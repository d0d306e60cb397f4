"""Moving over from existing systems: tables of offices become commands, or say why they cannot."""
