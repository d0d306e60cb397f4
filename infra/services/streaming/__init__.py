"""Streaming: the relay to Kafka, read nodes, and the topic of results."""
