"""What commands tell people beside their answer."""

import typer
from rich.console import Console

ERRORS = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
"""What people see beside the answer: never broken into lines, so that it can be searched for,
and nothing in it taken for markup."""
WRONG = "bold red"
"""How what went wrong looks."""
WAITING = "yellow"
"""How what is not done yet looks."""


def fail(sentence: str, code: int = 1) -> typer.Exit:
    """Say what is wrong and what to do, and end with a code, 1 unless another is given."""
    ERRORS.print(sentence, style=WRONG)
    return typer.Exit(code)
