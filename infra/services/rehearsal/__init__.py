"""The national rehearsal: an invented election night, as real nights go, from one seed.

Prefectures, districts, blocks and seats are the real ones. Parties, candidates, counting districts
and every figure are invented; nothing in it may be mistaken for a result.
"""

from infra.services.rehearsal.declare_results import Declarations, Standings, declare_by_law
from infra.services.rehearsal.play_night import Played, play
from infra.services.rehearsal.printed_sheets import write_papers
from infra.services.rehearsal.rehearsal_night import (
    Moment,
    RehearsalNight,
    national_night,
    rehearsal_night,
)

__all__ = [
    "Declarations",
    "Moment",
    "Played",
    "RehearsalNight",
    "Standings",
    "declare_by_law",
    "national_night",
    "play",
    "rehearsal_night",
    "write_papers",
]
