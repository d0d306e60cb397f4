import socket
import time
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from infra.adapters.event_log.log_reader import LogReader
from infra.adapters.postgres.database import database
from infra.runtime.settings import Settings


def test_a_database_url_is_used_as_it_is(conninfo: str) -> None:
    with database(Settings(database_url=f"{conninfo} connect_timeout=7")) as given:
        assert conninfo_to_dict(given).items() >= conninfo_to_dict(conninfo).items()
        assert conninfo_to_dict(given)["connect_timeout"] == "7"


def test_a_machine_that_does_not_answer_is_not_waited_for() -> None:
    # Given a database whose machine takes connections and says nothing
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://kaihyo@127.0.0.1:{silent.getsockname()[1]}/kaihyo"
        with database(Settings(database_url=url)) as given:
            reader = LogReader(given, "house50_rehearsal")
            begun = time.monotonic()
            with pytest.raises(psycopg.OperationalError):
                reader.last_position()
    assert time.monotonic() - begun < 60

    # And one that falls silent later is given up before an operator would
    assert {"keepalives_idle", "tcp_user_timeout"} <= conninfo_to_dict(given).keys()


def test_without_one_a_server_runs_in_the_data_folder(tmp_path: Path) -> None:
    with database(Settings(database_url="", data=tmp_path)) as given:
        with psycopg.connect(given) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
        assert row == (str(tmp_path / "pgdata"),)
