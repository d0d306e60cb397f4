"""Every service of the compose file as a process of its own, on addresses of its own."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tests.deployment.compose import Service, overridden, seconds, services
from tests.deployment.images import Begun, begun
from tests.deployment.place import Place

START_SECONDS_MAX = 200.0
_LOOK_SECONDS = 0.1
_SLOWNESS = 4
"""All services are on one machine here, which has other things to do."""
_HEALTH_SECONDS = 0.5
"""A health check is a process of its own."""


class Running:
    """One service, which can be asked, ended, killed and begun again."""

    def __init__(self, service: Service, place: Place) -> None:
        self.service = service
        self.address = place.address(service.name)
        self._place = place
        self._begun: Begun | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._wanted = False
        self.restarts = 0

    @property
    def output(self) -> Path:
        """What it says."""
        return self._place.folder / f"{self.service.name}.log"

    def start(self) -> None:
        """Begin it; a moment later it is well."""
        self._wanted = True
        self._begun = self._begun or begun(self.service, self._place)
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                self._begun.argv,
                env=self._begun.environment,
                user=self._begun.user,
                cwd=self._place.root(self.service),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def alive(self) -> bool:
        """Whether its process is there."""
        return self._process is not None and self._process.poll() is None

    def healthy(self) -> bool:
        """What the health check of the file says."""
        self._restart()
        health = self.service.healthcheck
        if health is None or not self.alive:
            return self.alive
        kind, *command = health.test
        assert kind == "CMD", health.test
        try:
            return self.run(*command, timeout=seconds(health.timeout)).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    def run(self, *command: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Run a command inside, as `docker compose exec` does."""
        assert self._begun is not None
        return subprocess.run(
            [self._place.text(each, self.service) for each in command],
            env=self._begun.environment,
            user=self._begun.user,
            cwd=self._place.root(self.service),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def kill(self) -> None:
        """End it, and all that it began, as a power cut does."""
        self._wanted = False
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def tell(self) -> None:
        """Tell it to end, as an operator does."""
        self._wanted = False
        if self._process is not None and self.alive:
            self._process.send_signal(signal.Signals[self.service.stop_signal])

    def ended(self) -> int:
        """Wait until it has ended; gives its exit code.

        Raises:
            TimeoutExpired: It did not end within its grace, on a machine of its own.
        """
        assert self._process is not None
        return self._process.wait(timeout=_SLOWNESS * self.service.grace_seconds)

    def stop(self) -> int:
        """Tell it to end and wait; gives its exit code."""
        self.tell()
        return self.ended()

    def _restart(self) -> None:
        """What `restart: unless-stopped` does for one that ended by itself."""
        if self._wanted and not self.alive:
            self.restarts += 1
            self.start()


class Deployment:
    """The services of the file by name.

    Args:
        folder: For volumes, settings and what the services say.
        variables: What the file wants from the environment.
    """

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self._variables = variables
        found = services(variables)
        self.place = Place(folder, list(found))
        self.services = {name: Running(each, self.place) for name, each in found.items()}

    def turn(self, name: str, path: Path) -> None:
        """Begin a lost service as a second file has it, on empty volumes."""
        lost = self.services[name]
        lost.kill()
        for folder in self.place.mounted(lost.service).values():
            if folder.is_dir():
                shutil.rmtree(folder)
        service = overridden(lost.service, path, self._variables)
        self.services[name] = Running(service, self.place)
        self.start([name])

    def __getitem__(self, name: str) -> Running:
        return self.services[name]

    def start(self, names: Iterable[str]) -> None:
        """Begin services, and wait until their health checks say yes."""
        chosen = [self.services[name] for name in names]
        for each in chosen:
            each.start()
        for each in chosen:
            self.wait_healthy(each.service.name)

    def wait_healthy(self, name: str) -> None:
        """Wait until a service is well."""
        service = self.services[name]
        what = f"{name} is well; see {service.output}"
        wait_until(service.healthy, what, pause_seconds=_HEALTH_SECONDS)

    def kill_all(self) -> None:
        """Leave nothing behind."""
        for each in self.services.values():
            each.kill()


def wait_until(
    question: Callable[[], bool],
    what: str,
    seconds_max: float = START_SECONDS_MAX,
    *,
    pause_seconds: float = _LOOK_SECONDS,
) -> float:
    """Wait until something is the case; gives how long it took."""
    began = time.monotonic()
    while not question():
        if time.monotonic() - began > seconds_max:
            raise TimeoutError(f"not after {seconds_max:.0f} s: {what}")
        time.sleep(pause_seconds)
    return time.monotonic() - began
