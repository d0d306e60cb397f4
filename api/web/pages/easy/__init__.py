"""The pages that are read most, in plain Japanese (やさしい日本語)."""
