"""What decisions in disputes over an election make of its votes (POEA 202 to 209-2)."""
