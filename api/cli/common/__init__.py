"""What several commands share: options, progress bars, error messages, signals."""
