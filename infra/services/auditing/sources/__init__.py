"""What can be verified: a bundle, an archive, a published folder, a running server."""
