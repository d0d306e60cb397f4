"""Documents of an election as a whole."""
