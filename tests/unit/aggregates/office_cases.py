"""Refusals of offices, keys, roles and signatures."""

import hashlib

from aggregates import errors as e
from aggregates.rules import FIRST_RULES
from tests import builders as b
from tests.support import offices as o
from tests.support.gwt import Command
from tests.unit.aggregates.refusal_case import FINAL, TURNOUT, VOTES, Case

_FOUNDED = (o.founded(), *b.REGISTER[1:])
_OFFICES = (*_FOUNDED, *o.OFFICES)
_ENROLLED = (*_OFFICES, o.enrol(o.TOKYO, "tokyo-a"))
_COUNTING = (*_OFFICES, *b.DISTRICT[len(b.REGISTER) :])
_MALFORMED: dict[str, Command] = {
    "prefecture without a place": o.register("pref-14", "prefecture"),
    "nation in a place": o.register("nation-3", "nation", prefecture="13"),
    "auditor with units": o.register("audit-2", "auditor", units=[b.CHIYODA]),
    "centre without units": o.register("c-2", "centre", prefecture="13", parent=o.CITY),
    "unit twice": o.register(
        "c-2", "centre", prefecture="13", parent=o.CITY, units=[b.CHIYODA, b.CHIYODA]
    ),
    "centre without a parent": o.register("c-2", "centre", prefecture="13", units=[b.CHIYODA]),
    "own parent": o.register("city-2", "municipality", prefecture="13", parent="city-2"),
    "city below a centre": o.register("city-2", "municipality", prefecture="13", parent=o.CENTRE),
    "parent elsewhere": o.register("city-2", "municipality", prefecture="14", parent=o.TOKYO),
    "unit elsewhere": o.register(
        "c-2", "centre", prefecture="27", parent=o.OSAKA, units=[b.CHIYODA]
    ),
}


_TOKYO = o.facts(o.TOKYO, "prefecture", prefecture="13", parent=o.NATION)
_OTHERWISE: tuple[dict[str, object], ...] = (
    {"units": [b.CHIYODA]}, {"role": "municipality"}, {"signatures_required": 2}, {"name": "別"},
)  # fmt: skip


def _signed(*founders: dict[str, object]) -> Command:
    return {**b.election(unsigned=False), "founders": list(founders)}


_SIGNER: dict[str, object] = {"signers": (o.keyid("nation-a"),)}
_BADLY_FOUNDED: dict[str, Command] = {
    "none": _signed(),
    "one": _signed(o.FOUNDERS[0]),
    "twice the same": _signed(o.FOUNDERS[0], o.founder(o.NATION, "nation-c")),
    "no nation": _signed(
        o.founder("pref-13", "a", role="prefecture", prefecture="13"),
        o.founder("pref-27", "b", role="prefecture", prefecture="27"),
    ),
    "a centre": _signed(*o.FOUNDERS, o.founder("press", "c", role="press")),
    "too few keys": _signed(o.FOUNDERS[0], o.founder(o.SECOND, "s", signatures_required=2)),
}
_NATION_ALONE: tuple[Command, ...] = (
    {
        **b.election(),
        "founders": [o.founder(o.NATION, "nation-a"), o.founder(o.SECOND, "second-a")],
    },
)

OFFICES: tuple[Case, ...] = (
    *(
        Case(e.FoundersMissing, (), command, _SIGNER, name)
        for name, command in _BADLY_FOUNDED.items()
    ),
    Case(e.SignatureRequired, (), o.founded(unsigned=False), name="founding"),
    Case(
        e.OfficeUnknown,
        (),
        o.founded(unsigned=False),
        {"office": "pref-13", **_SIGNER},
        "founding by another",
    ),
    Case(
        e.RoleNotPermitted,
        (),
        _signed(o.FOUNDERS[0], o.founder("pref-13", "t", role="prefecture", prefecture="13")),
        {"office": "pref-13", "signers": (o.keyid("t"),)},
        "founding by a prefecture",
    ),
    Case(
        e.SignerUnknown,
        (),
        o.founded(unsigned=False),
        {"signers": (o.keyid("second-a"),)},
        "founding",
    ),
    Case(
        e.SignaturesTooFew,
        (),
        _signed(o.founder(o.NATION, "a", "b", signatures_required=2), o.FOUNDERS[1]),
        {"signers": (o.keyid("a"),)},
        "founding",
    ),
    Case(
        e.OfficeMalformed,
        (),
        {**b.election(), "founders": [o.founder(o.NATION, "a", parent=o.SECOND)]},
        name="founder below another",
    ),
    Case(
        e.KeyAlreadyEnrolled,
        (),
        _signed(o.founder(o.NATION, "a"), o.founder(o.SECOND, "a")),
        {"signers": (o.keyid("a"),)},
        "founders share a key",
    ),
    *(Case(e.OfficeMalformed, _OFFICES, command, name=n) for n, command in _MALFORMED.items()),
    Case(e.OfficeAlreadyRegistered, _OFFICES, o.OFFICES[0]),
    Case(
        e.OfficeUnknown,
        _FOUNDED,
        o.register(o.CITY, "municipality", prefecture="13", parent=o.TOKYO),
        name="parent",
    ),
    Case(
        e.UnitUnknown,
        _OFFICES,
        o.register("c-2", "centre", prefecture="13", parent=o.CITY, units=["13199"]),
        name="of an office",
    ),
    Case(
        e.UnitsNotHeld,
        _OFFICES,
        o.register("c-2", "centre", prefecture="13", parent=o.CITY, units=[b.CHIYODA, b.CHUO]),
        {"office": o.CITY},
        "a centre gets the units of another municipality",
    ),
)

KEYS: tuple[Case, ...] = (
    Case(e.OfficeUnknown, _FOUNDED, o.enrol(o.TOKYO, "tokyo-a"), name="enrol"),
    Case(
        e.PossessionUnproven,
        _OFFICES,
        o.enrol(o.TOKYO, "tokyo-a"),
        {"proven": frozenset()},
    ),
    Case(e.KeyAlreadyEnrolled, _ENROLLED, o.enrol(o.TOKYO, "tokyo-a"), name="again"),
    Case(e.KeyAlreadyEnrolled, _ENROLLED, o.enrol(o.OSAKA, "tokyo-a"), name="another office"),
    Case(e.KeyUnknown, _ENROLLED, o.approve(o.TOKYO, "tokyo-b"), {"office": o.SECOND}),
    Case(
        e.KeyUnknown,
        _ENROLLED,
        o.approve(o.OSAKA, "tokyo-a"),
        {"office": o.SECOND},
        "of another office",
    ),
    Case(e.SecondOfficeNeeded, _ENROLLED, o.approve(o.TOKYO, "tokyo-a"), name="enroller"),
    Case(
        e.SecondOfficeNeeded,
        (*_FOUNDED, o.enrol(o.SECOND, "second-b")),
        o.approve(o.SECOND, "second-b"),
        {"office": o.SECOND},
        "owner",
    ),
    Case(
        e.RecordUnstated,
        _ENROLLED,
        o.approve(o.TOKYO, "tokyo-a"),
        {"office": o.SECOND, "signers": (o.keyid("second-a"),)},
    ),
    *(
        Case(
            e.RecordDiffers,
            _ENROLLED,
            {**o.approve(o.TOKYO, "tokyo-a"), "record": {**_TOKYO, **changed}},
            {"office": o.SECOND},
            f"another {name}",
        )
        for changed in _OTHERWISE
        for name in changed
    ),
    Case(e.KeyNotPending, _FOUNDED, o.approve(o.NATION, "nation-a"), {"office": o.SECOND}),
    Case(e.KeyNotActive, _ENROLLED, o.rotate(o.TOKYO, "tokyo-a", "tokyo-b"), {"office": o.TOKYO}),
    Case(
        e.RotationNotSigned,
        _FOUNDED,
        o.rotate(o.NATION, "nation-a", "nation-c"),
        {"signers": (o.keyid("nation-b"),)},
    ),
    Case(e.KeyInvalid, _FOUNDED, o.rotate(o.NATION, "nation-a", "nation-a")),
    Case(
        e.KeyAlreadyEnrolled,
        _FOUNDED,
        o.rotate(o.NATION, "nation-a", "nation-b"),
        name="rotation",
    ),
    Case(e.LastKeyOfNation, _NATION_ALONE, o.revoke(o.NATION, "nation-a")),
    Case(
        e.KeyAlreadyRevoked,
        (*_ENROLLED, o.revoke(o.TOKYO, "tokyo-a")),
        o.revoke(o.TOKYO, "tokyo-a"),
    ),
    Case(
        e.ElectionIsClosed,
        (*_COUNTING, b.CLOSE),
        o.enrol(o.TOKYO, "t"),
        name="enrol",
        rules=FIRST_RULES,
    ),
)

_SENT: dict[str, object] = {"signers": (o.keyid("nation-a"),)}
_BOTH: dict[str, object] = {"signers": (o.keyid("nation-a"), o.keyid("nation-b"))}
_BALLOT = hashlib.sha256(f"{b.DISTRICT_1}\n{b.A}\n{b.B}".encode()).hexdigest()
_BEHALF: Command = {**FINAL, "ballot_sha256": _BALLOT}

ADMISSION: tuple[Case, ...] = (
    Case(e.OfficeUnknown, _FOUNDED, b.NOTE, {"office": "nobody", **_SENT}, "signed"),
    Case(e.SignerUnknown, _FOUNDED, b.NOTE, {"signers": (o.keyid("stranger"),)}),
    Case(e.SignerOfAnotherOffice, _FOUNDED, b.NOTE, {"signers": (o.keyid("second-a"),)}),
    Case(
        e.SignerNotApproved,
        (*_FOUNDED, o.enrol(o.NATION, "nation-c")),
        b.NOTE,
        {"signers": (o.keyid("nation-c"),)},
    ),
    Case(e.SignerRevoked, (*_FOUNDED, o.revoke(o.NATION, "nation-a")), b.NOTE, _SENT),
    Case(
        e.SignerRevoked,
        (*_FOUNDED, o.rotate(o.NATION, "nation-a", "nation-c")),
        b.NOTE,
        _SENT,
        "rotated",
    ),
    Case(
        e.BallotUnstated,
        _COUNTING,
        FINAL,
        {"on_behalf": True, **_SENT},
    ),
    Case(
        e.ConfirmedByPoster,
        _COUNTING,
        b.confirm(),
        _SENT,
        earlier=(({**_BEHALF, "typists": _BOTH["signers"]}, {"on_behalf": True, **_BOTH}),),
    ),
    Case(e.SubstituteAlone, _COUNTING, b.turnout(TURNOUT), {"on_behalf": True, **_SENT}),
    Case(e.EntriesUnstated, _COUNTING, _BEHALF, {"on_behalf": True, **_BOTH}),
    Case(
        e.TypedByOne,
        _COUNTING,
        {**_BEHALF, "typists": [o.keyid("nation-a"), o.keyid("nation-a")]},
        {"on_behalf": True, **_BOTH},
    ),
    Case(
        e.TypistNotSigner,
        _COUNTING,
        {**_BEHALF, "typists": [o.keyid("nation-a"), o.keyid("tokyo-a")]},
        {"on_behalf": True, **_BOTH},
    ),
    Case(e.RoleNotPermitted, _COUNTING, b.PAUSE, {"office": o.CENTRE}),
    Case(e.RoleNotPermitted, _COUNTING, b.NOTE, {"office": o.AUDITOR}, "auditor"),
    Case(
        e.OutsideScope,
        _COUNTING,
        b.tally(b.sheet(VOTES), unit_code=b.CHUO),
        {"office": o.CENTRE, "on_behalf": True},
    ),
    Case(e.OutsideScope, _COUNTING, b.confirm(), {"office": o.OSAKA}, "elsewhere"),
    Case(e.OnBehalfUnstated, _COUNTING, FINAL, {"office": o.TOKYO}),
    Case(e.OnBehalfUntrue, _COUNTING, FINAL, {"office": o.CENTRE, "on_behalf": True}),
    Case(e.OnBehalfUntrue, _COUNTING, b.NOTE, {"on_behalf": True}, "not a report"),
)
