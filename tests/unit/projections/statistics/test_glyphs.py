"""Characters of one office's font: read where the record tells, marked where it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.statistics.glyphs import infer_glyph, with_glyphs
from projections.statistics.grid import cell_text
from tests import builders as b
from tests.support.gwt import Command
from tests.unit.projections.statistics.reading import report, row

PRIVATE = "\ue060"


@pytest.mark.parametrize(
    ("written", "other", "meant"),
    [
        (f"{PRIVATE}清人", "辻清人", "辻"),
        (f"佐{PRIVATE}喬", "佐藤たかし", "藤"),
        (f"{PRIVATE}田美季", "藤田みき", "藤"),
        (f"木{PRIVATE}小百合", "木𠮷小百合", "𠮷"),
    ],
)
def test_another_spelling_tells(written: str, other: str, meant: str) -> None:
    assert infer_glyph(written, other) == (PRIVATE, meant)


@pytest.mark.parametrize(
    ("written", "other"),
    [
        (f"{PRIVATE}沢一郎", "あいさわ一郎"),  # kana only: how it sounds, not what it is
        (f"村岡敏{PRIVATE}", "村岡としひで"),
        (f"{PRIVATE}野太郎", "佐々野たろう"),  # two characters in its place
        (f"大{PRIVATE}宏", "大西沢ひろし"),
        (f"{PRIVATE}{PRIVATE}", "辻辻"),
        (f"{PRIVATE}清人", f"{PRIVATE}清人"),
        ("佐藤", "佐藤"),
        (f"{PRIVATE}", ""),
    ],
)
def test_another_spelling_does_not_tell(written: str, other: str) -> None:
    assert infer_glyph(written, other) is None


@given(st.text("辻藤𠮷清人佐かき", max_size=6), st.integers(0, 6), st.sampled_from("辻樋𠮷"))
def test_whatever_surrounds_it_a_character_in_its_place_is_read(
    text: str, at: int, meant: str
) -> None:
    assert infer_glyph(text[:at] + PRIVATE + text[at:], text[:at] + meant + text[at:]) == (
        PRIVATE,
        meant,
    )


def _district(*particulars: dict[str, object]) -> tuple[Command, ...]:
    people = [
        {"id": b.A, "name": "辻清人"},
        {"id": b.B, "name": "おおつじ恵", "registered_name": f"大{PRIVATE}惠"},
        {"id": "13-01-c", "name": "つじ健", "registered_name": "\ue063健"},
    ]
    return (
        *b.REGISTER,
        b.contest(b.DISTRICT_1),
        {"command": "register-candidates", "contest": b.DISTRICT_1, "candidates": people},
        b.particulars(b.DISTRICT_1, {"option": b.A, "filed_name": f"{PRIVATE}清人"}, *particulars),
        b.OPEN,
    )


def test_what_one_person_tells_is_read_of_everybody_and_said_below() -> None:
    made = report(*_district())
    table = made.table("smd_candidates")

    # The tidy table keeps what was filed; what people read is spelled out.
    assert row(table, order_in_district=2)["name_kanji"] == f"大{PRIVATE}惠"
    assert cell_text(table, f"大{PRIVATE}惠") == "大辻惠"
    assert "U+E060 辻" in table.notes[-2]


def test_what_nobody_tells_is_marked_with_its_reading_and_listed() -> None:
    made = report(*_district())
    table = made.table("smd_candidates")

    assert cell_text(table, "\ue063健") == "〓健（つじ健）"
    (left,) = made.unreadable
    assert (left.text, left.code_points, left.reading) == ("〓健", ("U+E063",), "つじ健")
    assert "〓健＝つじ健" in table.notes[-1]


def test_two_persons_who_tell_otherwise_tell_nothing() -> None:
    made = report(*_district({"option": b.B, "filed_name": f"{PRIVATE}つじ恵"}))
    assert cell_text(made.table("smd_candidates"), f"大{PRIVATE}惠") == "大辻惠"

    people = [{"id": "x", "name": "樋口", "registered_name": f"{PRIVATE}口"}]
    more = {"command": "register-candidates", "contest": b.DISTRICT_2, "candidates": people}
    made = report(*_district()[:-1], b.contest(b.DISTRICT_2), more, b.OPEN)
    assert cell_text(made.table("smd_candidates"), f"大{PRIVATE}惠") == "大〓惠（おおつじ恵）"


def test_a_character_no_font_has_is_marked() -> None:
    assert with_glyphs("尾\ue060かな子") == "尾〓かな子"
    assert with_glyphs("髙橋") == "髙橋"
    assert with_glyphs("A") == "A"
