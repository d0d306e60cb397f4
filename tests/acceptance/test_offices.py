"""An election founded, staffed and posted to by the command line alone, every posting signed."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.cli.main import app
from infra.adapters.event_log import Log
from tests import builders as b
from tests.support.gwt import Command
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.unit.infra.services.signing.signed_log import FINAL, with_ballot

WHERE = ("--election", "house50", "--environment", "rehearsal")


def kaihyo(*arguments: str | Path) -> Result:
    """Run the command line in this process: a person types some thirty of them here."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


class Desk:
    """One person at one machine: keys, an outbox for each office, and the server's address."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder = folder
        self.server = server

    def key(self, name: str) -> Path:
        """A new key; the same name is the same file."""
        path = self.folder / f"{name}.key"
        if not path.exists():
            assert kaihyo("key", "new", path).exit_code == 0
        return path

    def founding(self, office: str, name: str) -> dict[str, str]:
        """The public half of a key with its proof."""
        made = kaihyo("key", "request", office, self.key(name), *WHERE)
        found: dict[str, str] = json.loads(made.stdout)
        return found

    def request(self, office: str, name: str) -> Path:
        path = self.folder / f"{name}.request.json"
        path.write_text(json.dumps(self.founding(office, name)), encoding="utf-8")
        return path

    def sent(self, office: str, *arguments: str | Path, key: str) -> str:
        """Run a command that posts for an office; it has to be taken."""
        done = kaihyo(
            *arguments,
            *("--server", self.server, "--outbox", self.folder / f"outbox-{office}"),
            *("--key", self.key(key)),
        )
        assert done.exit_code == 0, done.stderr
        return done.stdout

    def post(self, office: str, command: Command, *, key: str, **more: object) -> str:
        """`kaihyo post` of a file."""
        path = self.folder / "posting.json"
        common = {"election": "house50", "environment": "rehearsal", "office": office}
        path.write_text(json.dumps({**common, "command": command, **more}), encoding="utf-8")
        return self.sent(office, "post", path, key=key)


@pytest.fixture
def desk(log: Log, tmp_path: Path) -> Iterator[Desk]:
    with (
        open_app_state(log) as services,
        serve_in_background(services, settings_with(None, port=free_port())) as address,
        client_of() as client,
    ):
        client.get(f"{address}health")
        yield Desk(tmp_path, address)


def test_from_the_first_key_to_a_signed_final(desk: Desk, log: Log) -> None:
    founders = [
        {
            "office": {"id": name, "name": name, "role": "nation"},
            "keys": [desk.founding(name, name)],
        }
        for name in ("nation", "ministry")
    ]
    desk.post("nation", {**b.election(unsigned=False), "founders": founders}, key="nation")
    for command in b.REGISTER[1:]:
        desk.post("nation", command, key="nation")
    as_nation = ("--as", "nation", *WHERE)
    tokyo = ("--name", "東京都選挙管理委員会", "--role", "prefecture", "--prefecture", "13")
    desk.sent("nation", "office", "register", "pref-13", *tokyo, *as_nation, key="nation")
    centre = ("--name", "千代田区開票所", "--role", "centre", "--prefecture", "13")
    place = ("--parent", "pref-13", "--unit", b.CHIYODA)
    desk.sent(
        "nation", "office", "register", "centre-13101", *centre, *place, *as_nation, key="nation"
    )
    request = desk.request("centre-13101", "centre")
    enrol = ("key", "enrol", "centre-13101", "--request", request)
    desk.sent("nation", *enrol, *as_nation, key="nation")
    keyid = _keyid(desk, "centre-13101", 1)
    approve = ("key", "approve", "centre-13101", keyid, "--as", "ministry", *WHERE)
    desk.sent("ministry", *approve, key="ministry")
    for command in b.DISTRICT[len(b.REGISTER) :]:
        desk.post("nation", command, key="nation")

    told = desk.post("centre-13101", with_ballot(FINAL), key="centre")

    assert "受付 位置" in told
    rotated = desk.request("centre-13101", "centre-2")
    desk.sent(
        "centre-13101", "key", "rotate", "centre-13101", "--request", rotated, *WHERE, key="centre"
    )
    newer = _keyid(desk, "centre-13101", 2)
    revoke = ("key", "revoke", "centre-13101", newer, "--as", "nation", "--reason", "紛失", *WHERE)
    desk.sent("nation", *revoke, key="nation")
    topics = [row.topic for row in log.reader.rows()]
    assert topics[-5:] == [
        "count.tally-finalised",
        "key.rotated",
        "key.enrolled",
        "key.succeeded",
        "key.revoked",
    ]
    assert all(event.provenance.envelope is not None for _, event in log.reader.events())
    listed = kaihyo("office", "list", "--election", "house50", "--server", desk.server)
    assert "centre-13101" in listed.stdout


def test_without_a_connection_it_waits_on_disk(desk: Desk, log: Log) -> None:
    posting = desk.folder / "election.json"
    common = {"election": "house50", "environment": "rehearsal", "office": "nation"}
    posting.write_text(json.dumps({**common, "command": b.election()}), encoding="utf-8")
    outbox = ("--outbox", desk.folder / "outbox")
    nowhere = ("--server", f"http://127.0.0.1:{free_port()}/")

    waits = kaihyo("post", posting, *outbox, *nowhere)
    shown = kaihyo("post", "--status", *outbox)
    flushed = kaihyo("post", "--flush", *outbox, "--server", desk.server)
    again = kaihyo("post", "--flush", *outbox, "--server", desk.server)

    assert (waits.exit_code, "送信待ち 1 件" in waits.stderr) == (0, True)
    assert "送信待ち 1 件" in shown.stdout
    assert "define-election" in shown.stdout
    assert "受付 位置 1" in flushed.stdout
    assert again.stdout == ""
    assert log.reader.last_position() == 1


def test_what_is_refused_ends_with_1_and_says_why(desk: Desk) -> None:
    posting = desk.folder / "note.json"
    common = {"election": "house50", "environment": "rehearsal", "office": "nation"}
    posting.write_text(json.dumps({**common, "command": b.NOTE}), encoding="utf-8")

    done = kaihyo("post", posting, "--outbox", desk.folder / "o", "--server", desk.server)

    assert done.exit_code == 1
    assert "選挙がまだ登録されていません" in done.stderr


def test_a_key_is_readable_by_its_owner_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.key"
    assert kaihyo("key", "new", path).exit_code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()

    assert kaihyo("key", "new", path).exit_code == 1
    assert path.read_bytes() == before
    path.chmod(0o644)
    refused = kaihyo("key", "request", "nation", path, *WHERE)
    assert (refused.exit_code, "chmod 600" in refused.stderr) == (1, True)


def _keyid(desk: Desk, office: str, number: int) -> str:
    """Id of a key of an office, the first enrolled being 1, once the server shows it."""
    for _ in range(100):
        listed = kaihyo(
            "office", "list", "--election", "house50", "--server", desk.server, "--json"
        )
        offices = {each["id"]: each for each in json.loads(listed.stdout)["offices"]}
        keys = offices[office]["keys"] if office in offices else []
        if len(keys) >= number:
            keyid: str = keys[number - 1]["keyid"]
            return keyid
        time.sleep(0.1)
    pytest.fail(f"{office} has no key {number}")
