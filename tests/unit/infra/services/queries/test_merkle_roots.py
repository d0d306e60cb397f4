"""Roots of every size, against the writer's own tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.protocols.tlog.merkle import Range, leaf_hash
from infra.services.queries.merkle_roots import Roots

ENTRIES = [f"entry {number}".encode() for number in range(300)]


def expected() -> list[str]:
    tree, roots = Range(), [Range().root().hex()]
    for entry in ENTRIES:
        tree.append([leaf_hash(entry)])
        roots.append(tree.root().hex())
    return roots


ROOTS = expected()


@given(st.lists(st.integers(0, 60), max_size=8))
def test_the_root_of_every_size_whatever_the_batches(sizes: list[int]) -> None:
    roots, taken = Roots(), 0
    for size in sizes:
        roots.extend(ENTRIES[taken : taken + size])
        taken = min(taken + size, len(ENTRIES))

    assert roots.size == taken
    assert [roots.root(size) for size in range(taken + 1)] == ROOTS[: taken + 1]


def test_more_than_is_hashed_has_no_root() -> None:
    roots = Roots()
    roots.extend(ENTRIES[:3])

    with pytest.raises(ValueError, match="3 entries are hashed, not 4"):
        roots.root(4)
