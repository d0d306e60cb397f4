"""Random courses of elections, from which each lawful next act must still lead to the end.

Reports, corrections, withdrawals, departures, lots, decisions, judgments, amendments and the
closing come in any order, also after the closing. Whatever was declared is checked by the plain
arithmetic of `act_oracle`. Then an officer who does what each refusal says must come to an end:
every count final, every contest declared as the law has it, every seat of somebody who is gone
filled where somebody moves up, and the election closed.
`python -m tests.support.act_sequences 10000` plays so many and prints what came out.
"""

import sys
import time
from collections import Counter
from typing import Any

from aggregates import errors as e
from aggregates.counting.count import Count
from aggregates.counting.turnout import Turnout
from aggregates.election.identifiers import count_stream, turnout_stream
from tests import builders as b
from tests.builders import amendments as am
from tests.builders.succession import depart, succeed
from tests.support.played_contests import COUNCIL, ORDINANCE, PLAYED
from tests.support.played_election import PlayedElection

STEPS = 30
SPLIT = "13103"
_ELECTORS = (1000, 1000)
_PATIENCE = 40
"""How often an officer does what a refusal says, before the contest counts as a dead end."""


class Course(PlayedElection):
    """One election that is played at random.

    Attributes:
        refused: Code -> how often.
        recorded: Topic -> how often.
    """

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.refused: Counter[str] = Counter()

    @property
    def recorded(self) -> Counter[str]:
        """Topic -> how often."""
        return Counter(each.TOPIC for each in self._store.events)

    def play(self, steps: int = STEPS) -> None:
        """Take so many random steps, come to an end, close, and all of it once more."""
        if ORDINANCE in self.contests and self._chance(2):
            # Who voted is known before a box is opened; too few, and none is.
            for unit in self._contest(ORDINANCE).facts.units:
                self._post(self._turnout(ORDINANCE, unit, final=True))
        for _ in range(2):
            for _ in range(self._random.randrange(steps)):
                self._step()
            self.finish()
        self._post(b.set_aside(self._random.choice(self.contests)))
        self.finish()
        self._require_shown()

    # --- random steps -------------------------------------------------------------------------

    def _step(self) -> None:
        kinds = {
            self._report: 10, self._answer: 3, self._decide: 8, self._leave: 4, self._succeed: 3,
            self._amend: 2, self._pause: 1, self._close: 1, self._poll: 2,
        }  # fmt: skip
        (make,) = self._random.choices(list(kinds), list(kinds.values()))
        try:
            self._post(make())
        except e.Refusal as refusal:
            self.refused[refusal.code] += 1

    def _report(self) -> Any:  # noqa: ANN401 - JSON as offices send it
        contest = self._random.choice(self.contests)
        unit = self._random.choice(self._contest(contest).facts.units)
        return self._sheet(contest, unit, final=self._chance(2))

    def _answer(self) -> Any:  # noqa: ANN401
        contest = self._random.choice(self.contests)
        unit = self._random.choice(self._contest(contest).facts.units)
        return self._random.choice((b.confirm, b.give_back))(contest, unit)

    def _decide(self) -> Any:  # noqa: ANN401
        contest = self._random.choice(self.contests)
        people = [*PLAYED[contest].people]
        self._random.shuffle(people)
        if self._chance(5):
            return b.lot(contest, *people[: self._random.randrange(1, 4)])
        if self._chance(12):
            return b.set_aside(contest)
        elected = self._named_by_law(contest) if self._chance(2) else tuple(people[:1])
        reason = "更正" if self._declaration(contest) is not None and self._chance(2) else ""
        long = elected[: PLAYED[contest].long_seats] if self._chance(3) else ()
        return _declare(contest, elected, long, reason)

    def _named_by_law(self, contest: str) -> tuple[str, ...]:
        try:
            self._post(b.declare(contest, "nobody"))
        except e.DeclarationDiffersFromLaw as refusal:
            return _ids(refusal, "law")
        except e.Refusal:
            return ()
        raise AssertionError(f"nobody was declared in {contest}")

    def _leave(self) -> Any:  # noqa: ANN401
        contest = self._random.choice(self.contests)
        person = self._random.choice(PLAYED[contest].people)
        if self._chance(4):
            return b.withdraw(contest, person, day=self._random.choice(("", b.EVE, "2024-10-28")))
        day = self._random.choice(("2024-10-27", "2024-11-03", "2025-01-04", "2025-03-01"))
        stage = self._random.choice(("before-office", "election-crime", "in-term"))
        return depart(contest, person, day, stage)

    def _succeed(self) -> Any:  # noqa: ANN401
        contest = self._random.choice(self.contests)
        one, other = self._random.choices(PLAYED[contest].people, k=2)
        return succeed(contest, one, other)

    def _amend(self) -> Any:  # noqa: ANN401
        person = self._random.choice(PLAYED[COUNCIL].people)
        more, facts = self._contest(COUNCIL).facts.units[:2], self._council_facts()
        return self._random.choice(
            (
                am.amend_candidate(COUNCIL, person, f"{person}の{self._sent}"),
                am.reorder(COUNCIL, *self._random.sample(PLAYED[COUNCIL].people, 4)),
                am.add_units(SPLIT),
                am.amend_contest(COUNCIL, [*more, SPLIT], 2, **facts),
                am.amend_contest(COUNCIL, [*more], 2, (SPLIT,), **facts),
                am.amend_contest(COUNCIL, [*self._contest(COUNCIL).facts.units], 2, **facts),
            )
        )

    def _council_facts(self) -> dict[str, Any]:
        """As defined, or held for another reason: that changes no figure and no winner."""
        cause = self._random.choice((["by-election", "increase"], ["re-election"], ["increase"]))
        repeats = {"repeats": f"before/{COUNCIL}"} if cause == ["re-election"] else {}
        return {**PLAYED[COUNCIL].facts, "causes": cause, **repeats}

    def _poll(self) -> Any:  # noqa: ANN401
        """Turnout: too little, or enough, for the quorum of a poll by ordinance."""
        contest = ORDINANCE if ORDINANCE in self.contests else self._random.choice(self.contests)
        unit = self._random.choice(self._contest(contest).facts.units)
        return self._turnout(contest, unit, final=self._chance(2))

    def _turnout(self, contest: str, unit: str, *, final: bool) -> Any:  # noqa: ANN401
        found = self._store.find(Turnout, turnout_stream(contest, unit))
        voters = self._random.randrange(1, 1000)
        figures = b.figures(_ELECTORS, (voters, voters))
        if found is None or found.latest is None:
            return b.turnout(figures, contest, unit, final=final)
        changed = b.turnout_correction(
            figures, supersedes=found.latest_report, final=final or found.is_final
        )
        return {**changed, "contest": contest, "unit": unit}

    def _pause(self) -> Any:  # noqa: ANN401
        return self._random.choice((b.PAUSE, b.RESUME))

    def _close(self) -> Any:  # noqa: ANN401
        return b.CLOSE

    def _sheet(self, contest: str, unit: str, *, final: bool) -> Any:  # noqa: ANN401
        standing = sorted(self._contest(contest).votable())
        # Few different figures: equals are frequent.
        # Polls have enough ballots to reach a quorum, or to miss it.
        of_each = 20 if PLAYED[contest].is_poll else 1
        votes = {each: of_each * self._random.choice((0, 10, 10, 20, 30)) for each in standing}
        sheet = b.sheet(votes, 1 + self._sent)
        count = self._store.find(Count, count_stream(contest, unit))
        if count is None or count.latest is None:
            return b.tally(sheet, contest, unit, final=final)
        final = final or count.is_final
        return b.correction(
            sheet, contest, unit, supersedes=count.latest_report, final=final, as_of=b.AT_22
        )

    # --- to the end ---------------------------------------------------------------------------

    def finish(self) -> None:
        """Do whatever a refusal says, until everything is counted, declared, filled and closed."""
        if self._repository.election().phase == "paused":
            self._post(b.RESUME)
        for contest in self.contests:
            self._declare_at_last(contest)
        for contest in self.contests:
            found = self._declaration(contest)
            for person in sorted(found.departed_holders() if found is not None else ()):
                self._fill(contest, person)
        if self._repository.election().phase != "closed":
            self._count_at_last()
            self._post(b.CLOSE)

    def _declare_at_last(self, contest: str) -> None:
        elected: tuple[str, ...] = ()
        long: tuple[str, ...] = ()
        for _ in range(_PATIENCE):
            found = self._declaration(contest)
            reason = "更正" if found is not None and found.outcome is not None else ""
            try:
                self._post(_declare(contest, elected, long, reason))
            except e.DeclarationDiffersFromLaw as refusal:
                elected = _ids(refusal, "law")
            except e.LongTermsDifferFromLaw as refusal:
                long = _ids(refusal, "law")
            except e.NothingToRevise:
                return
            except e.Refusal as refusal:
                self._provide(contest, refusal)
            else:
                return
        raise AssertionError(f"{contest} cannot be declared")

    def _provide(self, contest: str, refusal: e.Refusal) -> None:
        """What a decision still lacks: final sheets, electors, or a lot."""
        match refusal:
            case e.ContestNotFinal() | e.CountsDoubtful() | e.CountsOutdated():
                for unit in _ids(refusal, "units"):
                    self._post(self._sheet(contest, unit, final=True))
            case e.ElectorsUnknown():
                for unit in _ids(refusal, "units"):
                    self._post(self._turnout(contest, unit, final=True))
            case e.LotRequired():
                drawn = [*_ids(refusal, "between")]
                self._random.shuffle(drawn)
                self._post(b.lot(contest, *drawn))
            case _:
                raise refusal

    def _fill(self, contest: str, departed: str) -> None:
        successor = "nobody"
        drawn: tuple[str, ...] = ()
        for _ in range(_PATIENCE):
            try:
                self._post(succeed(contest, departed, successor, *drawn))
            except e.LotRequired as refusal:
                drawn = _ids(refusal, "between")
            except e.SuccessorDiffersFromLaw as refusal:
                if not (named := _ids(refusal, "law")):
                    return
                (successor,) = named
            else:
                return
        raise AssertionError(f"nobody can be declared for {departed} of {contest}")

    def _count_at_last(self) -> None:
        """What was returned after its declaration is answered before the closing."""
        for contest in self.contests:
            for unit in self._contest(contest).facts.units:
                count = self._store.find(Count, count_stream(contest, unit))
                if count is not None and count.state == "returned":
                    self._post(b.confirm(contest, unit))


def _declare(
    contest: str, elected: tuple[str, ...], long_terms: tuple[str, ...], reason: str
) -> Any:  # noqa: ANN401
    terms = {"long_terms": list(long_terms)} if long_terms else {}
    return {**b.declare(contest, *elected, reason=reason), **terms}


def _ids(refusal: e.Refusal, fact: str) -> tuple[str, ...]:
    found = refusal.facts[fact]
    assert isinstance(found, tuple)
    return found


def main() -> None:
    """Play so many courses as the argument says, and print what came out."""
    courses = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    refused: Counter[str] = Counter()
    recorded: Counter[str] = Counter()
    began = time.monotonic()
    for seed in range(courses):
        course = Course(seed)
        try:
            course.play()
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise
        refused += course.refused
        recorded += course.recorded
    seconds = time.monotonic() - began
    print(f"{courses:,} courses in {seconds:.0f} s: each came to its lawful end")
    for title, found in (("recorded", recorded), ("refused", refused)):
        print(
            f"{title} {found.total():,}: " + ", ".join(f"{k} {n:,}" for k, n in found.most_common())
        )


if __name__ == "__main__":
    main()
