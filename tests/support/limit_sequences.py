"""Random sequences of reports and answers, right and wrong; after each, every limit is looked at.

Whatever was accepted has to keep the hard limits, and has to bear exactly the notices of the soft
ones, by the plain arithmetic of `limit_oracle`. `python -m tests.support.limit_sequences 10000`
plays so many and prints what came out.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import msgspec
from typing_extensions import override

from aggregates.base import Aggregate, CommandContext, Event, Provenance
from aggregates.commands import election_commands as c
from aggregates.counting.count_events import TallyEvent
from aggregates.counting.turnout import TurnoutEvent
from aggregates.decisions.command_table import decide
from aggregates.decisions.repository import ElectionRepository
from aggregates.errors import Refusal
from infra.adapters.memory.in_memory_store import InMemoryStore
from tests import builders as b
from tests.support.limit_oracle import Oracle

STEPS = 30
DISTRICT, BLOCK = b.DISTRICT_1, b.BLOCK
CANDIDATES = ("c1", "c2", "c3")
LISTS = ("l1", "l2")
PLACES = ("13101", "13102", "13103", "13104.1", "13104.2")
PART_OF = {"13104.1": "13104", "13104.2": "13104"}
OVERLAPPING = ("13104", "13101.1")
_START = datetime(2025, 1, 5, tzinfo=UTC)
_SURVEY = {
    "command": "publish-survey",
    "questionnaire": {
        "id": "ages",
        "title": "年齢別",
        "items": [{"id": each, "title": each, "kind": "count"} for each in ("electors", "voters")],
        "within": {"electors": ["voters"]},
    },
    "units": list(PLACES),
    "due": "2025-03-01T17:00:00+09:00",
}


class _Store(InMemoryStore):
    """In memory, with the events of the last decision."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []

    @override
    def put(self, aggregate: Aggregate) -> None:
        self.events += [each for each in aggregate.pending_events if isinstance(each, Event)]
        super().put(aggregate)


class Sequence:
    """One election that is played at random.

    Attributes:
        refused: Code -> how often.
        noticed: Code -> how often.
        accepted: Reports and answers that were recorded.
    """

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._store = _Store()
        self._repository = ElectionRepository(self._store)
        self._oracle = Oracle(PLACES)
        self._sent = 0
        self._true = {place: self._truth() for place in PLACES}
        self.refused: Counter[str] = Counter()
        self.noticed: Counter[str] = Counter()
        self.accepted = 0
        self._define()

    def play(self, steps: int = STEPS) -> None:
        """Take so many steps, each of them right or wrong."""
        kinds: tuple[Callable[[], dict[str, Any]], ...] = (self._turnout, self._tally)
        weights = (8, 8, 1)
        for _ in range(steps):
            (make,) = self._random.choices((*kinds, self._answer), weights)
            command = make()
            try:
                events = self._post(command)
            except Refusal as refusal:
                self.refused[refusal.code] += 1
                continue
            self.accepted += 1
            for event in events:
                if isinstance(event, TallyEvent | TurnoutEvent):
                    self.noticed.update(each.code for each in event.notices)
                self._oracle.check(event)

    # --- definitions --------------------------------------------------------------------------

    def _define(self) -> None:
        for command in (b.election(), b.parties("ao"), _units(), _previous()):
            self._post(command)
        for place in OVERLAPPING:
            extra = b.contest("governor/13", [*PLACES[:4], place])
            try:
                self._post(extra)
            except Refusal as refusal:
                self.refused[refusal.code] += 1
            else:
                raise AssertionError(f"{place} overlaps")
        self._post(b.contest(DISTRICT, PLACES))
        self._post(b.candidates(DISTRICT, *CANDIDATES))
        self._post(b.contest(BLOCK, PLACES, 2, block="tokyo"))
        for each in LISTS:
            members = [b.member(f"{each}-{n}", n) for n in (1, 2, 3)]
            self._post(b.party_list(BLOCK, each, *members, party="ao"))
        self._post(b.OPEN)
        self._post(_SURVEY)

    def _truth(self) -> dict[str, Any]:
        electors = self._random.choice((900, 8_000, 40_000))
        men = electors * self._random.randrange(46, 50) // 100
        rate = self._random.randrange(45, 70)
        return {
            "electors": (men, electors - men),
            "voters": (men * rate // 100, (electors - men) * (rate + 1) // 100),
            "shares": (self._random.randrange(45, 60), self._random.randrange(20, 30)),
        }

    # --- reports ------------------------------------------------------------------------------

    def _turnout(self) -> dict[str, Any]:
        contest, unit = self._random.choice((DISTRICT, BLOCK)), self._random.choice(PLACES)
        true = self._true[unit]
        final = self._chance(2)
        part = 100 if final else self._random.randrange(10, 70)
        electors = self._wrong_people(true["electors"])
        voters = self._wrong_people(
            (true["voters"][0] * part // 100, true["voters"][1] * part // 100)
        )
        if self._chance(12):
            voters = electors
        figures: dict[str, Any] = dict(b.figures(electors, voters))
        if self._chance(20):
            figures["estimated"] = True
        if self._chance(6):
            on_the_day = 0 if self._chance(2) else sum(voters) // 2
            early = sum(voters) - on_the_day - self._chance(8)
            methods = {"on_the_day": on_the_day, "early": max(early, 0), "absentee": 0}
            figures["by_method"] = methods
        as_of = self._moment(final=final)
        posted = dict(b.turnout(figures, contest, unit, final=final, as_of=as_of))
        return self._maybe_correction(posted, "correct-turnout", f"turnout/{contest}/{unit}")

    def _tally(self) -> dict[str, Any]:
        contest, unit = self._random.choice((DISTRICT, BLOCK)), self._random.choice(PLACES)
        true, final = self._true[unit], self._chance(2)
        ballots = sum(true["voters"]) * (100 if final else self._random.randrange(5, 95)) // 100
        if self._chance(12):
            ballots *= 10
        options = CANDIDATES if contest == DISTRICT else LISTS
        votes = self._votes(ballots * 97 // 100, options, true["shares"])
        valid = sum(votes.values())
        more: dict[str, Any] = {}
        if self._chance(8):
            more = {"cut": self._random.choice((3, 40)) * 1000, "nobody": 0}
            more["pools_unstated"] = "表に内訳がない"
            more["valid"] = valid + more["cut"] // 1000
            more["ballots"] = more["valid"] + ballots - valid
            more["voters"] = more["ballots"]
        elif self._chance(6):
            taken = self._random.choice((-3, 30, 300))
            more = {"taken_away": taken, "voters": ballots + taken * (1 if final else -1)}
        elif not final and self._chance(2):
            more = {"voters": None}
        sheet = b.sheet(votes, ballots - valid, **more)
        if not more and self._chance(8):
            sheet = {"votes": sheet["votes"]}
        posted = dict(b.tally(sheet, contest, unit, final=final, as_of=self._moment(final=final)))
        return self._maybe_correction(posted, "correct-tally", f"count/{contest}/{unit}")

    def _votes(
        self, valid: int, options: tuple[str, ...], shares: tuple[int, int]
    ) -> dict[str, int]:
        first, second = valid * shares[0] // 100, valid * shares[1] // 100
        own = [first, second, valid - first - second]
        if len(options) == len(LISTS):
            own = [first, valid - first]
        if self._chance(6):
            self._random.shuffle(own)
        if self._chance(10):
            own[0], own[1] = 0, own[0] + own[1]
        return dict(zip(options, own, strict=True))

    def _answer(self) -> dict[str, Any]:
        electors = self._random.randrange(0, 1000)
        values = {"electors": electors, "voters": self._random.randrange(0, 1000)}
        unit = self._random.choice(PLACES)
        return {"command": "answer-survey", "survey": "ages", "unit": unit, "values": values}

    def _maybe_correction(self, posted: dict[str, Any], name: str, stream: str) -> dict[str, Any]:
        known = self._store.kept.get(stream)
        latest = getattr(known, "latest_report", 0)
        if not latest or not (self._chance(3) or getattr(known, "is_final", False)):
            return posted
        supersedes = max(1, latest - self._chance(15))
        return posted | {"command": name, "reason": "読み違い", "supersedes": supersedes}

    def _moment(self, *, final: bool) -> str:
        if self._chance(15):
            return self._random.choice(
                ("1999-10-27T22:00:00+09:00", "2062-10-27T22:00:00+09:00",
                 "2024-10-26T18:00:00+09:00", "2024-10-27T09:00:00+09:00",
                 "2024-10-01T12:00:00+09:00", "2025-10-29T00:00:00+09:00")
            )  # fmt: skip
        minute = self._random.randrange(0, 60)
        return (
            f"2024-10-{27 + final}T{'00' if final else 21 + self._chance(2)}:{minute:02d}:00+09:00"
        )

    def _wrong_people(self, people: tuple[int, int]) -> tuple[int, int]:
        men, women = people
        if self._chance(10):
            men, women = women, men
        if self._chance(12):
            men = self._random.choice((men * 10, men // 10))
        return men, women

    def _chance(self, one_in: int) -> bool:
        return self._random.randrange(one_in) == 0

    # --- posting ------------------------------------------------------------------------------

    def _post(self, command: Any) -> list[Event]:  # noqa: ANN401 - JSON as offices send it
        self._sent += 1
        sent = {
            "election": "house50",
            "environment": "rehearsal",
            "office": "nation",
            "submission_id": f"submission-{self._sent:06d}",
            "command": command,
        }
        submission = msgspec.convert(sent, c.Submission)
        provenance = Provenance(office="nation", submission=submission.submission_id)
        self._store.events = []
        at = _START + timedelta(seconds=self._sent)
        decide(self._repository, submission, CommandContext(provenance=provenance, at=at))
        return self._store.events


def _units() -> dict[str, Any]:
    codes = (*PLACES, *OVERLAPPING)
    facts = [
        {"code": code, "name": code, "prefecture": "13", "kind": "counting-district",
         "municipalities": [PART_OF.get(code, code[:5])]}
        for code in codes
    ]  # fmt: skip
    return {"command": "register-units", "units": facts}


def _previous() -> dict[str, Any]:
    rates = [
        {"kind": kind, "area": "13", "male": 5500, "female": 5400, "total": 5450}
        for kind in ("house-district", "house-block")
    ]
    return {"command": "record-previous", "previous": {"rates": rates, "votes": []}}


def main() -> None:
    """Play so many sequences as the argument says, and print what came out."""
    sequences = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    refused: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    accepted, began = 0, time.monotonic()
    for seed in range(sequences):
        sequence = Sequence(seed)
        sequence.play()
        refused += sequence.refused
        noticed += sequence.noticed
        accepted += sequence.accepted
    seconds = time.monotonic() - began
    print(f"{sequences:,} sequences of {STEPS} steps in {seconds:.0f} s: every limit held")
    print(f"accepted {accepted:,}")
    for title, found in (("refused", refused), ("noticed", noticed)):
        print(
            f"{title} {found.total():,}: " + ", ".join(f"{k} {n:,}" for k, n in found.most_common())
        )


if __name__ == "__main__":
    main()
