"""A projection as bytes and back, so that a process need not read a long log again to begin.

Events are not in the bytes: they are named by stream and number, and read from the log, which
alone says what was recorded. Sums and what the law makes of them are left out as well: they are
added up again when somebody asks. The same state gives the same bytes.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec

from aggregates.base import Event
from projections.election_projection import ElectionProjection
from projections.snapshots import RECORDS
from projections.state.election_state import Amendment, Correction
from projections.state.event_history import EventHistory, EventSource, HeldHistory
from projections.state.recorded_moments import RecordedMoments
from projections.state.reporting_effort import ReportingEffort
from projections.state.survey_records import AnswerRecord

_CACHES: Final = frozenset({"_sums", "_turnout", "race", "proposal", "projection"})
_PAUSE_EVERY: Final = 500
_RECORDS: Final = {kind.__name__: kind for kind in (*RECORDS, ReportingEffort)}
_ROWS: Final = {kind.__name__: kind for kind in (Amendment, Correction, AnswerRecord)}
"""Immutable things with an event inside, taken apart so that the event is named only."""

_STRUCT: Final = "struct "

EventName = tuple[str, int]
"""Stream, and number in it."""
FindEvents = Callable[[Sequence[EventName]], Sequence[Event]]
"""Events by their names, in order, from the log."""


class StateNotStored(TypeError):  # noqa: N818 - it says what is missing
    """A projection holds something that cannot be written or read; say here which it is."""


class StoredState(msgspec.Struct, frozen=True, array_like=True):
    """What is written: nodes that refer to each other by number.

    Attributes:
        events: Names of the events that nodes refer to.
        nodes: Kind and content; what cannot change refers to earlier nodes only.
    """

    events: list[EventName]
    nodes: list[tuple[str, Any]]


def write_state(state: ElectionProjection, pause: Callable[[], None] = lambda: None) -> bytes:
    """The bytes of a state that does not change meanwhile.

    Args:
        state: The state; what it finds events with is not part of it.
        pause: Called now and then, to let others work.

    Raises:
        StateNotStored: It holds a type that is not known here.
    """
    return _Writer(state.source, pause).write(state)


class _Writer:
    def __init__(self, source: EventSource | None, pause: Callable[[], None]) -> None:
        self._source = source
        self._pause = pause
        self._events: dict[EventName, int] = {}
        self._nodes: list[tuple[str, Any]] = []
        self._known: dict[int, int] = {}
        self._alive: list[object] = []
        self._waiting: list[tuple[int, object]] = []

    def write(self, state: ElectionProjection) -> bytes:
        self._refer(state)
        done = 0
        while self._waiting:
            number, value = self._waiting.pop()
            self._nodes[number] = (self._nodes[number][0], self._content(value))
            done += 1
            if done % _PAUSE_EVERY == 0:
                self._pause()
        return msgspec.msgpack.encode(StoredState(list(self._events), self._nodes))

    def _refer(self, value: object) -> object:
        """A plain value as it is; of anything else the number of its node, in a list."""
        if value is None or isinstance(value, str | bool | int | float):
            return value
        number = self._known.get(id(value))
        if number is None:
            number = self._add(value)
            self._known[id(value)] = number
            self._alive.append(value)
        return [number]

    def _add(self, value: object) -> int:
        kind = type(value)
        if value is self._source:
            self._nodes.append(("source", None))
        elif kind in {dict, list} or kind.__name__ in _RECORDS:
            # What can change is filled later: contests refer to each other in long chains.
            self._nodes.append((kind.__name__, None))
            self._waiting.append((len(self._nodes) - 1, value))
        else:
            # Before its own number is taken: what cannot change refers to earlier nodes only.
            self._nodes.append(self._whole(value))
        return len(self._nodes) - 1

    def _whole(self, value: object) -> tuple[str, Any]:
        if isinstance(value, Event):
            name = value.originator_id, value.originator_version
            return "event", self._events.setdefault(name, len(self._events))
        if isinstance(value, EventHistory | HeldHistory):
            return "history", [value.positions_bytes(), self._refer(value.last)]
        if isinstance(value, RecordedMoments):
            return "moments", value.to_bytes()
        if isinstance(value, date):
            return ("datetime" if isinstance(value, datetime) else "date"), value.isoformat()
        return self._compound(value)

    def _compound(self, value: object) -> tuple[str, Any]:
        name = type(value).__name__
        if isinstance(value, AnswerRecord):
            return name, [self._refer(each) for each in msgspec.structs.astuple(value)]
        if isinstance(value, tuple) and (name in _ROWS or name == "tuple"):
            return name, [self._refer(each) for each in value]
        if isinstance(value, frozenset):
            return "frozenset", [self._refer(each) for each in sorted(value)]
        if isinstance(value, msgspec.Struct) and _struct_name(type(value)) in _structs():
            return _STRUCT + _struct_name(type(value)), msgspec.json.encode(value)
        raise StateNotStored(f"{name} cannot be stored")

    def _content(self, value: object) -> list[object]:
        if isinstance(value, dict):
            return [self._refer(each) for pair in value.items() for each in pair]
        if isinstance(value, list):
            return [self._refer(each) for each in value]
        return [
            part
            for name in _fields(value)
            if name not in _CACHES
            for part in (name, self._refer(getattr(value, name)))
        ]


def read_state(data: bytes, find: FindEvents, source: EventSource) -> ElectionProjection:
    """The state of these bytes.

    Args:
        data: What `write_state` gave.
        find: Reads events from the log.
        source: Where the state finds events later.

    Raises:
        StateNotStored: They hold what is not known here.
        msgspec.MsgspecError: They are not such bytes.
    """
    stored = msgspec.msgpack.decode(data, type=StoredState)
    events = find(stored.events)
    reader = _Reader(events, source)
    for kind, content in stored.nodes:
        reader.made.append(reader.begin(kind, content))
    for (kind, content), value in zip(stored.nodes, reader.made, strict=True):
        reader.fill(kind, content, value)
    state = reader.made[0] if reader.made else None
    if not isinstance(state, ElectionProjection):
        raise StateNotStored("these bytes are not of a projection")
    return state


class _Reader:
    """Makes the value of each node; what can change is empty at first."""

    def __init__(self, events: Sequence[Event], source: EventSource) -> None:
        self.made: list[Any] = []
        self._events = events
        self._source = source
        self._whole: dict[str, Callable[[Any], object]] = {
            "event": lambda content: self._events[content],
            "source": lambda _: self._source,
            "moments": RecordedMoments.from_bytes,
            "date": date.fromisoformat,
            "datetime": datetime.fromisoformat,
            "history": self._history,
            "tuple": lambda content: tuple(map(self.get, content)),
            "frozenset": lambda content: frozenset(map(self.get, content)),
            "dict": lambda _: {},
            "list": lambda _: [],
        }

    def get(self, value: object) -> Any:  # noqa: ANN401 - nodes are of any type
        """What `_Writer._refer` stood for."""
        return self.made[value[0]] if isinstance(value, list) else value

    def begin(self, kind: str, content: object) -> object:
        """The value of a node, or what is filled later."""
        make = self._whole.get(kind)
        if make is not None:
            return make(content)
        if kind in _RECORDS:
            record = _RECORDS[kind]
            return ReportingEffort() if record is ReportingEffort else record.__new__(record)
        if kind in _ROWS and isinstance(content, list):
            return _ROWS[kind](*map(self.get, content))
        if kind.startswith(_STRUCT) and isinstance(content, bytes):
            return msgspec.json.decode(content, type=_known_struct(kind.removeprefix(_STRUCT)))
        raise StateNotStored(f"{kind} cannot be read")

    def fill(self, kind: str, content: Any, value: Any) -> None:  # noqa: ANN401 - as above
        """Fill what can change."""
        if kind == "dict":
            values = map(self.get, content)
            value.update(zip(values, values, strict=True))
        elif kind == "list":
            value.extend(map(self.get, content))
        elif kind in _RECORDS:
            for name, part in zip(content[::2], content[1::2], strict=True):
                setattr(value, name, self.get(part))
            for name in _CACHES_BY_RECORD[kind]:
                setattr(value, name, None)

    def _history(self, content: Any) -> EventHistory:  # noqa: ANN401 - as above
        return EventHistory.from_bytes(self._source, content[0], self.get(content[1]))


def _fields(value: object) -> Sequence[str]:
    if isinstance(value, msgspec.Struct):
        return value.__struct_fields__
    return getattr(value, "__slots__", None) or tuple(vars(value))


def _names_in(kind: type) -> tuple[str, ...]:
    """What the constructor names; nothing of a struct, which has no caches."""
    made = getattr(vars(kind).get("__init__"), "__code__", None)
    return () if made is None else made.co_names


_CACHES_BY_RECORD: Final = {
    name: [each for each in sorted(_CACHES) if each in _names_in(kind)]
    for name, kind in _RECORDS.items()
}


def _struct_name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


_STRUCTS: dict[str, type[msgspec.Struct]] = {}


def _structs() -> dict[str, type[msgspec.Struct]]:
    """Structs of the domain, by their names: those of the modules that the fold needs."""
    if not _STRUCTS:
        waiting = list(msgspec.Struct.__subclasses__())
        while waiting:
            kind = waiting.pop()
            waiting += kind.__subclasses__()
            if kind.__module__.partition(".")[0] == "aggregates":
                _STRUCTS[_struct_name(kind)] = kind
    return _STRUCTS


def _known_struct(name: str) -> type[msgspec.Struct]:
    kind = _structs().get(name)
    if kind is None:
        raise StateNotStored(f"{name} cannot be read")
    return kind
