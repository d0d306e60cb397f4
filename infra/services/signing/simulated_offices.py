"""All offices of an election played by one process: for rehearsals and replays, never for real.

What is sent in the name of an office is signed with keys generated for it. Offices follow from the
units that are registered: a centre for each counting district, its prefecture above it, and two
founders of the nation who attest the rest.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from aggregates.commands import election_commands as c
from aggregates.commands import office_commands as o
from aggregates.decisions.office_chain import Link
from aggregates.election.geography import PREFECTURES, Unit
from aggregates.election.office import OfficeFacts
from aggregates.reference.office_ids import (
    MINISTRY_OFFICE,
    NATION_OFFICE,
    PREFECTURE_PREFIX,
    centre_office_id,
    prefecture_office_id,
)
from aggregates.rules import CURRENT_RULES
from infra.adapters.event_log.pending_submission import PendingSubmission
from infra.protocols.signed_note.keys import PrivateKey, PublicKey, fingerprint
from infra.services.signing.chain_builder import link_submission, sign_submission
from infra.services.signing.known_ballots import KnownBallots
from infra.services.signing.proof_of_possession import prove
from infra.services.signing.submission_auth import admit_envelope

SEED_BYTES = 32

_FOUR_EYES = 2
_PREFECTURE_KEYS = 3
_OFFICES = (
    OfficeFacts(
        id=NATION_OFFICE, name="中央選挙管理会", role="nation", signatures_required=_FOUR_EYES
    ),
    OfficeFacts(id=MINISTRY_OFFICE, name="総務省 自治行政局 選挙部", role="nation"),
)


class SimulatedOffices:
    """Signs what is sent, as the office that sends it, and brings in offices where they are due.

    Args:
        seed: 32 secret bytes; every key follows from it, so that the same seed signs the same.
        send: Takes what has been signed and verified, in order.
    """

    def __init__(self, seed: bytes, send: Callable[[PendingSubmission], object]) -> None:
        self._seed = seed
        self._send = send
        self._ballots = KnownBallots()
        self._links: dict[str, Link] = {}
        self._keys: dict[str, tuple[PrivateKey, ...]] = {}
        self._book: dict[str, PublicKey] = {}
        self._units: dict[str, Unit] = {}
        self._enlisted = False

    def post(self, submission: c.Submission) -> None:
        """Sign a submission and send it.

        The definition of the election is made a signed one. Before the first contest is defined,
        the offices of all units are registered and their keys enrolled and approved.
        """
        command = submission.command
        if isinstance(command, c.DefineElection):
            submission = replace(submission, command=self._add_founders(command))
        if isinstance(command, c.RegisterUnits):
            self._units |= {unit.code: unit for unit in command.units}
        if isinstance(command, c.DefineContest) and not self._enlisted:
            self._enlisted = True
            self._enlist(submission)
        self._send_signed(submission)

    def keys(self, keyids: Iterable[str]) -> Mapping[str, PublicKey]:
        """Public keys by id: the port `door.KeyBook`."""
        return {keyid: self._book[keyid] for keyid in keyids if keyid in self._book}

    def _send_signed(self, submission: c.Submission) -> None:
        command = self._ballots.name_ballot(submission.command)
        last = self._links.get(submission.office, Link())
        signing = self._signing(submission.office, command)
        command = _name_typists(command, signing)
        envelope, link = sign_submission(
            link_submission(replace(submission, command=command), last), signing
        )
        self._send(admit_envelope(envelope, self))
        self._links[submission.office] = link
        self._ballots.note(command)

    # --- keys -------------------------------------------------------------------------------

    def _signing(self, office: str, command: c.Command) -> tuple[PrivateKey, ...]:
        """The keys that sign a command: the first two, and the last two a confirmation.

        Who confirms figures that were posted on behalf is not only who posted them.
        """
        own = self._own(office)
        confirms = isinstance(command, c.ConfirmCount)
        return own[-_FOUR_EYES:] if confirms else own[:_FOUR_EYES]

    def _own(self, office: str) -> tuple[PrivateKey, ...]:
        """The keys of an office: two of the nation, three of a prefecture, else one."""
        if office not in self._keys:
            # A prefecture posts on behalf of centres, which takes two persons, and confirms.
            several = _PREFECTURE_KEYS if office.startswith(PREFECTURE_PREFIX) else 1
            numbers = range(_FOUR_EYES if office == NATION_OFFICE else several)
            keys = tuple(PrivateKey(self._derive_seed(office, number)) for number in numbers)
            self._keys[office] = keys
            self._book |= {fingerprint(key.public): key.public for key in keys}
        return self._keys[office]

    def _derive_seed(self, office: str, number: int) -> bytes:
        return hmac.new(self._seed, f"{office}/{number}".encode(), hashlib.sha256).digest()

    # --- offices ----------------------------------------------------------------------------

    def _add_founders(self, command: c.DefineElection) -> c.DefineElection:
        facts = replace(command.election, unsigned=False)
        founders = tuple(
            o.Founder(
                office=office,
                keys=tuple(
                    prove(key, election=facts.id, environment=facts.environment, office=office.id)
                    for key in self._own(office.id)
                ),
            )
            for office in _OFFICES
        )
        rules = CURRENT_RULES if command.rules is None else command.rules
        return replace(command, election=facts, founders=founders, rules=rules)

    def _enlist(self, before: c.Submission) -> None:
        for sender, name, command in self._enlisting(before):
            self._send_signed(
                replace(
                    before,
                    office=sender,
                    submission_id=f"{before.election}-office-{name}",
                    command=command,
                )
            )

    def _enlisting(self, before: c.Submission) -> Iterator[tuple[str, str, c.Command]]:
        """(sender, name, command): who registers whom, enrols its key and approves it."""
        places = {u.prefecture for u in self._units.values() if u.kind != "nation"}
        for code in sorted(places):
            office = prefecture_office(code)
            yield from self._entry(
                office, above=NATION_OFFICE, second=MINISTRY_OFFICE, before=before
            )
        for unit in self._units.values():
            if unit.kind not in {"prefecture", "nation"}:
                above = prefecture_office_id(unit.prefecture)
                centre = centre_office(unit)
                yield from self._entry(centre, above=above, second=NATION_OFFICE, before=before)

    def _entry(
        self, office: OfficeFacts, *, above: str, second: str, before: c.Submission
    ) -> Iterator[tuple[str, str, c.Command]]:
        yield above, f"{office.id}-register", o.RegisterOffice(office=office)
        for number, key in enumerate(self._own(office.id)):
            new = prove(
                key, election=before.election, environment=before.environment, office=office.id
            )
            yield above, f"{office.id}-enrol-{number}", o.EnrolKey(office=office.id, key=new)
            approval = o.ApproveKey(office=office.id, keyid=fingerprint(key.public), record=office)
            yield second, f"{office.id}-approve-{number}", approval


def _name_typists(command: c.Command, keys: tuple[PrivateKey, ...]) -> c.Command:
    """Say of a sheet that two sign that each of them typed it."""
    if len(keys) < _FOUR_EYES or not isinstance(command, c.PostTally | c.CorrectTally):
        return command
    return replace(command, typists=tuple(fingerprint(key.public) for key in keys))


def prefecture_office(code: str) -> OfficeFacts:
    """The election commission of a prefecture."""
    return OfficeFacts(
        id=prefecture_office_id(code),
        name=f"{PREFECTURES[code]}選挙管理委員会",
        role="prefecture",
        prefecture=code,
        parent=NATION_OFFICE,
        signatures_required=_FOUR_EYES,
    )


def centre_office(unit: Unit) -> OfficeFacts:
    """The counting centre of a unit."""
    return OfficeFacts(
        id=centre_office_id(unit.code),
        name=f"{unit.name}開票所",
        role="centre",
        prefecture=unit.prefecture,
        units=(unit.code,),
        parent=prefecture_office_id(unit.prefecture),
    )
