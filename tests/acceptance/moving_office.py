"""An office that moves over: its keys, its outbox, its tables, and the command line."""

import csv
import json
import re
from pathlib import Path

from typer.testing import CliRunner, Result

from api.cli.main import app
from api.http.app_state import AppState
from tests.support.lines import PLAIN
from tests.support.waiting import SECONDS_MAX
from tests.unit.infra.services.importing import tables as t

ELECTION = "house51"
WHERE = ("--election", ELECTION, "--environment", "rehearsal")
FOUNDERS = ("nation", "nation-2", "ministry")
"""Who begins the election: two persons of the nation, one of the ministry."""
TIDY = ["選挙区", "開票区", "時刻", "区分", "項目", "数", "理由"]


def kaihyo(*arguments: str | Path) -> Result:
    """Run the command line in this process: a person types some twenty of them here."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


class Office:
    """An office with its keys, its outbox and its folder, and the server's address."""

    def __init__(self, folder: Path, server: str, services: AppState) -> None:
        self.folder = folder
        self.server = server
        self._services = services

    def key(self, name: str) -> Path:
        path = self.folder / f"{name}.key"
        if not path.exists():
            assert kaihyo("key", "new", path).exit_code == 0
        return path

    @property
    def both_keys(self) -> tuple[str | Path, ...]:
        """Two persons of the nation sign what they post for centres."""
        return ("--key", self.key("nation"), "--key", self.key("nation-2"))

    def founders(self) -> list[str]:
        """The keys that the election begins with, as they are named to the command line."""
        return [word for name in FOUNDERS for word in ("--founder", self._founder(name))]

    def _founder(self, name: str) -> str:
        office = name.partition("-")[0]
        path = self.folder / f"{name}.request.json"
        if not path.exists():
            made = kaihyo("key", "request", office, self.key(name), *WHERE)
            path.write_text(made.stdout, encoding="utf-8")
        return f"{office}={path}"

    def send(self, *arguments: str | Path, server: str = "", outbox: str = "outbox") -> Result:
        """Run a command that sends, signed by both persons of the nation."""
        where = ("--server", server or self.server, "--outbox", self.folder / outbox)
        return kaihyo(*arguments, "--as", "nation", *where, *WHERE, *self.both_keys)

    def elect(self, file: Path, **how: str) -> Result:
        return self.send("import", "election", file, *self.founders(), **how)

    def post(self, command: dict[str, object]) -> None:
        path = self.folder / "posting.json"
        common = {"election": ELECTION, "environment": "rehearsal", "office": "nation"}
        path.write_text(json.dumps({**common, "command": command}), encoding="utf-8")
        done = kaihyo(
            *("post", path, "--server", self.server, "--outbox", self.folder / "outbox"),
            *("--key", self.key("nation")),
        )
        assert done.exit_code == 0, done.stderr

    def document(self, name: str) -> dict[str, object]:
        """A document, once everything that is recorded is read by the server."""
        self._wait()
        address = f"{self.server}v1/elections/{ELECTION}/{name}.json"
        found: dict[str, object] = PLAIN.get(address).raise_for_status().json()
        return found

    def page(self, name: str) -> str:
        """The words of a page, once everything that is recorded is read by the server."""
        self._wait()
        page = PLAIN.get(f"{self.server}{name}").raise_for_status().text
        return re.sub(r"<[^>]+>", "", page)

    def _wait(self) -> None:
        last = self._services.log.reader.last_position()
        assert self._services.live.wait_for(last, SECONDS_MAX)


def unit_rows(unit: str, moment: str, state: str, votes: tuple[str, str, str]) -> t.Rows:
    """A sheet of the district as an old system exports it."""
    whole = sum(int(each.replace(",", "").partition(".")[0]) for each in votes)
    cut = any("." in each for each in votes)
    valid = str(whole + cut)
    named = dict(zip(("13-01-1", "高橋一郎", "開票 花子"), votes, strict=True))
    figures = {**named, "有効": valid, "無効": "3", "投票総数": str(int(valid) + 3)}
    figures |= {"按分切捨": "0.001"} if cut else {}
    figures |= {"投票者数": str(int(valid) + 3)} if state != "中間" else {}
    return [["東京都第1区", unit, moment, state, item, n, ""] for item, n in figures.items()]


def write_tallies(path: Path, *rows: list[str]) -> Path:
    with path.open("w", encoding="cp932", errors="strict", newline="") as file:
        csv.writer(file).writerows([TIDY, *rows])
    return path
