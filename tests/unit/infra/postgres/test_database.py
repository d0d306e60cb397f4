from pathlib import Path

import psycopg

from infra.postgres.database import database
from infra.settings import Settings


def test_a_database_url_is_used_as_it_is(conninfo: str) -> None:
    with database(Settings(database_url=conninfo)) as given:
        assert given == conninfo


def test_without_one_a_server_runs_in_the_data_folder(tmp_path: Path) -> None:
    with database(Settings(database_url="", data=tmp_path)) as given:
        with psycopg.connect(given) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
        assert row == (str(tmp_path / "pgdata"),)
