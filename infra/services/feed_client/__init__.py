"""Reading the feed from outside: the example that newsrooms copy.

`feed.py` needs httpx and `projections/feeds/layout.py`, and nothing else of this project.
"""
