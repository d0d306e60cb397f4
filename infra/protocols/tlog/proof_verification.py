"""Verification of Merkle proofs, as RFC 9162 writes it down (for the tree of RFC 6962).

It shares nothing with the code that writes the log: the writer recurses from the root down, this
walks from the leaf up by the bits of the index.
"""

import hashlib
from collections.abc import Sequence

from infra.protocols.protocol_errors import ProofInvalid


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Verify that an entry's hash is number `index` of `size` under a root (RFC 9162 2.1.3.2).

    Raises:
        ProofInvalid: It is not, or the proof is malformed.
    """
    if not 0 <= index < size:
        raise ProofInvalid(f"index {index} is not in a tree of {size}")
    position, last, found = index, size - 1, leaf
    for sibling in _hashes(proof):
        if last == 0:
            raise ProofInvalid("the inclusion proof is too long")
        if position & 1 or position == last:
            found = _above(sibling, found)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            found = _above(found, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise ProofInvalid("the inclusion proof is too short")
    if found != root:
        raise ProofInvalid(f"entry {index} is not in the tree of {size} with this root")


def verify_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Verify that the tree of `old` entries is a prefix of that of `new` (RFC 9162 2.1.4.2).

    Raises:
        ProofInvalid: It is not, or the proof is malformed.
    """
    if not 0 <= old <= new:
        raise ProofInvalid(f"a tree of {new} does not extend one of {old}")
    if old in (0, new):
        _verify_trivial(old, new, proof, old_root, new_root)
        return
    path = _hashes(proof)
    if old & (old - 1) == 0:
        path = [old_root, *path]
    if not path:
        raise ProofInvalid("the consistency proof is too short")
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    before, after = _climb(path, position, last)
    if before != old_root:
        raise ProofInvalid(f"the tree of {new} does not begin with the tree of {old}")
    if after != new_root:
        raise ProofInvalid(f"the proof does not lead to the root of {new}")


def _verify_trivial(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    if proof:
        raise ProofInvalid("this consistency proof must be empty")
    if old == new and old_root != new_root:
        raise ProofInvalid(f"two roots for one size, {new}")
    if old == 0 and old_root != hashlib.sha256().digest():
        raise ProofInvalid("an empty tree has only one root")


def _climb(path: list[bytes], position: int, last: int) -> tuple[bytes, bytes]:
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofInvalid("the consistency proof is too long")
        if position & 1 or position == last:
            before, after = _above(sibling, before), _above(sibling, after)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            after = _above(after, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise ProofInvalid("the consistency proof is too short")
    return before, after


def _hashes(proof: Sequence[bytes]) -> list[bytes]:
    if any(len(found) != hashlib.sha256().digest_size for found in proof):
        raise ProofInvalid("a hash of a proof has 32 bytes")
    return list(proof)


def _above(left: bytes, right: bytes) -> bytes:
    state = hashlib.sha256(b"\x01")
    state.update(left)
    state.update(right)
    return state.digest()
