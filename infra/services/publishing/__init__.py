"""The feed as files: a folder that any web server can serve as it is."""
