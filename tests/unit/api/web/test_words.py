"""Every sentence of the pages has an English one, with the same figures in it."""

import re
from pathlib import Path

from api.web import kind_names, translations
from api.web.diff_lines import PATH_WORDS
from projections.documents.corrections_document import SHEET_FIELDS

TEMPLATES = Path(translations.__file__).parent / "templates"
_CALL = re.compile(r"""\bt\(\s*(?:"([^"]+)"|'([^']+)')""")
_ENTRY = re.compile(r'"[a-z][a-z.\-]*": "([^"]+)"')
_FIGURE = re.compile(r"\{\w+\}")


def sentences() -> set[str]:
    """What templates say in Japanese."""
    found: set[str] = set()
    for template in TEMPLATES.glob("*.html"):
        text = template.read_text(encoding="utf-8")
        found |= {one or other for one, other in _CALL.findall(text)}
        found |= set(_ENTRY.findall(text))
    tables = (
        kind_names.KIND_WORDS,
        kind_names.STATUS_WORDS,
        kind_names.NOTICE_WORDS,
        SHEET_FIELDS,
        PATH_WORDS,
    )
    return found | {word for table in tables for word in table.values()}


def test_templates_say_something() -> None:
    assert len(sentences()) > 100


def test_every_sentence_has_an_english_one() -> None:
    assert sentences() - translations.english().keys() == set()


def test_both_languages_have_the_same_figures() -> None:
    for japanese, english in translations.english().items():
        assert set(_FIGURE.findall(english)) == set(_FIGURE.findall(japanese)), japanese


def test_figures_are_put_into_the_sentence() -> None:
    assert translations.translator("ja")("定数 {n}", n=3) == "定数 3"
    assert translations.translator("en")("定数 {n}", n=1) == "Seats: 1"


def test_every_prefecture_has_a_name_in_latin_letters() -> None:
    names = translations.prefecture_names("en")
    assert (names["01"], names["13"], names["47"]) == ("Hokkaido", "Tokyo", "Okinawa")
    assert len(set(names.values())) == 47
