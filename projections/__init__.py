"""What can be read from the log: one fold, and every document that follows from it."""
