"""Lists of parties: seats after D'Hondt, the order of members, dual candidacies."""
