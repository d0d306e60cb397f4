"""A person who has a keyboard alone: every stop on the way is seen, and none holds them."""

from datetime import date

from playwright.sync_api import Locator, expect
from typing_extensions import override

from tests.browser.offices.centre import PASTE
from tests.browser.setup.person import Person

STOPS_MAX = 900
"""A ballot of forty candidates alone has 360 fields and buttons."""
_STOP = """() => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const box = here.getBoundingClientRect();
  const last = window.lastStop;
  window.lastStop = here;
  const isPage = here === document.body || here === document.documentElement;
  return {
    name: here.outerHTML.slice(0, 120),
    shown: isPage || here.matches("h1")
      || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.height > 0),
    // Within a date field Tab goes from part to part; after the last stop the first one follows.
    backwards: Boolean(last && last.isConnected && !isPage && last !== here
      && last.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_PRECEDING),
  };
}"""
_THERE = """(wanted) => {
  const here = document.activeElement;
  const isOfItsGroup = here.type === "radio" && wanted.type === "radio"
    && here.name === wanted.name;
  return here === wanted || isOfItsGroup;
}"""


class KeyboardPerson(Person):
    """Someone without a mouse: Tab, Enter, space, arrows, letters and digits."""

    @override
    def press(self, target: str | Locator) -> None:
        self.count.add(f"press {target}")
        wanted = self._reach(target)
        kind = wanted.evaluate("(each) => each.type ?? ''")
        if kind == "radio":
            for _ in range(wanted.evaluate("(e) => document.getElementsByName(e.name).length")):
                if wanted.is_checked():
                    return
                self.page.keyboard.press("ArrowDown")
            expect(wanted).to_be_checked()
            return
        self.page.keyboard.press("Space" if kind == "checkbox" else "Enter")

    @override
    def fill(self, target: str | Locator, text: str) -> None:
        self.count.add(f"fill {target}")
        wanted = self._reach(target)
        if wanted.evaluate("(each) => each.type") == "date":
            self._type_day(wanted, date.fromisoformat(text))
            return
        self.page.keyboard.press("Control+A")
        # What an input method writes; digits come key by key.
        if text.isascii():
            self.page.keyboard.type(text)
        else:
            self.page.keyboard.insert_text(text)

    @override
    def paste(self, target: str | Locator, text: str) -> None:
        self.count.add(f"paste {target}")
        self._reach(target).evaluate(PASTE, text)

    @override
    def choose(self, target: str | Locator, value: str) -> None:
        self.count.add(f"choose {target}")
        wanted = self._reach(target)
        values = wanted.evaluate("(each) => [...each.options].map((option) => option.value)")
        place, goal = values.index(wanted.input_value()), values.index(value)
        for at in range(place, goal, 1 if goal > place else -1):
            self.page.keyboard.press("ArrowDown" if goal > place else "ArrowUp")
            expect(wanted).to_have_value(values[at + 1 if goal > place else at - 1])
            # A choice that draws the form anew leaves the focus where it was.
            expect(wanted).to_be_focused()

    def _reach(self, target: str | Locator) -> Locator:
        wanted = self._find(target)
        expect(wanted).to_be_visible()
        turns = 0
        for _ in range(STOPS_MAX):
            if wanted.evaluate(_THERE):
                return wanted
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(_STOP)
            assert stop["shown"], stop["name"]
            turns += stop["backwards"]
            # Round the page once and to its place: more is a trap, or an order nobody reads in.
            assert turns <= 2, stop["name"]
        raise AssertionError(f"not reached: {target}")

    def _type_day(self, wanted: Locator, day: date) -> None:
        """A date field asks for its parts in the order of the browser's language."""
        for parts in (f"{day:%m%d%Y}", f"{day:%Y%m%d}"):
            self.page.keyboard.type(parts)
            if wanted.input_value() == day.isoformat():
                return
            self.page.keyboard.press("Shift+Tab")
            self._reach(wanted)
        expect(wanted).to_have_value(day.isoformat())
