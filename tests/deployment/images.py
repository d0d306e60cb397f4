"""The images of the compose file as programs of this machine: what each begins with.

PostgreSQL is that of the wheel, Kafka that of the tests of Kafka, nginx and Prometheus are those of
the system. `kaihyo` runs from this tree with the environment that the Dockerfile sets.
"""

import os
import pwd
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from infra.adapters.postgres.embedded import program
from tests.deployment.compose import DOCS, Service
from tests.deployment.place import Place
from tests.kafka.broker import LOGGING, libraries, missing

ROOT = Path(__file__).parents[2]
_ENTRYPOINTS = Path(__file__).parent / "entrypoints"
_SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_JAVA = "java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
PGDATA = "/var/lib/postgresql/18/docker"


class Begun(NamedTuple):
    """How a service is begun.

    Attributes:
        argv: Program and arguments.
        environment: All of it.
        user: Who runs it; None for who runs the drill.
    """

    argv: list[str]
    environment: dict[str, str]
    user: str | None = None


def lacking() -> str:
    """What this machine lacks for the drill; empty when it lacks nothing."""
    if os.uname().sysname != "Linux":
        return "only Linux has a whole network of addresses on its loopback"
    if shutil.which("nginx", path=_SYSTEM) is None:
        return "nginx is not there; install it with: apt-get install nginx-light"
    if shutil.which("prometheus", path=_SYSTEM) is None:
        return "prometheus is not there; install it with: apt-get install prometheus"
    return missing()


def begun(service: Service, place: Place) -> Begun:
    """The program that a service is, with its arguments and its environment."""
    place.prepare(service)
    root = place.root(service)
    root.mkdir(parents=True, exist_ok=True)
    arguments = [place.text(each, service) for each in (*service.entrypoint, *service.command)]
    given = place.environment(service)
    match service.image.partition(":")[0]:
        case "kaihyo":
            image = {name: place.text(value, service) for name, value in _of_image().items()}
            return Begun(["kaihyo", *arguments], _environment(root, image, given))
        case "postgres":
            return _postgres(service, place, arguments, given)
        case "apache/kafka":
            kafka_scripts(root / "bin", root)
            return Begun([str(_ENTRYPOINTS / "kafka.sh")], _environment(root, given))
        case "nginx":
            return _nginx(root, arguments, given)
        case "prom/prometheus":
            return Begun(["prometheus", *arguments], _environment(root, given))
    raise LookupError(f"no program stands for the image {service.image}")


def kafka_scripts(folder: Path, work: Path) -> None:
    """The scripts of Kafka's distribution that are used, for the jars of the tests."""
    logging = work / "log4j2.xml"
    logging.write_text(LOGGING, encoding="utf-8")
    java = f"{_JAVA} -Dlog4j2.configurationFile={logging} -cp '{libraries()}/*'"
    write_program(folder / "kafka-storage.sh", f'exec {java} kafka.tools.StorageTool "$@"')
    write_program(folder / "kafka-server-start.sh", f'exec {java} kafka.Kafka "$@"')


def write_program(path: Path, text: str) -> None:
    """A program of one line of shell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def system_user() -> str | None:
    """Who runs PostgreSQL, which refuses to be run by root; None when that is not us."""
    return "postgres" if os.geteuid() == 0 and pwd.getpwnam("postgres") else None


def _of_image() -> dict[str, str]:
    """What the Dockerfile says of the environment, but for the path of its own programs."""
    text = (DOCS / "Dockerfile").read_text("utf-8")
    found = dict(re.findall(r"^ENV (\w+)=(\S+)$", text, re.MULTILINE))
    found.pop("PATH")
    return found


def _environment(root: Path, *parts: Mapping[str, str]) -> dict[str, str]:
    """Nothing of the environment of the drill but where programs are."""
    own = root / "bin"
    write_program(
        own / "kaihyo",
        f"""exec {sys.executable} -c 'from api.cli.main import main; main()' "$@\"""",
    )
    merged = {name: value for part in parts for name, value in part.items()}
    path = f"{own}:{Path(sys.executable).parent}:{_SYSTEM}"
    return {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **merged, "PATH": path}


def _postgres(service: Service, place: Place, arguments: list[str], given: dict[str, str]) -> Begun:
    root = place.root(service)
    # The address of a socket has room for a hundred characters, a folder of tests may have more.
    sockets = Path(tempfile.mkdtemp(prefix="kaihyo-drill-"))
    real = program("postgres")
    network = f"-c listen_addresses={place.address(service.name)}"
    write_program(
        root / "bin" / "postgres",
        f'exec {real} "$@" {network} -c unix_socket_directories={sockets}',
    )
    environment = _environment(
        root,
        given,
        {
            "PGDATA": str(place.mounted(service)["/var/lib/postgresql"] / "18" / "docker"),
            "PGHOST": str(sockets),
            "PGUSER": "postgres",
            "INITIAL": str(root / "docker-entrypoint-initdb.d"),
        },
    )
    environment["PATH"] = f"{root / 'bin'}:{real.parent}:{environment['PATH']}"
    user = system_user()
    if user is not None:
        for folder in (*place.mounted(service).values(), sockets):
            shutil.chown(folder, user)
    argv = arguments if service.entrypoint else [str(_ENTRYPOINTS / "postgres.sh"), *arguments]
    return Begun(argv, environment, user)


def _nginx(root: Path, arguments: list[str], given: dict[str, str]) -> Begun:
    conf = root / "etc" / "nginx" / "nginx.conf"
    conf.write_text(understood(conf.read_text("utf-8")), "utf-8")
    argv = [*arguments, "-p", str(root), "-c", str(conf)]
    return Begun(argv, _environment(root, given))


def understood(conf: str) -> str:
    """A configuration as the nginx of Debian 12 understands it: HTTP/2 had no switch of its own."""
    return conf.replace("http2 on;", "").replace("8443 ssl;", "8443 ssl http2;")
