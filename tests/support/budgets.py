"""How much a test tries: a sample in every run, far more of it in `make long`."""

import os

LONG = os.environ.get("KAIHYO_LONG") == "1"
FACTOR = 25
"""Examples of a property in `make long` for each one in every run."""


def examples(few: int) -> int:
    """How many examples a property is tried with."""
    return few * FACTOR if LONG else few


def sample(everything: range, *, step: int, long_step: int = 1) -> range:
    """Every `step`-th case of a sweep; in `make long` every `long_step`-th."""
    return everything[:: long_step if LONG else step]
