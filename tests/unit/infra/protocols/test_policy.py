"""Policies: k of n witnesses, groups of groups, and files that are refused."""

import pytest

from infra.protocols.protocol_errors import PolicyMalformed, WitnessesMissing
from infra.protocols.tlog.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from infra.protocols.tlog.merkle import EMPTY_ROOT
from infra.protocols.tlog.policy import Policy
from infra.runtime.system_faults import fault_reason
from tests.unit.infra.protocols.trees import ORIGIN, log_signer, witness_signer

LOG = log_signer()
WITNESSES = {name: witness_signer(f"{name}.example") for name in ("x1", "x2", "x3", "y1", "y2")}
KEYS = "".join(f"witness {name} {signer.verifier}\n" for name, signer in WITNESSES.items())
NESTED = (
    f"# who watches\n log\t{LOG.verifier} https://log.example\n\n{KEYS}"
    "group X 2 x1 x2 x3\ngroup Y any y1 y2\ngroup XY all X Y\nquorum XY\n"
)


def satisfied(policy: Policy, *names: str) -> bool:
    checkpoint = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    lines = (WITNESSES[name].sign(checkpoint.text(), time=5) for name in names)
    note = sign_checkpoint(checkpoint, LOG) + "".join(map(str, lines)).encode()
    _, opened = open_checkpoint(note, policy.logs[0], policy.witnesses.values())
    if not policy.satisfied_by(opened):
        with pytest.raises(WitnessesMissing):
            policy.demand(opened)
        return False
    policy.demand(opened)
    return True


def test_groups_of_groups() -> None:
    policy = Policy.parse(NESTED)
    assert satisfied(policy, "x1", "x3", "y2")
    assert satisfied(policy, *WITNESSES)
    assert not satisfied(policy, "x1", "y1", "y2")
    assert not satisfied(policy, "x1", "x2", "x3")
    assert not satisfied(policy)
    assert not satisfied(policy, "x1", "x1", "y1")


def test_one_witness_or_none() -> None:
    head = f"log {LOG.verifier}\n"
    assert satisfied(Policy.parse(f"{head}{KEYS}quorum x1\n"), "x1")
    assert not satisfied(Policy.parse(f"{head}{KEYS}quorum x1\n"), "x2")
    assert satisfied(Policy.parse(f"{head}quorum none"))


def test_where_a_witness_is_asked() -> None:
    key = WITNESSES["x1"].verifier
    policy = Policy.parse(f"witness x1 {key} https://x1.example\nquorum x1\n")
    assert policy.urls == {"x1": "https://x1.example"}


@pytest.mark.parametrize(
    "lines",
    [
        *("", "quorum x1\nquorum x1", "quorum nobody", "group g 1 nobody\nquorum g", "quorum"),
        *("group g 0 x1\nquorum g", "group g 2 x1\nquorum g", "group g any\nquorum g"),
        *("group g any x1 x1\nquorum g", "group none any x1\nquorum x1", "group x1 any x2"),
        *("group g many x1", "trust x1\nquorum x1", "witness z\nquorum x1", "log k\nquorum x1"),
        *("group g any x1\ngroup h any x1\nquorum g", f"log {WITNESSES['x1'].verifier}\nquorum x1"),
        *(f"witness z {LOG.verifier}\nquorum x1", f"witness z {WITNESSES['x1'].verifier}"),
        f"log {LOG.verifier}\nlog {LOG.verifier}\nquorum x1",
    ],
)
def test_malformed_policies(lines: str) -> None:
    with pytest.raises(PolicyMalformed) as refused:
        Policy.parse(f"{KEYS}{lines}\n")
    assert refused.value.japanese.startswith("証人の方針")
    assert fault_reason(refused.value) == refused.value.japanese
