"""Backup and restore by the scripts of docs/deployment: nothing is lost, nothing goes back."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from typer.testing import CliRunner

from api.cli.main import app
from infra.adapters.event_log import Log
from infra.adapters.postgres.embedded import let_pass, program, server
from infra.runtime.settings import Settings
from infra.services.queries.rebuild import rebuild
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.sequencing_service import Sequencing
from tests.deployment.compose import DOCS
from tests.deployment.images import system_user
from tests.deployment.processes import wait_until
from tests.kafka.nights import NAME, Script, script

FIRST, SECOND = 200, 400
_SLOT = "SELECT pg_create_physical_replication_slot('backup', true)"
_KEPT = "SELECT bool_or(flush_lsn >= pg_current_wal_flush_lsn()) FROM pg_stat_replication"


class Place:
    """One primary with its night, and a folder for backups."""

    def __init__(self, folder: Path, conninfo: str, night: Script) -> None:
        self.folder = folder
        self.conninfo = conninfo
        self.night = night
        self.data = folder / "data"

    @property
    def environment(self) -> dict[str, str]:
        """What the commands of PostgreSQL are told."""
        host = psycopg.conninfo.conninfo_to_dict(self.conninfo)["host"]
        path = f"{program('postgres').parent}:{os.environ['PATH']}"
        return {"PATH": path, "PGHOST": str(host), "PGUSER": "postgres"}

    def run(self, *command: str) -> None:
        """Run a command as the user of the server."""
        done = subprocess.run(
            command,
            env=self.environment,
            user=system_user(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    @contextmanager
    def receiving_wal(self, folder: Path) -> Iterator[None]:
        """Keep WAL while the block runs, from the making of a slot on."""
        _asked(self.conninfo, _SLOT)
        process = subprocess.Popen(
            ["pg_receivewal", f"--directory={folder}", "--slot=backup", "--synchronous"],
            env=self.environment,
            user=system_user(),
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until(lambda: any(folder.iterdir()), "WAL comes")
            yield
        finally:
            process.kill()
            process.wait()


@contextmanager
def started(place: Place, data: Path) -> Iterator[str]:
    """A server on a restored folder, when it takes writes."""
    sockets = data.parent / f"{data.name}.sockets"
    sockets.mkdir()
    shutil.chown(sockets, system_user() or os.getuid())
    options = f"-c listen_addresses='' -c unix_socket_directories={sockets}"
    log = str(sockets / "server.log")
    place.run("pg_ctl", "start", "-w", "-D", str(data), "-l", log, "-o", options)
    conninfo = make_conninfo(host=str(sockets), user="postgres", dbname="postgres")
    try:
        wait_until(lambda: not _asked(conninfo, "SELECT pg_is_in_recovery()"), "recovery has ended")
        yield conninfo
    finally:
        place.run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(data))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("backup")
    let_pass(folder / "x")
    for name in ("wal", "backups"):
        (folder / name).mkdir()
        shutil.chown(folder / name, system_user() or os.getuid())
    with server(folder / "primary") as conninfo:
        yield Place(folder, conninfo, script())


@pytest.fixture(scope="module")
def backup(place: Place) -> Path:
    """A base backup amid a night, and all WAL since; the night went on and was published."""
    backup = place.folder / "backups" / "base"
    with Log(place.conninfo, NAME) as log, place.receiving_wal(place.folder / "wal"):
        place.night.post(log, 0, FIRST)
        publish(place, log)
        shutil.copytree(place.data, place.folder / "data-then")
        place.run(str(DOCS / "backup.sh"), str(backup))
        place.night.post(log, FIRST, SECOND)
        publish(place, log)
        wait_until(lambda: bool(_asked(place.conninfo, _KEPT)), "WAL is kept")
    return backup


def test_base_backup_and_wal_bring_back_everything(place: Place, backup: Path) -> None:
    restored = place.folder / "backups" / "restored"
    place.run(str(DOCS / "restore.sh"), str(backup), str(restored), str(place.folder / "wal"))
    shutil.copytree(place.data, place.folder / "data-elsewhere")
    with Log(place.conninfo, NAME) as log:
        before = rebuild(log)
    with started(place, restored) as conninfo:
        with Log(conninfo, NAME) as log:
            after = rebuild(log)
            assert (after.events, after.digest) == (before.events, before.digest)
            place.night.post(log, SECOND, SECOND + 1)
            assert log.reader.row(before.events + 1).position == before.events + 1
        environment = environment_of(conninfo, place.folder / "data-elsewhere")
        assert run(environment, "sequence", "--once") == (0, "")
        bundle = str(place.folder / "bundle")
        assert run(environment, "export", "--out", bundle)[0] == 0
        assert run(environment, "verify", bundle)[0] == 0


def test_an_older_database_is_never_published(place: Place, backup: Path) -> None:
    restored = place.folder / "backups" / "older"
    place.run(str(DOCS / "restore.sh"), str(backup), str(restored))
    with started(place, restored) as conninfo:
        shutil.copytree(place.data, place.folder / "data-live")
        with_live_tiles = environment_of(conninfo, place.folder / "data-live")
        # The folder may have been brought back as well: then its memory, kept elsewhere, knows.
        old = place.folder / "data-then"
        shutil.rmtree(old / "transparency" / "memory")
        memory = place.data / "transparency" / "memory"
        with_live_memory = environment_of(conninfo, old) | {"KAIHYO_LOG_MEMORY": str(memory)}
        for environment in (with_live_tiles, with_live_memory):
            code, said = run(environment, "sequence", "--once")
            assert code == 1
            assert "古いバックアップから戻した場合" in said


def environment_of(conninfo: str, data: Path) -> dict[str, str]:
    """Settings of a service on a restored database."""
    return {
        "DATABASE_URL": conninfo,
        "KAIHYO_ELECTION": NAME.election,
        "KAIHYO_ENVIRONMENT": NAME.environment,
        "KAIHYO_DATA": str(data),
    }


def run(environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    """A command with its exit code and what it says of its refusal."""
    done = CliRunner(env=environment).invoke(app, list(arguments))
    return done.exit_code, "" if done.exit_code == 0 else done.output


def publish(place: Place, log: Log) -> None:
    """Take what is recorded into the transparency log."""
    sequencing = Sequencing(log, LogPlace.of(Settings(data=place.data), NAME))
    sequencing.catch_up()
    sequencing.close()


def _asked(conninfo: str, question: str) -> object:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
    return None if row is None else row[0]
