"""Earlier elections: what they published, only ever read."""
