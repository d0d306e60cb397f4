"""How far one count is: a word of every public document."""

from typing import Literal

Status = Literal["none", "interim", "final", "corrected", "contested"]
