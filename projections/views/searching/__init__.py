"""The search, and in which forms people look for something."""
