"""Paper of an election: data sheets of minutes, sheets for the wall, forms to fill in by hand."""
