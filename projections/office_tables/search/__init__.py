"""How the layout of a table of an office is found: headings, contests, names beside figures."""
