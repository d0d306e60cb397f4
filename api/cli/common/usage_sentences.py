"""What is wrong with a command line, in Japanese: the library that reads it speaks English."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import typer
from pydantic import ValidationError
from typer.exceptions import TyperException

_GENERAL: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"No such option: (\S+)"), "{0} という指定はありません。"),
    (
        re.compile(r"No such command '(.*?)'\. Did you mean (.*)\?"),
        "{0} というコマンドはありません。もしかして {1} ですか。",
    ),
    (re.compile(r"No such command '(.*?)'"), "{0} というコマンドはありません。"),
    (re.compile(r"Option '(.*?)' requires"), "{0} には値が要ります。"),
    (re.compile(r"Option '(.*?)' does not take a value"), "{0} に値は付けられません。"),
    (re.compile(r"Got unexpected extra argument\(s\) \((.*)\)", re.DOTALL), "余分な指定です：{0}"),
)
"""The library's sentences that have no class of their own, and ours."""

_BOUNDS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "greater_than_equal": lambda limits: f"{limits['ge']:g} 以上の数で指定してください",
    "less_than_equal": lambda limits: f"{limits['le']:g} 以下の数で指定してください",
    "int_parsing": lambda _: "整数で指定してください",
    "float_parsing": lambda _: "数で指定してください",
}
"""What a value must be, by the kind of fault that the library of types names."""


def usage_sentence(error: TyperException) -> str:
    """What is wrong with a command line and how it is used.

    Args:
        error: What the library found; its own words are kept where ours are not known.

    Returns:
        Sentences; empty where the help was shown instead, as for a group without a command.
    """
    if not error.message and not isinstance(error, typer.BadParameter):
        return ""
    context = getattr(error, "ctx", None)
    if context is None:
        return _wrong(error)
    return f"{_wrong(error)}\n使い方は {context.command_path} --help で見られます。"


def _wrong(error: TyperException) -> str:
    if not isinstance(error, typer.BadParameter):
        return _general(error)
    param = error.param
    name = "" if param is None else param.opts[0]
    explanation = getattr(param, "help", None) or ""
    if not error.message:
        return f"{name} を指定してください。{explanation}"
    return f"{name} の値が使えません（{_reason(error)}）。{explanation}"


def _general(error: TyperException) -> str:
    for pattern, sentence in _GENERAL:
        if found := pattern.match(error.message):
            possible = "、".join(sorted(getattr(error, "possibilities", None) or ()))
            return sentence.format(*found.groups()) + (
                f"もしかして {possible} ですか。" if possible else ""
            )
    return error.message


def _reason(error: typer.BadParameter) -> str:
    cause = error.__cause__
    if not isinstance(cause, ValidationError):
        return error.message
    fault = cause.errors(include_url=False)[0]
    limits = fault.get("ctx", {})
    if bound := _BOUNDS.get(fault["type"]):
        return bound(limits)
    if choices := re.search(r"is not one of (.*)\.", error.message):
        return f"{choices.group(1).replace(chr(39), '')} のどれかで指定してください"
    return error.message
