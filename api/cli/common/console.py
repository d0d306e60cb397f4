"""What commands tell people beside their answer."""

from functools import cached_property
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console


class ErrorConsole:
    """The terminal beside the answer, whose library is loaded with the first sentence.

    Lines are never broken, so that they can be searched for, and nothing in them is taken for
    markup.
    """

    @cached_property
    def console(self) -> "Console":
        """The library's console, for what draws on it."""
        # A command that has nothing to say need not load what draws tables and bars.
        from rich.console import Console  # noqa: PLC0415

        return Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

    def print(self, sentence: object, style: str | None = None) -> None:
        """Say a sentence."""
        self.console.print(sentence, style=style)


ERRORS = ErrorConsole()
WRONG = "bold red"
"""How what went wrong looks."""
WAITING = "yellow"
"""How what is not done yet looks."""


def fail(sentence: str, code: int = 1) -> typer.Exit:
    """Say what is wrong and what to do, and end with a code, 1 unless another is given."""
    ERRORS.print(sentence, style=WRONG)
    return typer.Exit(code)
