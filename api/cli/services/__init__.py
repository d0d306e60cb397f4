"""Commands that keep running: servers, the relay, the sequencer, exports."""
