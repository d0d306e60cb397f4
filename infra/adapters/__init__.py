"""Adapters: one driver each (PostgreSQL, Kafka, files, spreadsheets, memory)."""
