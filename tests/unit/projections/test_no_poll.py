"""What documents say of a contest on which nobody votes: that it is so, and no figure at all."""

from tests import builders as b
from tests.unit.projections.nights import Office

ALONE = (*b.REGISTER, b.contest(b.DISTRICT_1), b.candidates(b.DISTRICT_1, b.A))
KEY = f"contests/{b.DISTRICT_1}"


def test_it_is_said_from_the_announcement_on() -> None:
    office = Office(*ALONE)
    assert "uncontested" not in office.document(KEY)

    changed = office.post(b.no_poll(b.DISTRICT_1))

    assert {KEY, "coverage", f"districts/{b.CHIYODA}"} <= set(changed)
    assert office.document(KEY)["uncontested"] is True


def test_a_declaration_says_it_too_and_no_figure_is_shown() -> None:
    office = Office(*ALONE, b.declare(b.DISTRICT_1, b.A))

    document = office.document(KEY)

    assert document["uncontested"] is True
    assert document["declared"]["elected"] == [b.A]
    assert "law" not in document
    assert document["options"][0]["votes"] is None
    assert document["sheet"]["valid"] is None


def test_a_later_nomination_brings_the_poll_back() -> None:
    office = Office(*ALONE, b.no_poll(b.DISTRICT_1))

    office.post(b.candidates(b.DISTRICT_1, b.B))
    assert "uncontested" not in office.document(KEY)

    office.post(b.withdraw(b.DISTRICT_1, b.B, "withdrawn"))
    assert office.document(KEY)["uncontested"] is True


def test_a_block_without_a_poll_has_seats_and_no_votes() -> None:
    lists = b.party_list(b.BLOCK, "ao", b.member("ao-1", 1), party="ao")
    office = Office(
        *b.REGISTER, b.contest(b.BLOCK, seats=3, block="tokyo"), lists, b.declare(b.BLOCK, "ao-1")
    )

    (row,) = office.document("blocks/tokyo")["lists"]

    assert (row["votes"], row["declared_seats"]) == (None, 1)
    assert office.document(f"contests/{b.BLOCK}")["uncontested"] is True


def test_a_contest_of_another_day_says_so() -> None:
    mayor = "mayor/13101"
    office = Office(*b.REGISTER, b.contest(mayor, [b.CHIYODA], polling_day="2024-11-01"))

    assert office.document(f"contests/{mayor}")["polling_day"] == "2024-11-01"
