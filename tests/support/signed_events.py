"""A signed log in memory that has every kind of event, and whatever lies between them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import cast

from typing_extensions import override

from aggregates.base import Aggregate, CommandContext, Event
from aggregates.decisions.command_table import decide
from aggregates.decisions.repository import ElectionRepository
from aggregates.rules import FIFTH_RULES, FIRST_RULES, FOURTH_RULES, THIRD_RULES
from infra.adapters.event_log.event_codec import canonical
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.adapters.memory.in_memory_store import InMemoryStore
from infra.protocols.signed_note.keys import PrivateKey, fingerprint
from infra.services.auditing.log_entries import AuditEntry
from infra.services.signing.proof_of_possession import prove
from infra.services.signing.simulated_offices import SEED_BYTES, SimulatedOffices
from tests import builders as b
from tests.builders import amendments as am
from tests.builders.succession import depart, succeed
from tests.support.gwt import Command
from tests.support.posting import posting

BEGAN = datetime(2024, 10, 27, 11, 0, tzinfo=UTC)
PREFECTURE = "pref-13"
CENTRE = f"centre-{b.CHIYODA}"
POLL = "ordinance-poll/1"
TERMS = "upper-district/13"
"""Seats of two terms, counted with shared ballots: what rules 3 added."""
_LATE = f"centre-{b.CHUO}"
_NEW_KEY = PrivateKey(bytes([7]) * 32)


class _SignedLog(InMemoryStore):
    """Takes signed postings and keeps what they cause, a second between one and the next."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self._at = BEGAN
        self._repository = ElectionRepository(self)
        self.offices = SimulatedOffices(bytes(SEED_BYTES), self.take)

    @override
    def put(self, aggregate: Aggregate) -> None:
        self.kept[aggregate.id] = aggregate
        self.events += cast("list[Event]", aggregate.collect_events())

    def take(self, posted: PendingSubmission) -> None:
        self._at += timedelta(seconds=1)
        context = CommandContext(
            provenance=posted.provenance(),
            at=self._at,
            signers=posted.signers,
            proven=posted.proven,
        )
        decide(self._repository, posted.submission, context)

    def send(self, *commands: Command, office: str = "nation", **circumstances: object) -> None:
        for command in commands:
            name = f"sent-{len(self.events):06d}"
            self.offices.post(posting(name, command, office=office, **circumstances)[0])


def sheet(first: str, votes: int, second: str, others: int) -> dict[str, object]:
    """A final sheet of two options."""
    return b.sheet({first: votes, second: others})


@lru_cache(maxsize=1)
def signed_events() -> tuple[Event, ...]:
    """The events of the log; every topic is among them."""
    log = _SignedLog()
    _define(log)
    _count(log)
    _declare(log)
    _ask(log)
    _change_keys(log)
    declared = (b.declare(b.GOVERNOR, "g1"), b.declare(b.UPPER, "kuro-1"))
    log.send(*declared, b.declare("mayor/13103", "m-1"), b.CLOSE, b.set_aside(b.GOVERNOR))
    log.send(depart(b.BLOCK, "aka-2"), succeed(b.BLOCK, "aka-2", "aka-1"))
    return tuple(log.events)


def signed_events_of(*commands: Command) -> tuple[Event, ...]:
    """A signed log of what the nation sends."""
    log = _SignedLog()
    log.send(*commands)
    return tuple(log.events)


def signed_entries(events: Sequence[Event] | None = None) -> list[AuditEntry]:
    """The log as a verifier reads it."""
    told = signed_events() if events is None else events
    return [
        AuditEntry(position, event.TOPIC, canonical(event))
        for position, event in enumerate(told, start=1)
    ]


_AMENDMENTS = (
    am.amend_candidate(b.GOVERNOR, "g1", "正しい名"),
    am.amend_list(b.UPPER, "kuro", b.member("kuro-1"), name="黒い名簿"),
    am.amend_justice(b.JUSTICES, "j1", "正しい名"),
    am.reorder(b.JUSTICES, "j2", "j1"),
    am.add_units("13103"),
    am.amend_unit("13103", "港区"),
    am.amend_party("aka", "赤い党"),
    am.amend_contest(b.GOVERNOR, [b.CHIYODA, b.CHUO, "13103"]),
    am.amend_poll_option(POLL, "b", "正しい案"),
    am.add_contest("mayor/13103", ["13103"], "m-1"),
)
_TERMS = {
    "long_seats": 1,
    "causes": ["by-election", "re-election"],
    "repeats": "upper26/upper-district/13",
    "full_seats": 6,
}


def _define(log: _SignedLog) -> None:
    election, *rest = b.HOUSE
    log.send({**election, "rules": FIRST_RULES}, *rest)
    log.send(
        b.CHANGE_RULES,
        {**b.CHANGE_RULES, "rules": THIRD_RULES},
        {**b.CHANGE_RULES, "rules": FOURTH_RULES},
        {**b.CHANGE_RULES, "rules": FIFTH_RULES},
        b.contest(TERMS, [b.CHIYODA], seats=2, **_TERMS),
        b.candidates(TERMS, "u1", "u2", "u3"),
        b.PREVIOUS,
        b.NOTE,
        b.particulars(b.DISTRICT_1, {"option": "d1-ao", "sex": "female", "inferred": ["sex"]}),
        b.withdraw(b.BLOCK, "aka-3", day=b.EVE),
        b.contest(b.GOVERNOR),
        b.candidates(b.GOVERNOR, "g1"),
        b.no_poll(b.GOVERNOR),
        b.contest(b.UPPER, seats=3),
        b.party_list(b.UPPER, "kuro", b.member("kuro-1")),
        b.no_poll(b.UPPER),
        b.contest(POLL, [b.CHIYODA], seats=0),
        b.options(POLL, "a", "b"),
        b.OPEN,
        *_AMENDMENTS,
        b.PAUSE,
        b.RESUME,
    )


def _count(log: _SignedLog) -> None:
    crowd = b.figures((600, 600), (500, 520))
    interim = b.tally(b.sheet({"d1-ao": 6, "d1-aka": 4}), final=False)
    log.send(interim, b.turnout(b.figures((600, 600), (100, 120)), final=False), office=CENTRE)
    log.send(
        b.turnout(crowd, as_of=b.AT_23),
        b.turnout_correction(b.figures((600, 600), (501, 520)), supersedes=3, as_of=b.AT_01),
        b.tally(
            b.sheet({"d1-ao": 500, "d1-aka": 500}, 20, taken_away=1, voters=1021),
            as_of=b.AT_23,
            remark="確認済み",
        ),
        office=CENTRE,
    )
    # The prefecture posts for the centre that cannot: two sign, and the scan is named.
    log.send(
        b.tally(sheet("d2-ao", 60, "d2-aka", 40), b.DISTRICT_2, b.CHUO, as_of=b.AT_23),
        office=PREFECTURE,
        on_behalf=True,
        scan_sha256="ab" * 32,
    )
    for unit in (b.CHIYODA, b.CHUO):
        office = f"centre-{unit}"
        log.send(
            b.tally(sheet("ao", 700, "aka", 300), b.BLOCK, unit, as_of=b.AT_23),
            b.tally(b.review_sheet({"j1": (10, 90), "j2": (20, 80)}, 100), b.JUSTICES, unit),
            office=office,
        )
    log.send(b.give_back(), b.confirm(b.DISTRICT_2, b.CHUO), office=PREFECTURE)
    log.send(
        b.correction(
            b.sheet({"d1-ao": 510, "d1-aka": 510}, voters=1020), supersedes=3, as_of=b.AT_01
        ),
        office=CENTRE,
    )


def _declare(log: _SignedLog) -> None:
    log.send(
        b.lot(b.DISTRICT_1, "d1-aka", "d1-ao"),
        b.declare(b.DISTRICT_1, "d1-aka"),
        b.declare(b.DISTRICT_2, "d2-ao"),
        office=PREFECTURE,
    )
    log.send(b.tally(b.sheet({"a": 2, "b": 1}), POLL, b.CHIYODA), office=CENTRE)
    log.send(b.declare(POLL, "a"))
    shared = b.pool("同じ氏", 1, "u1", "u2")
    sheet_of_pools = b.sheet_with_pools({"u1": 60, "u2": 30, "u3": 1}, shared)
    log.send(b.tally(sheet_of_pools, TERMS, b.CHIYODA, as_of=b.AT_01), office=CENTRE)
    log.send({**b.declare(TERMS, "u1", "u2"), "long_terms": ["u1"]}, office=PREFECTURE)
    log.send(b.declare(b.BLOCK, "ao-1", "aka-2", "ao-3"), b.declare(b.JUSTICES))
    log.send(
        b.correction(sheet("d1-ao", 600, "d1-aka", 420), supersedes=5, as_of=b.AT_01),
        office=CENTRE,
    )
    log.send(b.declare(b.DISTRICT_1, "d1-ao", reason="訂正のため"), office=PREFECTURE)


def _ask(log: _SignedLog) -> None:
    log.send(b.survey(), b.remind(b.CHUO))
    log.send(b.answer(), office=CENTRE)
    log.send(b.return_answer(), office=PREFECTURE)


def _change_keys(log: _SignedLog) -> None:
    own = fingerprint(log.offices._own(_LATE)[0].public)
    new = prove(_NEW_KEY, election="house50", environment="rehearsal", office=_LATE)
    key = {"public_key": new.public_key, "proof": new.proof}
    log.send({"command": "rotate-key", "office": _LATE, "keyid": own, "key": key}, office=_LATE)
    gone = fingerprint(log.offices._own(CENTRE)[0].public)
    log.send(
        {"command": "revoke-key", "office": CENTRE, "keyid": gone, "reason": "紛失"},
        office=PREFECTURE,
    )
