"""The pages as files, for a plain web server beside the published documents."""
