"""Lots that people have drawn between everybody: for tests in which ties must not stop."""

from collections.abc import Iterator, Mapping


class EveryLotDrawn(Mapping[frozenset[str], tuple[str, ...]]):
    """A record of every possible lot; the alphabet, or its reverse, stands in for chance."""

    def __init__(self, *, backwards: bool = False) -> None:
        self._backwards = backwards

    def __getitem__(self, tied: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(tied, reverse=self._backwards))

    def __iter__(self) -> Iterator[frozenset[str]]:
        return iter(())

    def __len__(self) -> int:
        return 0
