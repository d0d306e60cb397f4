"""What differs between two versions of a document, figure by figure."""

from typing import NamedTuple

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


class FigureDifference(NamedTuple):
    """A figure that is not the same; None where it is missing.

    Attributes:
        path: Where it stands: names and ids from the outside in.
        old: As it was.
        new: As it is.
    """

    path: tuple[str, ...]
    old: str | int | float | bool | None
    new: str | int | float | bool | None


_IDS = ("id", "unit", "contest", "code", "kind", "list", "position", "party")
_LEFT_OUT = frozenset({"head", "votes"})
"""The head always differs; votes as decimals stand beside the same votes in thousandths."""


def differences(old: Json, new: Json) -> list[FigureDifference]:
    """Every figure that differs, in the order of the new version, then what is gone."""
    before, after = _leaves(old), _leaves(new)
    return [
        FigureDifference(path, before.get(path), after.get(path))
        for path in {**after, **before}
        if before.get(path) != after.get(path)
    ]


def _leaves(value: Json) -> dict[tuple[str, ...], str | int | float | bool | None]:
    found: dict[tuple[str, ...], str | int | float | bool | None] = {}
    _collect(value, (), found)
    return found


def _collect(
    value: Json,
    path: tuple[str, ...],
    found: dict[tuple[str, ...], str | int | float | bool | None],
) -> None:
    if isinstance(value, dict):
        for key, below in value.items():
            if key in _LEFT_OUT and not isinstance(below, dict):
                continue
            if key != "head":
                _collect(below, (*path, key), found)
    elif isinstance(value, list):
        for place, below in enumerate(value):
            _collect(below, (*path, _name(below, place)), found)
    else:
        found[path] = value


def _name(value: Json, place: int) -> str:
    """An element by its id where it has one, so that a new order is no difference."""
    if isinstance(value, dict):
        for key in _IDS:
            if isinstance(value.get(key), str | int):
                return str(value[key])
    return str(place)
