"""Which modules of ours are handed a thing, as Python's profiler sees it."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[2]
PACKAGES = ("aggregates", "projections", "infra", "api")


class ModuleWatch:
    """Modules with a function that is given the thing, in any of its forms.

    Args:
        is_thing: Whether an argument is it.

    Attributes:
        on: Whether calls are noted.
        modules: Found so far, as paths from the root of the repository.
    """

    def __init__(self, is_thing: Callable[[object], bool]) -> None:
        self._is_thing = is_thing
        self._names: dict[str, str] = {}
        self.on = False
        self.modules: set[str] = set()

    def note(self, frame: FrameType, event: str, _: object) -> None:
        if not self.on or event != "call":
            return
        code = frame.f_code
        module = self._name(code.co_filename)
        if not module or module in self.modules:
            return
        # Who follows the log reads the event after it is recorded.
        if threading.current_thread().name.startswith(("live-night", "past")):
            return
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        if any(self._is_thing(frame.f_locals.get(name)) for name in names):
            self.modules.add(module)

    def _name(self, file: str) -> str:
        """A module's path from the root of the repository; empty where it is not ours."""
        if file not in self._names:
            path = Path(file)
            is_ours = path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in PACKAGES
            self._names[file] = path.relative_to(ROOT).as_posix() if is_ours else ""
        return self._names[file]


@contextmanager
def profiled(watch: ModuleWatch) -> Iterator[ModuleWatch]:
    """Let it see the calls of every thread that begins meanwhile."""
    threading.setprofile(watch.note)
    sys.setprofile(watch.note)
    try:
        yield watch
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
