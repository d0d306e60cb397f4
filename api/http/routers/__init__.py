"""Routes: they translate and decide nothing."""
