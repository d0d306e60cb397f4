"""PostgreSQL and Kafka as the Kubernetes manifests begin them: their very scripts, on loopback.

What is changed: names of pods become addresses, mounted folders become folders of the test, and of
the three brokers there is one, so every number of copies is one.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from infra.adapters.kafka.kafka_settings import KafkaSettings
from tests.deployment.authority import Authority
from tests.deployment.compose import DOCS
from tests.deployment.images import ROOT, kafka_scripts, system_user, write_program
from tests.deployment.processes import wait_until

PASSWORDS = {"relay": "of-relay", "reader": "of-reader", "results": "of-results", "partner": "x"}
_SCRIPTS = DOCS / "kubernetes"
_PROPERTIES = "/tmp/server.properties"  # noqa: S108 - as the script names it, to be replaced
_ENTRYPOINTS = Path(__file__).parent / "entrypoints"
_NET = f"127.{os.getpid() // 250 % 250 + 1}.{os.getpid() % 250 + 1}"
KAFKA_ADDRESS = f"{_NET}.200"
POSTGRES_ADDRESSES = (f"{_NET}.201", f"{_NET}.202")


def openssl_postgres() -> Path | None:
    """The programs of a PostgreSQL that speaks TLS, which that of the wheel does not."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return found[-1].parent if found else None


@contextmanager
def brokers(folder: Path, authority: Authority) -> Iterator[str]:
    """One broker by kafka.sh, with the users of the roles; gives where clients come in."""
    (folder / "data").mkdir(parents=True)
    authority.sign(folder / "tls", KAFKA_ADDRESS)
    kafka_scripts(folder / "bin", folder)
    changes = {
        "1@kafka-1.kafka:9093,2@kafka-2.kafka:9093": "",
        "kafka-0.kafka:9093,": f"{KAFKA_ADDRESS}:9093",
        "$HOSTNAME.kafka": KAFKA_ADDRESS,
        "://:": f"://{KAFKA_ADDRESS}:",
        ".factor=3": ".factor=1",
        "isr=2": "isr=1",
        "replicas=2": "replicas=1",
        _PROPERTIES: f"{folder}/server.properties",
        "/tls/": f"{folder}/tls/",
        "/data/": f"{folder}/data/",
        "/opt/kafka": str(folder),
    }
    script = _changed(_SCRIPTS / "kafka.sh", folder / "kafka.sh", changes)
    passwords = {f"{name.upper()}_PASSWORD": value for name, value in PASSWORDS.items()}
    secrets = {"CLUSTER_ID": "a2FpaHlvLXNlY3VyZWQtMQ", "HOSTNAME": "kafka-0", **passwords}
    with _running(["bash", str(script)], folder, secrets):
        wait_until(lambda: _allowed(folder), f"the broker answers; see {folder}/log")
        yield f"{KAFKA_ADDRESS}:9094"


def settings_of(role: str, place: str, authority: Authority, prefix: str) -> KafkaSettings:
    """What the manifests tell a service of this role."""
    return KafkaSettings(
        brokers=place,
        prefix=prefix,
        replication=1,
        security="SASL_SSL",
        ca_file=authority.certificate,
        username=role,
        password=SecretStr(PASSWORDS[role]),
        timeout_seconds=3,
        delivery_seconds=8,
    )


@contextmanager
def databases(folder: Path, authority: Authority) -> Iterator[str]:
    """A primary and its standby by postgres.sh; gives the address for `kaihyo`, less the CA."""
    programs = openssl_postgres()
    assert programs is not None
    with _database(folder, authority, 0, programs), _database(folder, authority, 1, programs):
        hosts = ",".join(POSTGRES_ADDRESSES)
        yield f"postgresql://kaihyo:of-kaihyo@{hosts}/kaihyo?target_session_attrs=read-write"


@contextmanager
def _database(folder: Path, authority: Authority, number: int, programs: Path) -> Iterator[None]:
    root = folder / f"postgres-{number}"
    script = _database_script(root, authority, POSTGRES_ADDRESSES[number], programs)
    environment = {
        "HOME": str(root),
        "HOSTNAME": f"postgres-{number}",
        "PRIMARY": "postgres-0",
        "ACCESS": "hostssl",
        "POSTGRES_DB": "kaihyo",
        "POSTGRES_PASSWORD": "of-postgres",
        "KAIHYO_PASSWORD": "of-kaihyo",
        "REPLICATION_PASSWORD": "of-standby",
        "PGDATA": f"{root}/data",
        "PGHOST": f"{root}/sockets",
        "PGUSER": "postgres",
        "INITIAL": f"{root}/initial",
        "PATH": f"{root}/bin:{programs}:{os.environ['PATH']}",
    }
    ready = ["pg_isready", f"--host={POSTGRES_ADDRESSES[number]}", "--username=postgres"]

    def answers() -> bool:
        return not subprocess.run(
            ready, env=environment, capture_output=True, check=False
        ).returncode

    with _running(["bash", str(script)], root, environment, user=system_user()):
        wait_until(answers, f"PostgreSQL answers; see {root}/log")
        yield


def _database_script(root: Path, authority: Authority, address: str, programs: Path) -> Path:
    """Everything that the pod has mounted, owned by who runs it; gives its script."""
    (root / "sockets").mkdir(parents=True)
    authority.sign(root / "tls", address)
    changes = {"/tls/": f"{root}/tls/", "/scripts/": f"{DOCS}/"}
    changes["host=$primary.postgres"] = f"host={POSTGRES_ADDRESSES[0]}"
    script = _changed(_SCRIPTS / "postgres.sh", root / "postgres.sh", changes)
    (root / "initial").mkdir()
    shutil.copy(DOCS / "roles.sh", root / "initial")
    shutil.copy(DOCS / "roles.sql", root)
    own = f"-c listen_addresses={address} -c unix_socket_directories={root}/sockets"
    write_program(root / "bin" / "postgres", f'exec {programs}/postgres "$@" {own}')
    write_program(root / "bin" / "docker-entrypoint.sh", f'exec {_ENTRYPOINTS}/postgres.sh "$@"')
    if (user := system_user()) is not None:
        for path in (root, *root.rglob("*")):
            shutil.chown(path, user)
    return script


def _allowed(folder: Path) -> bool:
    """Whether the access rules could be said."""
    acls = _changed(_SCRIPTS / "acls.sh", folder / "acls.sh", {"/opt/kafka": str(folder)})
    python = f"PYTHONPATH={ROOT} exec {sys.executable} -m tests.deployment.acls"
    write_program(folder / "bin" / "kafka-acls.sh", f'{python} "$@"')
    environment = {**os.environ, "BROKER": f"{KAFKA_ADDRESS}:9092"}
    done = subprocess.run(
        ["bash", str(acls), "secured"], env=environment, capture_output=True, check=False
    )
    return done.returncode == 0


def _changed(script: Path, copy: Path, changes: Mapping[str, str]) -> Path:
    text = script.read_text("utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    copy.write_text(text, encoding="utf-8")
    return copy


@contextmanager
def _running(
    command: list[str], folder: Path, environment: Mapping[str, str], user: str | None = None
) -> Iterator[None]:
    merged = {**os.environ, **environment}
    with (folder / "log").open("ab") as output:
        process = subprocess.Popen(
            command,
            env=merged,
            user=user,
            cwd=folder,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
