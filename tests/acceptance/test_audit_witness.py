"""`kaihyo witness` and `kaihyo sequence` as two processes: the witness vouches, and is missed."""

import json
from pathlib import Path

from infra.adapters.event_log import Log
from infra.protocols.signed_note.note import Signer
from infra.runtime.settings import Settings
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.sequencing_service import Sequencing
from tests import builders as b
from tests.acceptance.kaihyo import kaihyo
from tests.acceptance.served import running, started
from tests.support.ports import free_port
from tests.support.posting import record
from tests.support.waiting import wait_until

NAME = "witness.example/press"


def test_a_witness_of_our_own_vouches_for_a_log(log: Log, conninfo: str, tmp_path: Path) -> None:
    record(log, *b.DISTRICT)
    place = LogPlace.of(Settings(data=tmp_path), log.name)
    Sequencing(log, place).close()
    port, policy = str(free_port()), tmp_path / "policy"
    url = f"http://127.0.0.1:{port}"
    secret = tmp_path / "witness.key"
    arguments = ("--state", tmp_path / "w", "--key", secret, "--name", NAME, "--port", port)
    with running("witness", *arguments, "--log", place.public / "key", url=url):
        vkey = _public(secret)
        key = (place.public / "key").read_text()
        policy.write_text(f"log {key}witness press {vkey} {url}\nquorum press\n")
        # A witness of a busy machine may not answer in time; it is asked again at the next step.
        wait_until(lambda: _sequenced(tmp_path, policy, conninfo) == "reached")
    bundle = tmp_path / "bundle"
    environment = {"DATABASE_URL": conninfo}
    assert started("export", "--data", tmp_path, "--out", bundle, **environment).wait(240) == 0
    done = kaihyo("verify", bundle, "--witness-policy", policy, "--json")
    assert json.loads(done.stdout)["cosigned_by"] == [NAME]

    record(log, b.turnout(b.figures((500, 500), (300, 300))))
    assert _sequenced(tmp_path, policy, conninfo) == "missing"
    without = kaihyo("verify", place.public, "--witness-policy", policy)
    assert without.returncode == 1
    assert "証人" in without.stderr


def _public(secret: Path) -> str:
    return str(Signer.parse(secret.read_text().strip()).verifier)


def _sequenced(data: Path, policy: Path, conninfo: str) -> str:
    """Take in what is new with this policy; the state of the quorum."""
    process = started(
        *("sequence", "--once", "--data", data, "--witness-policy", policy), DATABASE_URL=conninfo
    )
    said = process.communicate(timeout=240)
    assert process.returncode == 0, said
    [status] = data.glob("transparency/*/public/status.json")
    return str(json.loads(status.read_text())["quorum"]["state"])
