"""c2sp.org/tlog-policy: which logs and witnesses are trusted, and how many must have cosigned."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Self

from infra.protocols.protocol_errors import KeyMalformed, PolicyMalformed, WitnessesMissing
from infra.protocols.signed_note.encoding import from_decimal
from infra.protocols.signed_note.note import COSIGNATURE, ED25519, Kind, Opened, Verifier

NONE = "none"
_MEMBER_FIELDS_MIN = 4
_FIELDS = {"log": (2, 3), "witness": (3, 4), "quorum": (2, 2)}


class WitnessGroup(NamedTuple):
    """So many of these witnesses or groups."""

    threshold: int
    members: tuple[str, ...]


class Policy(NamedTuple):
    """Trusted keys and the rule of how many witnesses suffice.

    Attributes:
        logs: Keys of the logs.
        witnesses: Keys of the witnesses, by the names that the policy gives them.
        urls: Where a witness takes checkpoints, by name, where the policy says so.
        groups: Rules by name.
        quorum: Name of the witness or group that must attest, or `none`.
    """

    logs: tuple[Verifier, ...]
    witnesses: Mapping[str, Verifier]
    urls: Mapping[str, str]
    groups: Mapping[str, WitnessGroup]
    quorum: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a policy file.

        Raises:
            PolicyMalformed: It is not one; names the line.
        """
        reading = _Reading()
        for number, line in enumerate(text.split("\n"), start=1):
            try:
                reading.take(line)
            except PolicyMalformed as fault:
                raise PolicyMalformed(
                    f"line {number} of the policy: {fault}",
                    f"証人の方針の{number}行目：{fault.japanese}",
                ) from None
        if reading.quorum is None:
            raise PolicyMalformed(
                "a policy has one quorum line", "証人の方針に quorum の行がありません"
            )
        logs = tuple(reading.logs)
        return cls(logs, reading.witnesses, reading.urls, reading.groups, reading.quorum)

    def satisfied_by(self, opened: Opened) -> bool:
        """Whether enough witnesses have cosigned a note that was opened with these keys."""
        signed = {found.verifier.key for found in opened.verified if found.time is not None}
        return self.quorum == NONE or self._vouches(self.quorum, signed)

    def demand(self, opened: Opened) -> None:
        """Refuse a note that too few witnesses have cosigned.

        Raises:
            WitnessesMissing: The quorum is not reached.
        """
        if not self.satisfied_by(opened):
            raise WitnessesMissing(f"the quorum {self.quorum} of the policy is not reached")

    def _vouches(self, name: str, signed: Iterable[object]) -> bool:
        if name in self.witnesses:
            return self.witnesses[name].key in signed
        group = self.groups[name]
        return sum(self._vouches(member, signed) for member in group.members) >= group.threshold


class _Reading:
    """A policy while its lines are read."""

    def __init__(self) -> None:
        self.logs: list[Verifier] = []
        self.witnesses: dict[str, Verifier] = {}
        self.urls: dict[str, str] = {}
        self.groups: dict[str, WitnessGroup] = {}
        self.quorum: str | None = None
        self._grouped: set[str] = set()

    def take(self, line: str) -> None:
        fields = line.replace("\t", " ").split(" ")
        fields = [field for field in fields if field]
        if not fields or fields[0].startswith("#"):
            return
        if fields[0] == "group" and len(fields) >= _MEMBER_FIELDS_MIN:
            self._group(fields[1], fields[2], tuple(fields[3:]))
            return
        fewest, most = _FIELDS.get(fields[0], (0, 0))
        if not fewest <= len(fields) <= most:
            raise PolicyMalformed("not a line of a policy", "方針の行ではありません")
        if fields[0] == "log":
            self.logs.append(_new_key(fields[1], ED25519, self.logs))
        elif fields[0] == "witness":
            self._witness(*fields[1:])
        else:
            self._quorum(fields[1])

    def _witness(self, name: str, vkey: str, url: str = "") -> None:
        self._new(name)
        self.witnesses[name] = _new_key(vkey, COSIGNATURE, self.witnesses.values())
        if url:
            self.urls[name] = url

    def _group(self, name: str, rule: str, members: tuple[str, ...]) -> None:
        self._new(name)
        threshold = {"any": 1, "all": len(members)}.get(rule) or _number(rule)
        if not 1 <= threshold <= len(members):
            raise PolicyMalformed(
                f"{threshold} of {len(members)} can never be reached",
                f"{len(members)} のうち {threshold} という条件は成り立ちません",
            )
        for member in members:
            self._define(member)
            if member in self._grouped:
                raise PolicyMalformed(
                    f"{member} is a member already", f"{member} は二つのグループに入れません"
                )
            self._grouped.add(member)
        self.groups[name] = WitnessGroup(threshold, members)

    def _quorum(self, name: str) -> None:
        if self.quorum is not None:
            raise PolicyMalformed("a second quorum", "quorum の行が二つあります")
        if name != NONE:
            self._define(name)
        self.quorum = name

    def _new(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise PolicyMalformed(f"the name {name} is taken", f"{name} という名前は使われています")

    def _define(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise PolicyMalformed(
                f"{name} is not defined above", f"{name} がこれより上で定義されていません"
            )


def _number(text: str) -> int:
    try:
        return from_decimal(text)
    except ValueError as error:
        raise PolicyMalformed(
            str(error), f"「{text}」は any、all、数のどれでもありません"
        ) from None


def _new_key(vkey: str, kind: Kind, others: Iterable[Verifier]) -> Verifier:
    try:
        verifier = Verifier.parse(vkey)
    except (KeyMalformed, ValueError) as error:
        raise PolicyMalformed(str(error), "検証鍵として読めません") from None
    if verifier.kind != kind:
        raise PolicyMalformed(
            f"a key of type {kind:#04x} is needed here", f"種類 {kind:#04x} の鍵が要ります"
        )
    if any(verifier.key == other.key for other in others):
        raise PolicyMalformed("this key is there already", "同じ鍵がすでにあります")
    return verifier
