"""How much a test tries: a sample in every run, far more of it in `make long`."""

import os
from collections import defaultdict
from collections.abc import Hashable, Sequence

LONG = os.environ.get("KAIHYO_LONG") == "1"
FACTOR = 25
"""Examples of a property in `make long` for each one in every run."""


def examples(few: int) -> int:
    """How many examples a property is tried with."""
    return few * FACTOR if LONG else few


def sample(everything: range, *, step: int, long_step: int = 1) -> range:
    """Every `step`-th case of a sweep; in `make long` every `long_step`-th."""
    return everything[:: long_step if LONG else step]


def sample_each(kinds: Sequence[Hashable], *, step: int, long_step: int = 1) -> list[int]:
    """Every `step`-th case of each kind, so that none is left out; all of them in `make long`.

    Args:
        kinds: Of what kind each case of the sweep is.
        step: How many cases of a kind there are for each one in every run.
        long_step: The same in `make long`.

    Returns:
        Places of cases in the sweep.
    """
    places = defaultdict[Hashable, list[int]](list)
    for place, kind in enumerate(kinds):
        places[kind].append(place)
    every = long_step if LONG else step
    return sorted(place for each in places.values() for place in each[::every])
