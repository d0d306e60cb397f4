"""After any accepted sequence all hard limits hold, and each soft one has its notice."""

from collections import Counter

import pytest

from tests.support.budgets import examples
from tests.support.limit_sequences import STEPS, Sequence

SEQUENCES = examples(200)


@pytest.mark.slow  # 200 sequences: not in `make quick`
@pytest.mark.property
def test_limits_hold_after_any_sequence_of_reports() -> None:
    refused: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    accepted = 0
    for seed in range(SEQUENCES):
        sequence = Sequence(seed)

        sequence.play(STEPS)

        refused += sequence.refused
        noticed += sequence.noticed
        accepted += sequence.accepted

    # What never happens is not tried: each limit is met, and most reports pass.
    assert accepted > SEQUENCES * STEPS // 2
    assert refused.keys() >= {
        "ballots-exceed-electors",
        "voters-exceed-electors",
        "moment-too-early",
        "moment-not-reached",
        "only-early-voting-before",
        "answer-malformed",
        "contest-malformed",
    }
    assert noticed.keys() >= {
        "turnout-high",
        "turnout-jump",
        "electors-jump",
        "electors-unlike-other-contest",
        "turnout-unlike-other-contest",
        "turnout-unlike-last-election",
        "turnout-by-sex-apart",
        "sexes-exchanged",
        "voters-differ-from-turnout",
        "option-left-out",
        "options-exchanged",
        "cut-many",
        "ballots-beyond-voters",
    }
