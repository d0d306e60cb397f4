"""The questionnaires of the publication, as data files: one JSON each."""
