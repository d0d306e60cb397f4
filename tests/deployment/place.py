"""Where the things of the compose file are when its services run as processes of one machine.

    in the file                               here
    the name of a service in an address       an address of the loopback of its own
    0.0.0.0, 127.0.0.1, no address, a port    that same address
    a volume, a mounted file                  a folder of the drill
    an image                                  a program of this machine, see `images`
    ports 80 and 443                          8080 and 8443, which need no rights

Nothing else is changed: commands, environment and ports are those of the file.
"""

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.deployment.compose import DOCS, Service

_REWRITTEN = (".conf", ".yml", ".yaml")
_LISTEN = re.compile(r"listen (80|443)\b")


class Place:
    """Addresses and folders of one drill.

    Args:
        folder: For everything.
        names: The services, in the order of the file.
    """

    def __init__(self, folder: Path, names: list[str]) -> None:
        self.folder = folder
        self._net = f"127.{os.getpid() // 250 % 250 + 1}.{os.getpid() % 250 + 1}"
        self._numbers = {name: number for number, name in enumerate(names, start=1)}
        known = "|".join(sorted(names, key=len, reverse=True))
        # With a port behind it, or where a list of hosts stands.
        self._name = re.compile(rf"\b({known})(?=:\d)|(?<=[@,=])({known})(?=[,/ ]|$)")

    def address(self, name: str) -> str:
        """The address of a service."""
        return f"{self._net}.{self._numbers[name]}"

    def root(self, service: Service) -> Path:
        """What stands for the root of the file system of a service."""
        return self.folder / service.name

    def text(self, text: str, service: Service) -> str:
        """A text of the file, as it has to be here."""
        own = self.address(service.name)
        text = self._paths(text, service)
        text = self._name.sub(lambda found: self.address(found[1] or found[2]), text)
        text = re.sub(r"\b(0\.0\.0\.0|127\.0\.0\.1)\b", own, text)
        text = re.sub(r"(?<=[/=])(?=:\d)", own, text)
        return re.sub(rf"(?<={re.escape(own)}):80(?=/)", ":8080", text)

    def environment(self, service: Service) -> dict[str, str]:
        """The environment of a service."""
        return {name: self.text(value, service) for name, value in service.environment.items()}

    def mounted(self, service: Service) -> dict[str, Path]:
        """Where the mounts of a service are: by their path in the service."""
        found = {path: self.root(service) / path[1:] for path in service.tmpfs if "/" in path[1:]}
        for volume in service.volumes:
            source, target, *_ = volume.split(":")
            found[target] = self._source(source, target, service)
        return found

    def prepare(self, service: Service) -> None:
        """Make the folders and files of a service."""
        for target, path in self.mounted(service).items():
            original = DOCS / target.rpartition("/")[2]
            if path.suffix and original.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(original, path)
                if path.suffix in _REWRITTEN:
                    path.write_text(self._configured(path.read_text("utf-8"), service), "utf-8")
            else:
                path.mkdir(parents=True, exist_ok=True)

    def _source(self, source: str, target: str, service: Service) -> Path:
        if source.startswith("./"):
            return self.root(service) / target[1:]
        return Path(source) if source.startswith("/") else self.folder / "volumes" / source

    def _paths(self, text: str, service: Service) -> str:
        mounted: Mapping[str, Path] = self.mounted(service)
        if not mounted:
            return text
        known = "|".join(re.escape(path) for path in sorted(mounted, key=len, reverse=True))
        pattern = re.compile(rf"(?<![\w./-])({known})(?![\w-])")
        return pattern.sub(lambda found: str(mounted[found[1]]), text)

    def _configured(self, text: str, service: Service) -> str:
        own = self.address(service.name)
        text = _LISTEN.sub(lambda found: f"listen {own}:{8000 + int(found[1])}", text)
        return self.text(text, service)
