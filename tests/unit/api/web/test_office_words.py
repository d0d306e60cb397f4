"""Every sentence that the modules of offices make has an English one, with the same figures."""

import json
import re
from pathlib import Path
from typing import get_args

from aggregates.counting.checks import NoticeCode, QuestionCode
from aggregates.counting.succession import DEPARTURE_CAUSES
from aggregates.election.units.municipality_check import UnitNoticeCode
from api.web import assets, kind_names, translations

STATIC = Path(translations.__file__).parent / "static"
FOLDERS = ("centre", "control", "setup", "shared", "survey")
LANGUAGE = {
    "shared/language.js",
    "shared/name_folding.js",
    "shared/spelling_alphabet.js",
    "centre/service_worker.js",
}
"""What is about letters, not said to anybody."""
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠々、。（）：「」]")
FIGURE = re.compile(r"\{\d+\}")
RECORDED = {"なし", "選挙長"}
"""Words of the record, not of the page."""
OPENERS = "(,=:[!&|?{};>"


def modules() -> dict[str, str]:
    """Name -> text of every module of offices."""
    found = [each for name in FOLDERS for each in STATIC.glob(f"{name}/**/*.js")]
    names = {each.relative_to(STATIC).as_posix(): each for each in found}
    return {
        name: path.read_text(encoding="utf-8")
        for name, path in names.items()
        if name not in LANGUAGE
    }


class Literals:
    """The string literals of a module: whether each is translated, and its key."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[tuple[bool, str]] = []
        self._code(0, "")

    def _code(self, at: int, end: str) -> int:
        depth = 0
        while at < len(self.text):
            letter = self.text[at]
            if letter == end and not depth:
                return at + 1
            depth += {"{": 1, "}": -1}.get(letter, 0)
            at = self._token(at)
        return at

    def _token(self, at: int) -> int:
        letter = self.text[at]
        if self.text.startswith("//", at):
            return self.text.index("\n", at)
        if self.text.startswith("/*", at):
            return self.text.index("*/", at) + 2
        if letter in "\"'":
            return self._string(at)
        if letter == "`":
            return self._template(at)
        if letter == "/" and (self.text[max(0, at - 80) : at].rstrip() or "(")[-1] in OPENERS:
            return self._regex(at)
        return at + 1

    def _string(self, at: int) -> int:
        match = re.compile(r"""(["'])((?:\\.|(?!\1).)*)\1""").match(self.text, at)
        assert match is not None
        before = self.text[max(0, at - 40) : at].rstrip()
        is_said = re.search(r"(?<![\w.])t\($", before) is not None
        self.found.append((is_said, match[2]))
        return match.end()

    def _template(self, at: int) -> int:
        is_said = re.search(r"(?<![\w.])t$", self.text[max(0, at - 8) : at]) is not None
        key, place, at = "", 0, at + 1
        while self.text[at] != "`":
            if self.text.startswith("${", at):
                at = self._code(at + 2, "}")
                key += f"{{{place}}}"
                place += 1
            else:
                key += self.text[at]
                at += 1
        self.found.append((is_said, key))
        return at + 1

    def _regex(self, at: int) -> int:
        match = re.compile(r"/(?:\\.|\[(?:\\.|[^\]])*\]|[^/\\\[])+/").match(self.text, at)
        assert match is not None
        return match.end()


def said() -> set[str]:
    """Keys of everything that modules say through `t`."""
    return {key for text in modules().values() for is_said, key in Literals(text).found if is_said}


AFTER_SENDING = {"option-left-out", "options-exchanged", "one-entry"}
"""They compare a unit with others, which its page does not have, or say how it was typed."""

ASKED = set(get_args(QuestionCode))
"""The server compares, the page asks: `centre/question_view.js`."""


def test_every_warning_has_its_word_on_every_page() -> None:
    text = modules()["centre/comparison.js"] + modules()["centre/turnout_comparison.js"]
    words = modules()["shared/notice_words.js"]
    words_of_offices = words.partition("NOTICE_WORDS = {")[2].partition("};")[0]

    assert set(re.findall(r'"([a-z-]+)": t\(', words_of_offices)) == set(get_args(NoticeCode))
    of_units = set(get_args(UnitNoticeCode))
    before_sending = set(get_args(NoticeCode)) - AFTER_SENDING - ASKED - of_units
    assert set(re.findall(r'(?:warning|compareElectors)\(\s*"([a-z-]+)"', text)) == before_sending
    asked = re.findall(r'case "([a-z-]+)"', modules()["centre/question_view.js"])
    assert {*asked, "unlike-others-turnout"} == ASKED
    assert kind_names.NOTICE_WORDS.keys() == set(get_args(NoticeCode))


def test_offices_choose_the_cause_of_a_departure_by_the_words_of_pages_and_papers() -> None:
    offered = modules()["control/contest_acts.js"].partition("DEPARTURES = [")[2].partition("];")[0]

    assert dict(re.findall(r'\["([a-z-]+)", t\("(.+?)"\)\]', offered)) == DEPARTURE_CAUSES


def test_browsers_are_given_the_sentences_of_the_catalogue() -> None:
    module = assets.assets()[assets.ENGLISH].body.decode()

    assert json.loads(module.removeprefix("export default ").removesuffix(";\n")) == (
        translations.script_english()
    )


def test_a_sentence_stands_once_in_the_catalogue() -> None:
    """What both say stands apart, so that it cannot be another English in each."""
    parts = json.loads(translations.CATALOGUE.read_text(encoding="utf-8"))

    assert parts.keys() == {"everywhere", "pages", "offices"}
    assert parts["pages"].keys() & parts["offices"].keys() == set()
    assert parts["everywhere"].keys() & (parts["pages"].keys() | parts["offices"].keys()) == set()


def test_modules_say_something() -> None:
    assert len(said()) > 300


def test_no_module_speaks_past_the_catalogue() -> None:
    past = {
        (name, key)
        for name, text in modules().items()
        for is_said, key in Literals(text).found
        if not is_said and JAPANESE.search(key) and key not in RECORDED
    }
    assert past == set()


def test_every_sentence_has_an_english_one_and_none_is_left_over() -> None:
    assert said() ^ translations.script_english().keys() == set()


def test_both_languages_have_the_same_figures() -> None:
    for japanese, english in translations.script_english().items():
        assert sorted(FIGURE.findall(japanese)) == sorted(FIGURE.findall(english)), japanese
        assert not JAPANESE.search(english), english
