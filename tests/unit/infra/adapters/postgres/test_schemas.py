from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.election.identifiers import Environment
from infra.adapters.event_log import Log
from infra.adapters.postgres.schemas import LogName, LogNotChosen, choose_log, log_names

_NAMES = st.builds(
    LogName,
    st.from_regex(r"\A[a-z][a-z0-9-]{0,31}\Z"),
    st.sampled_from(get_args(Environment)),
)


@given(_NAMES)
def test_a_schema_names_its_log_and_back(name: LogName) -> None:
    assert LogName.from_schema(name.schema) == name
    assert len(name.schema) <= 63


@pytest.mark.parametrize("schema", ["public", "live", "_live", "house50_test"])
def test_other_schemas_are_no_logs(schema: str) -> None:
    assert LogName.from_schema(schema) is None


def test_the_only_log_is_chosen_without_a_word(conninfo: str, log: Log) -> None:
    assert choose_log(conninfo) == log.name


def test_of_several_logs_one_must_be_named(conninfo: str, log: Log) -> None:
    live = LogName("house50", "live")
    Log(conninfo, live).close()
    assert log_names(conninfo) == [live, log.name]
    with pytest.raises(LogNotChosen, match="house50（live）、house50（rehearsal）"):
        choose_log(conninfo)
    assert choose_log(conninfo, environment="live") == live
    with pytest.raises(LogNotChosen, match="KAIHYO_ELECTION"):
        choose_log(conninfo, "house49")


def test_an_empty_database_says_so(conninfo: str, log_name: LogName) -> None:
    with pytest.raises(LogNotChosen, match="にある記録: なし"):
        choose_log(conninfo, log_name.election)
