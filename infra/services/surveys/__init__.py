"""Questionnaires that come with the program, and answers read from spreadsheets."""
