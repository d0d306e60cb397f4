import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from infra.adapters.postgres.embedded import ServerFailed, discard, server

pytestmark = pytest.mark.server

_USE = """
import sys
from infra.adapters.postgres.embedded import server
with server(sys.argv[1]) as conninfo:
    print(conninfo, flush=True)
    sys.stdin.read()
"""


def _answers(conninfo: str) -> bool:
    try:
        psycopg.connect(conninfo).close()
    except psycopg.OperationalError:
        return False
    return True


def _user(folder: Path) -> subprocess.Popen[str]:
    user = subprocess.Popen(
        [sys.executable, "-c", _USE, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert user.stdout is not None
    assert user.stdout.readline()
    return user


def test_data_outlives_the_server_and_a_folder_is_made_where_missing(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there yet"
    with server(folder) as conninfo, psycopg.connect(conninfo) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    assert not _answers(conninfo)
    with server(folder) as conninfo, psycopg.connect(conninfo) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_a_path_too_long_for_a_socket_works(tmp_path: Path) -> None:
    with server(tmp_path / ("deep" * 30)) as conninfo:
        assert _answers(conninfo)


def test_the_last_of_several_processes_stops_it_even_after_one_was_killed(tmp_path: Path) -> None:
    with server(tmp_path) as conninfo:
        leaves, killed = _user(tmp_path), _user(tmp_path)
        leaves.communicate("", timeout=120)
        assert _answers(conninfo)
    assert _answers(conninfo)
    with server(tmp_path):
        killed.send_signal(signal.SIGKILL)
        killed.communicate(timeout=120)
        assert _answers(conninfo)
    assert not _answers(conninfo)


def test_a_server_that_died_is_started_again(tmp_path: Path) -> None:
    with server(tmp_path) as conninfo:
        pid = int((tmp_path / "pgdata" / "postmaster.pid").read_text().splitlines()[0])
        with psycopg.connect(conninfo) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        os.kill(pid, signal.SIGKILL)
        with server(tmp_path), psycopg.connect(conninfo) as connection:
            assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_a_folder_that_is_no_database_is_an_error_that_says_why(tmp_path: Path) -> None:
    (tmp_path / "pgdata").mkdir()
    (tmp_path / "pgdata" / "something").write_text("else")
    with pytest.raises(ServerFailed, match="not empty"), server(tmp_path):
        pass


def test_a_folder_is_discarded_with_the_server_that_a_killed_process_left(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    killed = _user(folder)
    with server(folder) as conninfo:
        killed.kill()
        killed.wait()
        with pytest.raises(ServerFailed, match="another process uses"):
            discard(folder)
    left = _user(folder)
    left.kill()
    left.wait()
    assert _answers(conninfo)
    discard(folder)
    assert not folder.exists()
    assert not _answers(conninfo)
    with server(folder) as conninfo:
        assert _answers(conninfo)
