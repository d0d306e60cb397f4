"""A person in front of a page: everything that they do is counted."""

import time
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from tests.browser.offices.centre import PASTE


@dataclass
class ActionCount:
    """How many times people have pressed, typed into a field, chosen, or opened an address."""

    actions: int = 0
    course: list[str] = field(default_factory=list)

    def add(self, what: str) -> None:
        self.actions += 1
        self.course.append(what)


@dataclass
class Person:
    """Someone at a device.

    Attributes:
        page: What they look at.
        count: What all persons of a walk have done.
    """

    page: Page
    count: ActionCount

    def open(self, address: str) -> None:
        """Open an address or a link that was handed over."""
        self.count.add(f"open {address}")
        self.page.goto(address)
        expect(self.page.locator("body[data-ready]")).to_have_count(1)

    def open_plain(self, address: str) -> None:
        """Open an address whose page needs no script."""
        self.count.add(f"open {address}")
        self.page.goto(address)

    def press(self, target: str | Locator) -> None:
        """Press a button or a link, or mark a box."""
        self.count.add(f"press {target}")
        self._find(target).click()

    def fill(self, target: str | Locator, text: str) -> None:
        """Fill a field."""
        self.count.add(f"fill {target}")
        self._find(target).fill(text)

    def paste(self, target: str | Locator, text: str) -> None:
        """Paste from a spreadsheet into a field."""
        self.count.add(f"paste {target}")
        self._find(target).evaluate(PASTE, text)

    def choose(self, target: str | Locator, value: str) -> None:
        """Choose from a list."""
        self.count.add(f"choose {target}")
        self._find(target).select_option(value)

    def sees(self, target: str | Locator, text: str) -> None:
        """What stands there, once it does; looking is no action."""
        expect(self._find(target)).to_contain_text(text)

    def _find(self, target: str | Locator) -> Locator:
        return self.page.locator(target) if isinstance(target, str) else target


def wait_for_report(page: Page, seconds_max: float = 180.0) -> None:
    """Read the page of reports again until there is one with what is to be printed."""
    deadline = time.monotonic() + seconds_max
    while page.locator("[data-sheets]").count() == 0:
        assert time.monotonic() < deadline, "no report was made"
        page.wait_for_timeout(500)
        page.reload()
