"""Papers for counting places: sheets for the wall, forms to fill in."""
