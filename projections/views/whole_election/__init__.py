"""An election as a whole: which pictures of it say something, and all its races side by side."""
