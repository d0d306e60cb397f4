"""Surveys: questionnaires as data, and the answers of reporting units."""
