"""Positions in addresses: whole numbers of a length that a log can have."""

from starlette.convertors import Convertor, register_url_convertor
from typing_extensions import override

DIGITS_MAX = 15


class PositionConvertor(Convertor[int]):
    """A position of a log; what has more digits is no address here."""

    regex = f"[0-9]{{1,{DIGITS_MAX}}}"

    @override
    def convert(self, value: str) -> int:
        return int(value)

    @override
    def to_string(self, value: int) -> str:
        return str(value)


def register_positions() -> None:
    """Let addresses say `{position:position}`; before the routes that do are made."""
    register_url_convertor("position", PositionConvertor())
