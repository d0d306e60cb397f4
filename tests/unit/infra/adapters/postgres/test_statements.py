import pytest

from infra.adapters.postgres.statements import Statements, StatementUnknown


def test_a_statement_has_the_schema_quoted_and_no_semicolon() -> None:
    sql = Statements("log", schema='a"b', channel="c")
    assert sql["last_position"] == (
        b'SELECT coalesce(max(notification_id), 0) FROM "a""b".stored_events'
    )


def test_a_missing_statement_is_named() -> None:
    with pytest.raises(StatementUnknown, match=r"schemas\.sql has no statement named gone"):
        Statements("schemas")["gone"]
