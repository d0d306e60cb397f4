"""Who may be a woman so that the published votes and numbers hold."""

from pathlib import Path
from random import Random

import pytest

from infra.services.official_results.table_files import read_folder
from projections.official.register.infer_sexes import infer_sexes
from projections.official.register.official_register import (
    OfficialRegister,
    build_register,
)
from projections.official.register.subsets import subsets
from projections.official.tables.results_folder import ResultsFolder
from tests.unit.infra.services.official_results.small_folder import ID, SmallFolder, small_folder

PARTY = "希望の党"
WOMEN = 12
HAVE_NO_SEX = {"gender": ""}


def with_thirty_candidates(seats_female: str) -> SmallFolder:
    """北海道 with thirty districts, in each of which the party stands; nobody's sex is stated."""
    made, random = small_folder(counting_districts=False), Random(30)
    like = made.row("smd_candidates", name_display="丁田三郎")
    for number in range(3, 31):
        made.rows("smd_candidates").append(
            like
            | {"district_no": str(number), "name_display": f"候補{number}", "party": PARTY}
            | {"party_raw": PARTY, "votes": str(random.randint(9_000, 35_000))}
        )
    for row in made.rows("smd_candidates"):
        row.update(HAVE_NO_SEX)
    for row in made.rows("pr_party_blocks"):
        row["seats_female"] = seats_female if row["party"] == PARTY else "0"
    own = candidates(made)
    women = own[-WOMEN + 1 :] + [each for each in own if each["name_display"] == "戊井四郎"]
    for row in made.rows("party_votes_by_pref_smd"):
        row["votes_female"] = ""
    published = made.row("party_votes_by_pref_smd", prefecture="北海道", party=PARTY)
    published["votes_female"] = str(sum(int(each["votes"]) for each in women))
    made.tables["official-tables/candidacy_by_party.csv"] = [numbers(len(own) - WOMEN, WOMEN)]
    return made


def candidates(made: SmallFolder) -> list[dict[str, str]]:
    wanted = {"prefecture": "北海道", "party": PARTY}
    return [row for row in made.rows("smd_candidates") if wanted.items() <= row.items()]


def numbers(male: int, female: int) -> dict[str, str]:
    where = {"kind": "candidacy", "section": "smd", "status": "新", "party": PARTY}
    none = {"dual_male": "", "dual_female": ""}
    return {"election_id": ID, **where, "male": str(male), "female": str(female), **none}


def read(made: SmallFolder, tmp_path: Path) -> tuple[ResultsFolder, OfficialRegister]:
    folder = read_folder(made.write(tmp_path))
    return folder, build_register(folder)


def test_of_thousands_of_answers_one_is_taken_that_gives_the_numbers(tmp_path: Path) -> None:
    made = with_thirty_candidates("1")
    folder, register = read(made, tmp_path)
    votes = {
        standing.candidate.id: standing.row.votes
        for district in register.districts
        for standing in district.standing
        if (standing.row.prefecture, standing.row.party) == ("01", PARTY)
    }
    part = folder.tables["party_votes_by_pref_smd"][0].votes("votes_female")

    sexes = infer_sexes(folder, register)

    assert len(subsets(list(votes.values()), part)) > 1_000
    women = [each for each in votes if sexes[each] == "female"]
    assert len(women) == WOMEN
    assert sum(votes[each] for each in women) == part


@pytest.mark.parametrize(("seats_female", "sex"), [("0", "male"), ("1", "female")])
def test_who_won_on_the_list_has_a_sex_that_the_list_elected(
    tmp_path: Path, seats_female: str, sex: str
) -> None:
    """戊井四郎 alone won a seat on the list of the block."""
    folder, register = read(with_thirty_candidates(seats_female), tmp_path)

    assert infer_sexes(folder, register)["01-02-2"] == sex
