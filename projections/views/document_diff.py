"""What differs between two versions of a document, figure by figure."""

from collections.abc import Mapping
from typing import NamedTuple

Leaf = str | int | float | bool | None
Json = dict[str, "Json"] | list["Json"] | Leaf


class FigureDifference(NamedTuple):
    """A figure that is not the same; None where it is missing.

    Attributes:
        path: Where it stands: names and ids from the outside in.
        old: As it was.
        new: As it is.
        estimated: Which of `old` and `new` was spread over units, not counted there (推計).
    """

    path: tuple[str, ...]
    old: Leaf
    new: Leaf
    estimated: tuple[str, ...] = ()


_IDS = ("id", "unit", "contest", "code", "kind", "list", "position", "party")
_LEFT_OUT = frozenset({"head", "votes"})
"""The head always differs; votes as decimals stand beside the same votes in thousandths."""


def differences(old: Json, new: Json) -> list[FigureDifference]:
    """Every figure that differs, in the order of the new version, then what is gone."""
    before, after = _leaves(old), _leaves(new)
    return [
        FigureDifference(
            path, _figure(before, path), _figure(after, path), _sides(path, before, after)
        )
        for path in {**after, **before}
        if _figure(before, path) != _figure(after, path)
    ]


class _Figure(NamedTuple):
    value: Leaf
    estimated: bool


_Figures = dict[tuple[str, ...], _Figure]


def _figure(figures: _Figures, path: tuple[str, ...]) -> Leaf:
    return figures[path].value if path in figures else None


def _sides(path: tuple[str, ...], before: _Figures, after: _Figures) -> tuple[str, ...]:
    sides = (("old", before), ("new", after))
    return tuple(side for side, found in sides if path in found and found[path].estimated)


def _leaves(value: Json) -> _Figures:
    found: _Figures = {}
    _collect(value, (), found, estimated=False)
    return found


def _collect(value: Json, path: tuple[str, ...], found: _Figures, *, estimated: bool) -> None:
    if isinstance(value, dict):
        for key, below in value.items():
            if key in _LEFT_OUT and not isinstance(below, dict):
                continue
            if key not in {"head", "estimated", "estimated_fields"}:
                marked = estimated or is_estimated(value, key)
                _collect(below, (*path, key), found, estimated=marked)
    elif isinstance(value, list):
        for place, below in enumerate(value):
            _collect(below, (*path, _name(below, place)), found, estimated=estimated)
    else:
        counted = isinstance(value, int | float) and not isinstance(value, bool)
        found[path] = _Figure(value, estimated and counted)


def is_estimated(found: Mapping[str, object], key: str) -> bool:
    """Whether what an object says of its estimates (推計) holds for one of its fields.

    It is said by the names of the fields, or of the whole object.
    """
    marked = found.get("estimated_fields") or found.get("estimated")
    if isinstance(marked, list):
        return any(key == name or key.startswith(f"{name}_") for name in marked)
    return marked is True


def _name(value: Json, place: int) -> str:
    """An element by its id where it has one, so that a new order is no difference."""
    if isinstance(value, dict):
        for key in _IDS:
            if isinstance(value.get(key), str | int):
                return str(value[key])
    return str(place)
