"""Lots that people have drawn between everybody: for tests in which ties must not stop."""

from collections.abc import Iterator, Mapping


class EveryLotDrawn(Mapping[frozenset[str], tuple[str, ...]]):
    """A record of every possible lot; the alphabet stands in for chance."""

    def __getitem__(self, tied: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(tied))

    def __iter__(self) -> Iterator[frozenset[str]]:
        return iter(())

    def __len__(self) -> int:
        return 0
