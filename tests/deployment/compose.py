"""The compose file as it is read: its services, with merged parts and variables put in."""

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec
import yaml

DOCS = Path(__file__).parents[2] / "docs" / "deployment"
COMPOSE = DOCS / "compose.yaml"

_VARIABLE = re.compile(r"\$(\$)|\$\{(\w+)(?::\?|:-([^}]*))?\}")
_SECONDS = re.compile(r"(\d+)s")


class Health(msgspec.Struct, frozen=True):
    """How a service is asked whether it is well."""

    test: list[str]
    interval: str = "30s"
    timeout: str = "30s"
    start_period: str = "0s"


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """One service of the file, with what the drill needs of it."""

    image: str
    name: str = ""
    user: str = ""
    entrypoint: list[str] = []
    command: list[str] = []
    environment: dict[str, str] = {}
    volumes: list[str] = []
    tmpfs: list[str] = []
    networks: list[str] = []
    depends_on: list[str] | dict[str, dict[str, str]] = []
    healthcheck: Health | None = None
    stop_grace_period: str = "10s"
    stop_signal: str = "SIGTERM"
    read_only: bool = False
    cap_drop: list[str] = []
    security_opt: list[str] = []

    @property
    def grace_seconds(self) -> int:
        """How long it may take to end."""
        return seconds(self.stop_grace_period)


class _File(msgspec.Struct, frozen=True):
    services: dict[str, Service]


def seconds(text: str) -> int:
    """A duration of the file."""
    found = _SECONDS.fullmatch(text)
    assert found is not None, text
    return int(found.group(1))


def raw(path: Path = COMPOSE) -> dict[str, object]:
    """The file with its merged parts, before variables are put in."""
    found = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def services(variables: Mapping[str, str], path: Path = COMPOSE) -> dict[str, Service]:
    """Every service by name."""
    file = msgspec.convert(_filled(raw(path), variables), _File)
    return {
        name: msgspec.structs.replace(service, name=name) for name, service in file.services.items()
    }


def overridden(service: Service, path: Path, variables: Mapping[str, str]) -> Service:
    """A service as a second file changes it, by the rules of `docker compose -f -f`."""
    found = _filled(raw(path), variables)
    assert isinstance(found, dict)
    change = found["services"][service.name]
    merged = msgspec.to_builtins(service) | change
    merged["environment"] = service.environment | change["environment"]
    merged["volumes"] = [*service.volumes, *change["volumes"]]
    return msgspec.convert(merged, Service)


def variables_of(value: object) -> set[str]:
    """Names of the variables that a part of the file wants; one with a default is not wanted."""
    match value:
        case str():
            return {
                found[2] for found in _VARIABLE.finditer(value) if found[2] and found[3] is None
            }
        case dict():
            return {name for each in value.values() for name in variables_of(each)}
        case list():
            return {name for each in value for name in variables_of(each)}
        case _:
            return set()


def _value(found: re.Match[str], variables: Mapping[str, str]) -> str:
    """What a variable stands for, as `docker compose` puts it in."""
    if found[1]:
        return "$"
    # With a default, an empty variable counts as none.
    return variables[found[2]] if found[3] is None else variables.get(found[2]) or found[3]


def _filled(value: object, variables: Mapping[str, str]) -> object:
    match value:
        case str():
            return _VARIABLE.sub(lambda found: _value(found, variables), value)
        case dict():
            return {key: _filled(each, variables) for key, each in value.items()}
        case list():
            return [_filled(each, variables) for each in value]
        case _:
            return value
