"""The number of the rules under which a log is decided, folded and verified.

The election's first entry names it; a log without it was written under number 1. Every number
stays: what was decided once is decided in the same way by every later release, so that a log can
be verified by replaying each decision. A decision that refuses, warns or records something new
asks `election.rules` first. docs/rules.md says what each number added.
"""

FIRST_RULES = 1
"""The number of a log that names none."""

SECOND_RULES = 2
"""From this number on decisions follow what number 2 added (docs/rules.md)."""

THIRD_RULES = 3
"""From this number on decisions follow what number 3 added (docs/rules.md)."""

FOURTH_RULES = 4
"""From this number on decisions follow what number 4 added (docs/rules.md)."""

FIFTH_RULES = 5
"""From this number on decisions follow what number 5 added (docs/rules.md)."""

CURRENT_RULES = FIFTH_RULES
"""The number of a new log."""

RECOMPUTABLE_RULES = frozenset(range(FIRST_RULES, CURRENT_RULES + 1))
"""Numbers under which this release can decide; entries under another are recorded, and cannot be
recomputed."""
