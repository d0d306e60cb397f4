"""The first entry of a log: found good before there is a log for it."""
