"""HTTP: the application, its state, caches, limits, problems and routes."""
