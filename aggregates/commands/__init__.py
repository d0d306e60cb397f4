"""Commands: what an office can ask for, who may ask for it, and what must be signed."""
