"""The drill: the whole deployment is begun, machines are taken away from it, and it is ended.

    python -m tests.deployment.drill

runs every service of docs/deployment/compose.yaml as processes on addresses of the loopback
(`place` says what is changed), posts and reads through nginx all the while, and says what it saw
and when. Whatever does not hold ends it with an error; the folder with all logs is then kept.
"""

import shutil
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from infra.services.rehearsal import national_night
from tests.deployment.compose import COMPOSE
from tests.deployment.images import lacking
from tests.deployment.monitor import require_figures
from tests.deployment.offices import Offices
from tests.deployment.processes import Deployment, wait_until
from tests.deployment.readers import BASE, Readers, documents_of, head_of, health_of

NODES = ("node1", "node2", "node3", "node4")
JAVA_ENDED = 143
"""What Java gives when it was told to end and did."""
_FIRST = ("primary", "kafka1", "kafka2", "kafka3")
_LAST = ("kafka1", "kafka2", "kafka3", "standby", "primary")
_OF_THE_LOG = ("writer1", "writer2", "tiles", "relay", "sequencer")
_PROMOTE = ("psql", "--command", "SELECT pg_promote()")
_WAIT_FOR_THE_STANDBY = (
    "psql",
    "--command=ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (standby)'",
    "--command=SELECT pg_reload_conf()",
)
_IN_STEP = ("psql", "-At", "--command=SELECT sync_state FROM pg_stat_replication")
_MANY = 20


class Drill:
    """One deployment with offices and readers at its door.

    Args:
        folder: For everything; others than its owner must be able to pass.
    """

    def __init__(self, folder: Path) -> None:
        tls = folder / "tls"
        self.deployment = Deployment(folder, variables(tls))
        front = self.deployment.place.address("front")
        make_certificate(tls, front)
        trusted = ssl.create_default_context(cafile=tls / "tls.crt")
        self._client = httpx.Client(base_url=f"https://{front}:8443", verify=trusted, timeout=60)
        night = national_night(seed=1, scale=0.02, reports=3)
        self._definitions = list(night.definitions())
        timeline = (moment.submission for moment in night.timeline())
        self.offices = Offices(self._client, f"{BASE}/submissions", timeline)
        self.readers = Readers(self._client, f"{BASE}/national.json")
        self._began = time.monotonic()

    def start(self, without: Collection[str] = ()) -> None:
        """Begin everything, and wait until every health check says yes."""
        for name in _FIRST:
            self.deployment[name].start()
        self.deployment.wait_healthy("primary")
        rest = [
            name for name in self.deployment.services if name not in _FIRST and name not in without
        ]
        self.deployment.start(rest)
        for name in _FIRST:
            self.deployment.wait_healthy(name)
        self.tell(f"{len(rest) + len(_FIRST)} services are well")

    def define(self) -> None:
        """Define the election through the front."""
        self.offices.post_all(self._definitions)
        self.tell(f"{len(self._definitions)} definitions posted through nginx")

    @contextmanager
    def night(self) -> Iterator[None]:
        """Offices post and readers look while the block runs; no reader notices anything."""
        with self.readers.looking(), self.offices.posting():
            yield
        assert self.readers.failures == []
        self.tell(
            f"{len(self.offices.receipts)} postings acknowledged, the slowest after "
            f"{max(self.offices.waits):.1f} s; {len(self.offices.failures)} sent again; "
            f"{self.readers.answered} answers to readers, none bad"
        )

    def require_alike(self, names: Iterable[str]) -> None:
        """Services come to show all that was acknowledged, and agree to the byte."""
        position = self.offices.last_position
        addresses = [self.deployment[name].address for name in names]
        for address in addresses:
            self._wait_for_head(address, position)
        pages = [documents_of(address, position) for address in addresses]
        assert all(page == pages[0] for page in pages)
        self.tell(f"{len(pages[0])} documents at {position} alike on {', '.join(names)}")

    def require_figures(self) -> None:
        """Every figure of alerts and dashboard is really there."""
        found = require_figures(self.deployment["prometheus"].address)
        self.tell(f"{found} figures of alerts and dashboard are there")

    def lose(self, *names: str) -> None:
        """Machines are gone at once; nobody waits for them."""
        for name in names:
            self.deployment[name].kill()
        seconds = self._wait_for_receipts(_MANY)
        self.tell(f"{', '.join(names)} killed; {_MANY} more postings after {seconds:.1f} s")

    def bring_back(self, *names: str) -> None:
        """Machines come back with what they had on disk."""
        self.deployment.start(names)
        self.tell(f"{', '.join(names)} are back and well")

    def lose_primary(self, still: Iterable[str] = _OF_THE_LOG) -> None:
        """The primary is gone; the standby is promoted, and nobody is told anything else."""
        acknowledged = dict(self.offices.receipts)
        self.deployment["primary"].kill()
        promoted = self.deployment["standby"].run(*_PROMOTE)
        assert promoted.returncode == 0, promoted.stderr
        seconds = self._wait_for_receipts(1)
        self.require_recorded(acknowledged)
        self.tell(f"primary killed, standby promoted; next receipt after {seconds:.1f} s")
        for name in still:
            self.deployment.wait_healthy(name)

    def turn_primary(self) -> None:
        """What was the primary comes back as the standby; again two disks hold what is answered."""
        self.deployment.turn("primary", COMPOSE.with_name("compose.turned.yaml"))
        asked = self.deployment["standby"].run(*_WAIT_FOR_THE_STANDBY)
        assert asked.returncode == 0, asked.stderr
        self._wait_for_receipts(1)
        wait_until(self._is_in_step, "the new standby is in step")
        self.tell("the lost primary is back as standby, and commits wait for it")

    def end(self, *names: str) -> None:
        """Services are told to end: each does, within its grace, with nothing in hand."""
        for name in names:
            self.deployment[name].tell()
        for name in names:
            code = self.deployment[name].ended()
            of_kafka = self.deployment[name].service.image.startswith("apache/kafka")
            assert code == (JAVA_ENDED if of_kafka else 0), (name, code)
        self.tell(f"ended as told: {', '.join(names)}")

    def end_all(self) -> None:
        """Everything that runs is told to end."""
        alive = [name for name, each in self.deployment.services.items() if each.alive]
        self.end(*(name for name in alive if name not in _LAST))
        self.end(*(name for name in _LAST if name in alive))

    def require_recorded(self, submissions: Iterable[str]) -> None:
        """Everything acknowledged is recorded once, where its receipt says."""
        found = self.deployment["standby"].run(
            *("psql", "--dbname=kaihyo", "--tuples-only", "--no-align", "--command"),
            "SELECT submission_id, last_position FROM rehearsal_rehearsal.submissions",
        )
        assert found.returncode == 0, found.stderr
        recorded = dict(line.rsplit("|", 1) for line in found.stdout.split())
        for submission in submissions:
            assert int(recorded[submission]) == self.offices.receipts[submission].position

    def require_vouched(self) -> None:
        """The transparency log comes to hold all that was acknowledged, and says so."""
        position = self.offices.last_position

        def vouched() -> bool:
            answer = self._client.get(f"{BASE}/log/checkpoint")
            return answer.status_code == 200 and int(answer.text.splitlines()[1]) >= position

        wait_until(vouched, f"a checkpoint vouches for {position}")
        self.tell(f"a signed checkpoint vouches for {position} entries")

    def require_rebuilt(self) -> None:
        """The log, read anew, gives the documents that the writers showed last."""
        found = self.deployment["writer1"].run("kaihyo", "rebuild")
        assert found.returncode == 0, found.stdout + found.stderr
        assert "一致" in found.stdout, found.stdout
        self.tell("rebuilt from the log: the digest is the one that the writers left")

    def tell(self, sentence: str) -> None:
        """Say what was seen, and when."""
        sys.stdout.write(f"{time.monotonic() - self._began:6.1f} s  {sentence}\n")
        sys.stdout.flush()

    def close(self) -> None:
        """Leave nothing running."""
        self._client.close()
        self.deployment.kill_all()

    def _is_in_step(self) -> bool:
        asked = self.deployment["standby"].run(*_IN_STEP)
        return asked.stdout.strip() == "sync"

    def _wait_for_receipts(self, more: int) -> float:
        wanted = len(self.offices.receipts) + more
        return wait_until(lambda: len(self.offices.receipts) >= wanted, "postings go on")

    def _wait_for_head(self, address: str, position: int) -> None:
        try:
            wait_until(lambda: head_of(address) >= position, f"{address} shows {position}")
        except TimeoutError:
            # Which of the two stands still is what one has to know first.
            self.tell(health_of(address, 8000))
            self.tell(health_of(self.deployment["relay"].address, 9101))
            raise


def variables(tls: Path) -> dict[str, str]:
    """What the compose file wants from the environment."""
    return {
        "POSTGRES_PASSWORD": "of-the-superuser",
        "KAIHYO_PASSWORD": "of-the-services",
        "REPLICATION_PASSWORD": "of-the-standby",
        "KAIHYO_ELECTION": "rehearsal",
        "KAIHYO_ENVIRONMENT": "rehearsal",
        "KAIHYO_LOG_PLACE": "log.example/kaihyo",
        "TLS_FOLDER": str(tls),
    }


def make_certificate(folder: Path, address: str) -> None:
    """A certificate for an address that only its own holder vouches for."""
    folder.mkdir(parents=True)
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=kaihyo", "-addext"]
    command += [f"subjectAltName=IP:{address}", "-keyout", str(folder / "tls.key")]
    command += ["-out", str(folder / "tls.crt")]
    subprocess.run(command, check=True, capture_output=True)


def run(folder: Path) -> None:
    """The whole drill."""
    drill = Drill(folder)
    try:
        drill.start()
        drill.define()
        with drill.night():
            drill.require_alike(NODES)
            drill.require_figures()
            drill.lose("writer1", "kafka1", "node1")
            drill.require_alike(NODES[1:])
            drill.bring_back("writer1", "kafka1", "node1")
            drill.lose_primary()
            drill.turn_primary()
            # One of them has the postings.
            drill.end("writer1")
            drill.bring_back("writer1")
            drill.end("writer2")
        drill.require_alike((*NODES, "writer1"))
        drill.require_recorded(drill.offices.receipts)
        drill.require_vouched()
        drill.end("writer1")
        drill.require_rebuilt()
        drill.end_all()
    finally:
        drill.close()


def main() -> None:
    """Run the drill in a folder that is kept when something does not hold."""
    if lack := lacking():
        sys.exit(lack)
    folder = Path(tempfile.mkdtemp(prefix="kaihyo-drill-"))
    folder.chmod(0o755)
    sys.stdout.write(f"logs in {folder}\n")
    run(folder)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
