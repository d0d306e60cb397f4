"""Every refusal is met by a command, says what is wrong in whole sentences, and leaves nothing."""

import re
from collections import Counter

import pytest

from aggregates.errors import DeclarationDiffersFromLaw, Refusal, all_refusals
from tests.support.gwt import Log
from tests.unit.aggregates.refusal_case import Case
from tests.unit.aggregates.refusal_cases import CASES, OUTSIDE_COMMANDS

JAPANESE_SENTENCE = re.compile(r"[ぁ-んァ-ヶ一-龠].*。$", re.DOTALL)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_command_against_a_rule_is_refused_and_leaves_nothing(case: Case) -> None:
    log = Log(rules=case.rules).given(*case.given)
    for command, circumstances in case.earlier:
        log.post(command, **circumstances)

    refusal = log.refuses(case.refusal, case.when, **case.circumstances)

    assert_speaks(refusal)


@pytest.mark.parametrize("refusal", OUTSIDE_COMMANDS, ids=lambda refusal: refusal.code)
def test_refusals_outside_commands_speak_as_well(refusal: Refusal) -> None:
    assert_speaks(refusal)


def test_every_refusal_has_a_case() -> None:
    met = {case.refusal for case in CASES} | {type(refusal) for refusal in OUTSIDE_COMMANDS}

    assert set(all_refusals()) == met


def test_no_two_cases_are_the_same() -> None:
    names = Counter(map(str, CASES))

    assert [name for name, times in names.items() if times > 1] == []


def test_codes_are_unique_and_fit_an_address() -> None:
    codes = [refusal.code for refusal in all_refusals()]

    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


def test_an_empty_list_of_facts_is_said_in_words() -> None:
    assert "法：なし" in str(DeclarationDiffersFromLaw(law=()))


def assert_speaks(refusal: Refusal) -> None:
    """Both sentences are whole: every fact filled in, Japanese first."""
    assert JAPANESE_SENTENCE.search(str(refusal))
    assert not set("{}") & set(str(refusal))
    assert refusal.english.endswith(".")
    assert "\n" not in refusal.english
