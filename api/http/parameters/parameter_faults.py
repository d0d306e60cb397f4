"""What is wrong with parameters of a request, each in a sentence that says what to do."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

_QUOTED: Final = re.compile(r"'([^']*)'")
_DEMANDS: Final = {
    "missing": "を",
    "greater_than_equal": "は {ge} 以上の整数で",
    "less_than_equal": "は {le} 以下の整数で",
    "string_too_long": "は {max_length} 字以内で",
    "string_too_short": "は {min_length} 字以上で",
    "too_long": "は {max_length} 個以内で",
    "string_pattern_mismatch": "は正規表現 {pattern} に合う形で",
    "literal_error": "は {choices} のどれかで",
}
"""By the kind of error, as pydantic names it."""
_DEMANDS_BY_BEGINNING: Final = {"int": "は整数で", "date": "は日付（2026-12-13 のような形）で"}


def parameter_facts(errors: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What the validation says of each parameter, for machines.

    Args:
        errors: Errors of the validation, as pydantic gives them.
    """
    return {_name(each): str(each["msg"]) for each in errors}


def parameter_sentences(errors: Iterable[Mapping[str, Any]]) -> str:
    """Sentences for people, one for each parameter.

    Args:
        errors: As of `parameter_facts`.
    """
    by_name = {_name(each): each for each in errors}
    return "".join(f"{name} {_demand(each)}指定してください。" for name, each in by_name.items())


def _name(error: Mapping[str, Any]) -> str:
    """The parameter; an item of a list has its place behind the name of the list."""
    place = error["loc"]
    return str(place[1] if len(place) > 1 else place[0])


def _demand(error: Mapping[str, Any]) -> str:
    """What a parameter must be, from what the validation says it is not; ends in a particle."""
    kind: str = error["type"]
    words = _DEMANDS.get(kind) or _DEMANDS_BY_BEGINNING.get(kind.partition("_")[0], "は正しい値で")
    limits = error.get("ctx", {})
    choices = "、".join(_QUOTED.findall(str(limits.get("expected", ""))))
    return words.format(**{**limits, "choices": choices})
