"""What units of a contest stand for: municipalities, by their codes."""
