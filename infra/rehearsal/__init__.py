"""The national rehearsal: an invented election night, as real nights go, from one seed.

Prefectures, districts, blocks and seats are the real ones. Parties, candidates, counting districts
and every figure are invented; nothing in it may be mistaken for a result.
"""

from infra.rehearsal.declaring import Declarations, Standings, declared_by_law
from infra.rehearsal.night import Moment, Night, national_night
from infra.rehearsal.papers import write_papers
from infra.rehearsal.playing import Played, play

__all__ = [
    "Declarations",
    "Moment",
    "Night",
    "Played",
    "Standings",
    "declared_by_law",
    "national_night",
    "play",
    "write_papers",
]
