"""What a published table says of one unit, for the fields of its sheet."""

from projections.office_tables.unit_question import UnitQuestion, answer
from projections.office_tables.vocabulary import TableVocabulary
from tests.unit.projections.office_tables.sheets import DISTRICT, LIST, PARTIES, grid

SHEET = """
２月９日　０時５８分　確定
開票区|甲野　一男|乙川　さくら|丙田　実|計|無効投票数
海野市|10|20.5|30|60.5|2
山辺市|1|2|3|6|0
合計|11|22.5|33|66.5|2
"""


def asked(text: str, unit: str, words: TableVocabulary | None = None) -> dict[str, str]:
    vocabulary = words or TableVocabulary((DISTRICT,), PARTIES)
    return dict(answer(UnitQuestion(grid(text), vocabulary, unit)).figures)


def test_the_figures_of_the_unit_and_of_no_other_are_told_by_field() -> None:
    assert asked(SHEET, "u1") == {
        "votes/a": "10", "votes/b": "20.500", "votes/c": "30", "invalid": "2",
    }  # fmt: skip
    assert asked(SHEET, "u2")["votes/a"] == "1"
    assert asked(SHEET, "u3") == {}


def test_a_table_that_is_not_clear_fills_nothing_and_says_why() -> None:
    question = UnitQuestion(
        grid(SHEET.replace("33|", "34|")), TableVocabulary((DISTRICT,), PARTIES), "u1"
    )

    said = answer(question)

    assert said.figures == ()
    assert "差" in said.doubts[0]


def test_a_total_of_a_list_is_no_votes_for_its_name() -> None:
    sheet = "開票区|青空党|青空党（政党名）|みどりの会\n海野市|10|7|20"

    assert asked(sheet, "u1", TableVocabulary((LIST,))) == {"votes/ao": "7"}


def test_turnout_by_sex() -> None:
    sheet = "開票区|当日有権者数|||投票者数||\n|男|女|計|男|女|計\n海野市|3|4|7|1|2|3"

    assert asked(sheet, "u1") == {
        "electors/male": "3", "electors/female": "4", "voters/male": "1", "voters/female": "2",
    }  # fmt: skip
