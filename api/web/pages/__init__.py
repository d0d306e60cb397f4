"""The pages of every role: their addresses and what they show."""
