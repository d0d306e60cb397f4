"""Who stood and where votes were counted, as the official publication says it."""
