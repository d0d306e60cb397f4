"""Slips injected into the official counts of 2024: how many are asked about, and how often of none.

    python -m tests.support.slip_trials

prints the table of docs/limits.md. Every count of a House district with at least four counting
districts is tried, each beside all others of its district as they were published.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Final, NamedTuple

from aggregates.election.identifiers import VOTE
from infra.services.official_results.table_files import read_folder
from projections.plausibility.expected_shares import expected_shares
from projections.plausibility.sheet_slips import find_slip
from tests.support.official import HOUSE50

UNITS_MIN: Final = 4
CLEAN: Final = "no slip"

Votes = tuple[float, ...]
Slip = tuple[str, str, Votes]
"""What was done, what it is called when found, and the sheet after it."""


class Trials(NamedTuple):
    """What came of one slip."""

    tried: int
    found: int
    named: int

    @property
    def share(self) -> float:
        """Hundredths found."""
        return 100 * self.found / self.tried


def official_contests() -> list[list[Votes]]:
    """Votes by line of every count, contest by contest."""
    contests: dict[tuple[str, int], dict[str, list[float]]] = {}
    for row in read_folder(HOUSE50).district_units:
        units = contests.setdefault((row.prefecture, row.district), {})
        units.setdefault(f"{row.jis5} {row.label}", []).append(row.votes / VOTE)
    sheets = ([tuple(votes) for votes in units.values()] for units in contests.values())
    return [each for each in sheets if len(each) >= UNITS_MIN]


def try_slips(
    contests: Sequence[Sequence[Votes]],
    inject: Callable[[Votes], Iterator[Slip]],
    *,
    known: int | None = None,
) -> dict[str, Trials]:
    """Ask about every count as it is and after every slip.

    Args:
        contests: See `official_contests`.
        inject: The slips to try on a sheet.
        known: How many other units, chosen at random, have final figures; None for all.
    """
    random = Random(1)
    tried, found, named = Counter[str](), Counter[str](), Counter[str]()
    for sheets in contests:
        for place, votes in enumerate(sheets):
            others = [(at, each) for at, each in enumerate(sheets) if at != place]
            if known is not None:
                others = random.sample(others, min(known, len(others)))
            as_it_is = expected_shares(place, sum(votes), others)
            for slip, name, changed in ((CLEAN, "", votes), *inject(votes)):
                is_same = sum(changed) == sum(votes)
                usual = as_it_is if is_same else expected_shares(place, sum(changed), others)
                answer = find_slip(changed, usual)
                tried[slip] += 1
                found[slip] += answer is not None
                named[slip] += answer is not None and answer.kind == name
    return {slip: Trials(tried[slip], found[slip], named[slip]) for slip in tried}


def exchanges(votes: Votes) -> Iterator[Slip]:
    """The first and the second exchanged, the second and the third."""
    by_rank = sorted(range(len(votes)), key=lambda line: -votes[line])
    for word, ranks in (("first and second", by_rank[:2]), ("second and third", by_rank[1:3])):
        if len(ranks) == 1:
            continue
        more, less = ranks
        points = 100 * (votes[more] - votes[less]) / sum(votes)
        changed = list(votes)
        changed[more], changed[less] = votes[less], votes[more]
        for low, high in ((20, 100), (10, 20), (5, 10)):
            if low < points <= high:
                apart = f"more than {low}" if high == 100 else f"{low}-{high}"
                yield f"{word} exchanged, {apart} points apart", "exchange", tuple(changed)


def other_slips(votes: Votes) -> Iterator[Slip]:
    """Lists one line off, a zero, a digit too many, too few, two digits exchanged."""
    if len(votes) > 2:
        yield "list one line down", "shift", (votes[-1], *votes[:-1])
        yield "list one line up", "shift", (*votes[1:], votes[0])
    by_rank = sorted(range(len(votes)), key=lambda line: -votes[line])
    for word, line in (("first", by_rank[0]), ("second", by_rank[1]), ("last", by_rank[-1])):
        own = votes[line]
        yield f"zero for the {word}", "zero", _with(votes, line, 0.0)
        yield f"a digit lost, the {word}", "digit", _with(votes, line, own // 10)
        yield f"a digit more, the {word}", "digit", _with(votes, line, own * 10)
        digits = str(int(own))
        turned = float(digits[1] + digits[0] + digits[2:]) if len(digits) > 1 else own
        if abs(turned - own) >= own / 10:
            yield f"leading digits turned, the {word}", "digit", _with(votes, line, turned)


def _with(votes: Votes, line: int, value: float) -> Votes:
    return (*votes[:line], value, *votes[line + 1 :])


def every_slip(votes: Votes) -> Iterator[Slip]:
    """All of them."""
    yield from exchanges(votes)
    yield from other_slips(votes)


def main() -> None:
    """Print the tables."""
    contests = official_contests()
    print("| slip | tried | asked about | named rightly |\n|---|---|---|---|")
    for slip, each in try_slips(contests, every_slip).items():
        share = f"{each.found} ({each.share:.1f} %)"
        print(f"| {slip} | {each.tried} | {share} | {each.named} |")
    print("\n| other units known | asked without a slip |  |\n|---|---|---|")
    for known in (1, 2, 4, 8):
        found = try_slips(contests, exchanges, known=known)
        first = found["first and second exchanged, more than 20 points apart"]
        print(f"| {known} | {found[CLEAN].found} | {first.share:.0f} % |")


if __name__ == "__main__":
    main()
