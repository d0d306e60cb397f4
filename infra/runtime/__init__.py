"""The running process: clock, garbage collection, compression, version, batching."""
