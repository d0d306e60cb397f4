"""RFC 6962 by published vectors, by a naive second route, and by proofs that must not verify."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.protocols.protocol_errors import ProofInvalid
from infra.protocols.tlog.merkle import (
    EMPTY_ROOT,
    Range,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    leaf_hashes,
    node_hash,
    tree_root,
)
from infra.protocols.tlog.proof_verification import verify_consistency, verify_inclusion
from infra.protocols.tlog.tiles import TileHashes
from tests.support.budgets import LONG
from tests.unit.infra.protocols.trees import (
    entries,
    entry,
    grown,
    naive_consistency,
    naive_path,
    naive_root,
    root_between,
)

# The vectors of the Certificate Transparency test suite.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SIZES = [1, 2, 3, 7, 8, 255, 256, 257, 300, 511, 512, 513, 1000, 1024, 1200]
EVERY_NUMBER_MAX = 300


@pytest.fixture(scope="module")
def stored() -> TileHashes:
    """The tiles of 1,200 entries."""
    return TileHashes(1200, grown(1200)[0])


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_published_vectors(size: int) -> None:
    tree = Range()
    tree.append(leaf_hashes(INPUTS[:size]))
    assert tree.root().hex() == ROOTS[size]
    assert naive_root(tuple(INPUTS[:size])).hex() == ROOTS[size]


def test_check_values() -> None:
    assert leaf_hash(b"").hex().startswith("6e340b9c")
    assert EMPTY_ROOT.hex().startswith("e3b0c442")
    assert EMPTY_ROOT.hex().endswith("b855")
    assert node_hash(b"N123", b"N456") == hashlib.sha256(b"\x01N123N456").digest()


def test_every_size_to_1200_equals_the_naive_tree(stored: TileHashes) -> None:
    tree = Range()
    for size in range(1201):
        assert tree.root() == root_between(0, size)
        assert tree_root(size, stored) == root_between(0, size)
        tree.append([leaf_hash(entry(size))])


@given(st.lists(st.integers(0, 700), max_size=6))
def test_however_it_is_cut_the_tree_is_the_same(steps: list[int]) -> None:
    tree = Range()
    for step in steps:
        tree.append(leaf_hashes(entries(tree.size + step, tree.size)))
        again = Range(tree.size, tree.edge)
        assert again.root() == tree.root() == root_between(0, tree.size)


def test_an_edge_fits_its_size() -> None:
    with pytest.raises(ValueError, match="2 full subtrees"):
        Range(3, [b"x" * 32])


def _numbers(size: int) -> list[int]:
    """Numbers below a size: every one of a small tree, every seventh and the edges of a large."""
    if LONG or size <= EVERY_NUMBER_MAX:
        return list(range(size))
    return sorted({*range(0, size, 7), *range(250, 260), *range(size - 10, size)})


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES)
def test_every_inclusion_proof(size: int) -> None:
    hashes = TileHashes(size, grown(size)[0])
    for number in _numbers(size):
        proof = inclusion_proof(number, size, hashes)
        assert proof == naive_path(number, 0, size)
        verify_inclusion(leaf_hash(entry(number)), number, size, proof, root_between(0, size))


@pytest.mark.long
@pytest.mark.parametrize("new", SIZES)
def test_every_consistency_proof(new: int) -> None:
    hashes = TileHashes(new, grown(new)[0])
    for old in _numbers(new + 1):
        proof = consistency_proof(old, new, hashes)
        assert proof == (naive_consistency(old, 0, new) if old else [])
        verify_consistency(old, new, proof, root_between(0, old), root_between(0, new))


@given(st.integers(1, 300), st.data())
def test_a_changed_inclusion_proof_never_verifies(size: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(number, size, TileHashes(size, grown(size)[0]))
    leaf, root = leaf_hash(entry(number)), root_between(0, size)
    other = data.draw(st.integers(-1, size))
    for changed in _changes(proof):
        with pytest.raises(ProofInvalid):
            verify_inclusion(leaf, number, size, changed, root)
    if other != number:
        with pytest.raises(ProofInvalid):
            verify_inclusion(leaf, other, size, proof, root)
    with pytest.raises(ProofInvalid):
        verify_inclusion(leaf_hash(b"another"), number, size, proof, root)


@given(st.integers(1, 300), st.data())
def test_a_changed_consistency_proof_never_verifies(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new))
    proof = consistency_proof(old, new, TileHashes(new, grown(new)[0]))
    before, after = root_between(0, old), root_between(0, new)
    for changed in _changes(proof):
        with pytest.raises(ProofInvalid):
            verify_consistency(old, new, changed, before, after)
    for roots in ((b"x" * 32, after), (before, b"x" * 32)):
        with pytest.raises(ProofInvalid):
            verify_consistency(old, new, proof, *roots)
    with pytest.raises(ProofInvalid):
        verify_consistency(new + 1, new, proof, before, after)


def test_an_empty_tree_has_one_root() -> None:
    verify_consistency(0, 5, [], EMPTY_ROOT, root_between(0, 5))
    with pytest.raises(ProofInvalid, match="only one root"):
        verify_consistency(0, 5, [], b"x" * 32, root_between(0, 5))


def test_no_proof_of_what_is_not_there(stored: TileHashes) -> None:
    with pytest.raises(ValueError, match="no entry 5"):
        inclusion_proof(5, 5, stored)
    with pytest.raises(ValueError, match="does not extend"):
        consistency_proof(6, 5, stored)


def test_a_proof_without_hashes_or_with_short_ones_is_refused() -> None:
    with pytest.raises(ProofInvalid, match="too short"):
        verify_consistency(3, 5, [], root_between(0, 3), root_between(0, 5))
    with pytest.raises(ProofInvalid, match="32 bytes"):
        verify_inclusion(leaf_hash(entry(0)), 0, 2, [b"short"], root_between(0, 2))


def _changes(proof: list[bytes]) -> list[list[bytes]]:
    """The proof with one hash flipped, dropped or added anywhere."""
    flipped = [
        [*proof[:place], bytes([found[0] ^ 1]) + found[1:], *proof[place + 1 :]]
        for place, found in enumerate(proof)
    ]
    dropped = [[*proof[:place], *proof[place + 1 :]] for place in range(len(proof))]
    added = [[*proof[:place], b"x" * 32, *proof[place:]] for place in range(len(proof) + 1)]
    return [*flipped, *dropped, *added]
