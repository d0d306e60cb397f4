"""What differs between two versions of a document or an event, field by field."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from projections.views.document_diff import is_estimated


class RecordedChange(NamedTuple):
    """One difference between two versions of a document.

    Attributes:
        path: Where, such as `options[13-01-2].votes`.
        before: Its JSON; empty when it was not there.
        after: Its JSON; empty when it is no longer there.
        estimated: Which of `before` and `after` was spread over units, not counted there (推計).
    """

    path: str
    before: str
    after: str
    estimated: tuple[str, ...] = ()


def changes(before: bytes, after: bytes) -> list[RecordedChange]:
    """What differs between two versions of a document, in the order of its fields."""
    return list(_compare("", msgspec.json.decode(before), msgspec.json.decode(after), ()))


def _compare(
    path: str, before: object, after: object, estimated: tuple[str, ...]
) -> Iterator[RecordedChange]:
    if before == after:
        return
    if isinstance(before, list) and isinstance(after, list):
        before, after = _rows(before), _rows(after)
    if not isinstance(before, dict) or not isinstance(after, dict):
        yield RecordedChange(path, _json(before), _json(after), estimated)
        return
    for key in dict.fromkeys((*before, *after)):
        sides = (("before", before), ("after", after))
        marked = tuple(
            side for side, found in sides if side in estimated or is_estimated(found, key)
        )
        inner = f"{path}{key}" if key.startswith("[") else f"{path}.{key}".removeprefix(".")
        if key not in after:
            yield RecordedChange(inner, _json(before[key]), "", marked)
        elif key not in before:
            yield RecordedChange(inner, "", _json(after[key]), marked)
        else:
            yield from _compare(inner, before[key], after[key], marked)


_NAMES: Final = ("id", "unit", "contest", "code", "party", "candidate", "position")


def _rows(items: list[object]) -> dict[str, object]:
    """Rows by what names them, or else by their number."""
    for name in _NAMES:
        keys = [item.get(name) if isinstance(item, dict) else None for item in items]
        if all(isinstance(key, str | int) for key in keys) and len(set(keys)) == len(keys):
            return {f"[{key}]": item for key, item in zip(keys, items, strict=True)}
    return {f"[{number}]": item for number, item in enumerate(items)}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
