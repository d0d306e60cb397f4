"""Files: written atomically; tiles of the transparency log; private keys."""
