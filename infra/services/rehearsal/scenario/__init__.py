"""The invented nation of a rehearsal: places, people, polls, tallies, injected errors."""
