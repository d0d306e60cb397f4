"""TLS and passwords, on the servers that the Kubernetes manifests begin.

What fits works; what does not is refused with a sentence, neither with a traceback nor in silence.
"""

import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from api.cli.main import main
from infra.adapters.event_log import Log
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.adapters.postgres.embedded import let_pass
from tests.deployment.authority import Authority
from tests.deployment.secured import brokers, databases, openssl_postgres, settings_of
from tests.kafka.broker import missing
from tests.kafka.nights import NAME, Script, script
from tests.kafka.processes import Service, environment_of
from tests.kafka.running import reading
from tests.support.waiting import SECONDS_MAX, wait_until

PREFIX = "secured"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("secured")
    let_pass(made / "x")
    made.chmod(0o755)
    return made


class Roots(NamedTuple):
    """Who vouches for the servers, and somebody who does not."""

    own: Authority
    stranger: Authority


@pytest.fixture(scope="module")
def roots(folder: Path) -> Roots:
    return Roots(Authority(folder / "ca"), Authority(folder / "stranger", "somebody else"))


@pytest.fixture(scope="module")
def database(folder: Path, roots: Roots) -> Iterator[str]:
    if openssl_postgres() is None:
        pytest.skip("no PostgreSQL with TLS; install it with: apt-get install postgresql")
    with databases(folder / "postgres", roots.own) as address:
        yield f"{address}&sslmode=verify-full"


@pytest.fixture(scope="module")
def place(folder: Path, roots: Roots) -> Iterator[str]:
    if missing():
        pytest.skip(missing())
    with brokers(folder / "kafka", roots.own) as address:
        yield address


@pytest.fixture(scope="module")
def log(database: str, roots: Roots) -> Iterator[Log]:
    with Log(f"{database}&sslrootcert={roots.own.certificate}", NAME) as opened:
        yield opened


@pytest.fixture(scope="module")
def night(log: Log) -> Script:
    found = script()
    found.post(log, 0, 200)
    return found


Ended = Callable[[list[str], dict[str, str]], tuple[int, str]]


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Ended]:
    """Runs a command that ends by itself; gives its exit code and what it said."""
    handler = signal.getsignal(signal.SIGTERM)

    def run(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["kaihyo", *command])
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as ending:
            main()
        code = ending.value.code
        said = capfd.readouterr().err
        return (code, said) if isinstance(code, int) else (1, f"{said}{code}")

    yield run
    signal.signal(signal.SIGTERM, handler)


def test_the_services_have_tls_and_no_right_but_their_own(log: Log, night: Script) -> None:
    with psycopg.connect(log.conninfo) as connection:
        assert connection.pgconn.ssl_in_use
        question = "SELECT current_user, rolsuper, rolcreatedb, rolcreaterole, rolreplication "
        row = connection.execute(question + "FROM pg_roles WHERE rolname = current_user").fetchone()
        assert row == ("kaihyo", False, False, False, False)
    # Both copies have it: the commit waited for the standby.
    assert log.reader.copies()[:2] == (True, 1)
    assert log.reader.last_position() >= len(night.submissions[:200])


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("stranger", "certificate verify failed"),
        ("no TLS", "no encryption"),
        ("password", "password"),
    ],
)
def test_what_does_not_fit_the_database_is_a_sentence(
    database: str, roots: Roots, ended: Ended, other: str, said: str
) -> None:
    trusted = roots.stranger if other == "stranger" else roots.own
    address = f"{database}&sslrootcert={trusted.certificate}"
    if other == "no TLS":
        address = address.replace("verify-full", "disable")
    if other == "password":
        address = address.replace("of-kaihyo", "of-nobody")
    environment = {"DATABASE_URL": address, "KAIHYO_ELECTION": "rehearsal"}
    code, output = ended(["rebuild"], {**environment, "KAIHYO_ENVIRONMENT": "rehearsal"})
    assert code == 1
    assert said in output
    assert "DATABASE_URL を確かめてください" in output
    assert "Traceback" not in output


@pytest.mark.usefixtures("night")
def test_each_role_does_its_work_with_its_own_rights(
    log: Log, place: str, roots: Roots, folder: Path
) -> None:
    known = {
        role: settings_of(role, place, roots.own, PREFIX) for role in ("relay", "reader", "results")
    }
    relay = Service(["relay", "--probe", "{port}"], told(known["relay"], log), folder / "relay.log")
    results = Service(
        ["project", "--probe", "{port}"], told(known["results"]), folder / "results.log"
    )
    relay.start()
    results.start()
    try:
        with reading(known["reader"]) as node:
            assert node.wait_for(log.reader.last_position(), SECONDS_MAX)
        wait_until(results.healthy)
        wait_until(relay.healthy)
    finally:
        assert (relay.stop(), results.stop()) == (0, 0)


@pytest.mark.parametrize("command", [["relay"], ["serve", "--from-kafka", "{}"], ["project"]])
@pytest.mark.parametrize("wrong", ["certificate", "password"])
def test_what_does_not_fit_the_brokers_is_a_sentence(
    place: str, roots: Roots, ended: Ended, command: list[str], wrong: str
) -> None:
    trusted = roots.stranger if wrong == "certificate" else roots.own
    environment = told(settings_of("reader", place, trusted, PREFIX))
    if wrong == "password":
        environment["KAIHYO_KAFKA_PASSWORD"] = "of-nobody"  # noqa: S105 - it is wrong on purpose
    code, output = ended([each.format(place) for each in command], environment)
    assert code == 1
    assert "Kafka に入れません" in output
    assert ("certificate" if wrong == "certificate" else "user reader") in output
    assert "Traceback" not in output


def told(settings: KafkaSettings, log: Log | None = None) -> dict[str, str]:
    """The environment of a service."""
    return {
        **environment_of(settings, log),
        "KAIHYO_KAFKA_SECURITY": settings.security,
        "KAIHYO_KAFKA_CA_FILE": str(settings.ca_file),
        "KAIHYO_KAFKA_USERNAME": settings.username,
        "KAIHYO_KAFKA_PASSWORD": settings.password.get_secret_value(),
    }
