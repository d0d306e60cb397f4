"""Failures that are no fault of the program, as sentences that say what to do."""

from typing import Final

import psycopg
from pydantic import ValidationError
from pydantic_settings import BaseSettings

from infra.adapters.event_log.log_errors import LogUnavailable
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.postgres.schema_migrations import SchemaMismatch
from infra.runtime.settings import Settings
from infra.runtime.system_faults import describe_fault

_SETTINGS: Final[dict[str, type[BaseSettings]]] = {
    each.__name__: each for each in (Settings, KafkaSettings)
}


def error_message(error: Exception) -> str:
    """What a person can do about a failure; empty where that is not known."""
    match error:
        case LogUnavailable() | psycopg.OperationalError():
            why = str(error).strip()
            return f"データベースに接続できません（{why}）。DATABASE_URL を確かめてください。"
        case SchemaMismatch():
            return (
                f"この記録のデータベースは別の版の kaihyo が移行しました（{error}）。"
                "新しい版の kaihyo で開いてください。"
            )
        case ValidationError() if error.title in _SETTINGS:
            return "\n".join(_misset(error))
        case OSError() if error.filename is not None:
            return f"{describe_fault(error)}。"
    return ""


def _misset(error: ValidationError) -> list[str]:
    """One sentence for each variable of the environment that cannot be used."""
    prefix = _SETTINGS[error.title].model_config.get("env_prefix", "")
    sentences = []
    for fault in error.errors(include_url=False):
        name = str(fault["loc"][0]) if fault["loc"] else ""
        variable = name if name.isupper() else f"{prefix}{name.upper()}"
        sentences.append(
            f"環境変数 {variable} の値「{fault['input']}」は使えません（{fault['msg']}）。"
        )
    return sentences
