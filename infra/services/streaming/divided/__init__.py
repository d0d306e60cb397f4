"""The divided projection: shards folded by several workers and merged."""
