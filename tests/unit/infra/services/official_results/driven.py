"""A replay against a log in memory, with the fold that reads it."""

from pathlib import Path

from aggregates.election.identifiers import Environment
from infra.services.official_results.replay import Replayed, plan_publication, replay
from infra.services.official_results.table_files import read_folder, read_publication
from infra.services.signing.simulated_offices import SimulatedOffices
from projections.election_projection import ElectionProjection
from projections.official.plan.replay_plan import plan_replay
from tests.unit.infra.services.rehearsal.recording import Recording


class Driven:
    """The log and its fold; the fold is brought up to the log whenever it is asked for."""

    def __init__(self) -> None:
        self.recording = Recording()
        self.staff = SimulatedOffices(bytes(32), self.recording.take)
        self._night = ElectionProjection()

    def night(self) -> ElectionProjection:
        first = self._night.position
        self._night.apply_all(enumerate(self.recording.events[first:], start=first + 1))
        return self._night


def replayed(path: Path, environment: Environment = "live") -> Replayed:
    """Replay a folder into an empty log."""
    driven = Driven()
    return replay(plan_replay(read_folder(path), environment), driven.staff.post, driven.night)


def replay_publication(path: Path) -> tuple[Driven, Replayed]:
    """Replay a publication of either house into an empty log."""
    driven = Driven()
    plan = plan_publication(read_publication(path))
    return driven, replay(plan, driven.staff.post, driven.night)
