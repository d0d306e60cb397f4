"""Tables of the official publication, read cell by cell."""
