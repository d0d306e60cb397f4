from pathlib import Path

import pytest
from pydantic import ValidationError

from infra.runtime.settings import Settings


def test_without_any_variable_it_is_the_embedded_server_on_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings = Settings()
    assert (settings.data, settings.database_url) == (Path(".data"), "")
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)


def test_variables_are_read_when_settings_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/kaihyo")
    monkeypatch.setenv("KAIHYO_ELECTION", "house50")
    monkeypatch.setenv("KAIHYO_ENVIRONMENT", "live")
    monkeypatch.setenv("KAIHYO_PORT", "9000")
    settings = Settings()
    assert settings.database_url == "postgresql://db/kaihyo"
    assert (settings.election, settings.environment, settings.port) == ("house50", "live", 9000)


def test_an_environment_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIHYO_ENVIRONMENT", "test")
    with pytest.raises(ValidationError, match="rehearsal"):
        Settings()


def test_proxies_that_are_no_addresses_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIHYO_TRUSTED_PROXIES", "10.0.0.0/8,nginx")
    with pytest.raises(ValidationError, match="nginx"):
        Settings()
