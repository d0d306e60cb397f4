"""Write docs/formats/fields.md from the documents: `python -m tests.support.feed_fields`.

Fields and their meanings come from the structs, examples from one small invented election.
"""

import inspect
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from projections.documents.render import build, document_types
from projections.feeds.tabular import document_table
from tests.unit.projections.test_golden_documents import small_election

PAGE = Path(__file__).parents[2] / "docs" / "formats" / "fields.md"

_HEAD = """# Fields of the feed

What each document says, field by field, with one row of its table as an example. Versions, formats
and unknown figures: [feed](feed.md). The JSON Schemas (`/v1/schemas/index.json`) have the same
text. Examples are of an invented election. In JSON a field that is null is not known; fields marked
° may be left out. In CSV what is not known is an empty cell. Every CSV row begins with
`environment`, `election`, `position` and ends with `warning`.

This page is written by `python -m tests.support.feed_fields`.
"""
_EXAMPLES = {
    "contests": "contests/house-district/13-01",
    "contest-candidates": "contest-candidates/house-district/13-01",
}
"""Which member of a series is the example, where the first one says little."""
_WORDS: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    type(None): "null",
    date: "date",
    datetime: "moment",
}
_ATTRIBUTE = re.compile(r"^    (?:    )?(\w+): (.*)$")


def page() -> str:
    """The whole page."""
    parts = dict.fromkeys(_parts())
    return "\n".join(
        [_HEAD, *map(_kind, sorted(document_types())), "## Parts\n", *map(_part, parts)]
    )


def structs(kind: type[msgspec.Struct]) -> list[type[msgspec.Struct]]:
    """A struct, and every struct that stands in its fields."""
    found = {kind: None}
    for hint in get_type_hints(kind).values():
        for each in _inner(hint):
            found |= dict.fromkeys(structs(each))
    return list(found)


def _inner(hint: Any) -> Iterator[type[msgspec.Struct]]:  # noqa: ANN401 - any annotation
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
    for each in get_args(hint):
        yield from _inner(each)


def _parts() -> Iterator[type[msgspec.Struct]]:
    for _, kind in sorted(document_types().items()):
        yield from structs(kind)[1:]


def _kind(kind: str) -> str:
    struct = document_types()[kind]
    night = small_election().night
    names = [each for each in night.versions if each.partition("/")[0] == kind]
    name = _EXAMPLES.get(kind, names[0])
    table = document_table(build(night, name))
    row = max(table.rows, key=lambda cells: sum(map(bool, cells)))
    cells = zip(table.columns, row, strict=True)
    lines = [f"| `{column}` | {_cell(value)} |" for column, value in cells]
    return (
        f"## `{kind}`\n\n{_summary(struct)}\n\n{_fields(struct)}\n"
        f"`{name}.csv`, one row:\n\n| column | example |\n|---|---|\n" + "\n".join(lines) + "\n"
    )


def _part(struct: type[msgspec.Struct]) -> str:
    return f"### {struct.__name__}\n\n{_summary(struct)}\n\n{_fields(struct)}"


def _summary(struct: type[msgspec.Struct]) -> str:
    return inspect.cleandoc(struct.__doc__ or "").partition("\n\n")[0].replace("\n", " ")


def _fields(struct: type[msgspec.Struct]) -> str:
    known = _meanings(struct)
    rows = [
        f"| `{field.name}`{'' if field.required else '°'} | {_type_name(field.type)} "
        f"| {known.get(field.name) or 'See above.'} |"
        for field in msgspec.structs.fields(struct)
    ]
    return "| field | type | meaning |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def _meanings(struct: type[msgspec.Struct]) -> dict[str, str]:
    """Field -> its text in the docstring."""
    found: dict[str, str] = {}
    last = ""
    for line in (struct.__doc__ or "").partition("Attributes:")[2].splitlines():
        if stated := _ATTRIBUTE.match(line):
            last = stated[1]
            found[last] = stated[2]
        elif last and line.strip():
            found[last] += f" {line.strip()}"
    return {name: text.replace("|", "\\|") for name, text in found.items()}


def _type_name(hint: Any) -> str:  # noqa: ANN401 - any annotation
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _type_name(args[0])
    if origin is Literal:
        return " or ".join(f"`{each}`" for each in args)
    if origin in {list, tuple}:
        return f"list of {_type_name(args[0])}"
    if origin is dict:
        return f"object: {_type_name(args[0])} to {_type_name(args[1])}"
    if args:
        return " or ".join(_type_name(each) for each in args if each is not msgspec.UnsetType)
    return _WORDS.get(hint, getattr(hint, "__name__", str(hint)))


def _cell(value: str) -> str:
    return value.replace("|", "\\|").replace("\n", " ") or "(empty)"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
