"""Kinds of contest as tables name them: those of the rule package that an election has."""

from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from aggregates.election.identifiers import ContestKind
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.kind_rule import KindRule
from aggregates.rule_package.package import RulePackage, package_fault
from infra.runtime.system_faults import fault_reason
from infra.services.importing.import_faults import TablesUnreadable
from infra.services.importing.sheet_layouts import KINDS

_WORDS: Final = {kind: word for word, kind in KINDS.items()}


def read_package(path: Path) -> RulePackage:
    """A rule package out of its file (JSON, as `/v1/elections/{id}/rules.json` has it).

    Raises:
        TablesUnreadable: It cannot be read, or contradicts itself; says what to do.
    """
    try:
        package = msgspec.json.decode(path.read_bytes(), type=RulePackage)
    except OSError as error:
        raise TablesUnreadable(f"{path.name}: 読めません（{fault_reason(error)}）。") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise TablesUnreadable(
            f"{path.name}: 規則の一式（rules.json の形の JSON）として読めません"
            f"（{fault_reason(error)}）。"
            "rules/japan.json を写して直したファイルを指定してください。"
        ) from error
    if fault := package_fault(package):
        raise TablesUnreadable(
            f"{path.name}: 規則どうしが合いません（{fault}）。ファイルを直してください。"
        )
    return package


def kind_words(package: RulePackage) -> dict[str, ContestKind]:
    """What tables call each kind of a package -> the kind; no two have one name."""
    words: dict[str, ContestKind] = {}
    for kind in dict.fromkeys(row.kind for row in package.kinds):
        word = _word(package, kind)
        words[word if word not in words else f"{word}（{kind}）"] = kind
    return words


def kind_word(package: RulePackage, kind: ContestKind) -> str:
    """What tables call a kind; a kind that the package has not by its id."""
    return next((word for word, each in kind_words(package).items() if each == kind), kind)


def _word(package: RulePackage, kind: ContestKind) -> str:
    """The word of our form where the kind is Japan's, else what the package calls it."""
    latest = package.find_rule(kind, date.max)
    ours = JAPAN.find_rule(kind, date.max)
    if latest is None or (ours is not None and kind in _WORDS and latest.name == ours.name):
        return _WORDS.get(kind, kind)
    return latest.name


def block_ids(package: RulePackage) -> dict[str, str]:
    """Name of each block of a package -> its id."""
    return {block.name: block.id for row in package.kinds for block in row.blocks}


def block_prefectures(package: RulePackage, block: str) -> set[str]:
    """Prefectures of a block, as its latest row has them."""
    found = (each for row in package.kinds for each in row.blocks if each.id == block)
    return {code for each in list(found)[-1:] for code in each.prefectures}


def is_wide(package: RulePackage, rule: KindRule | None) -> bool:
    """Whether a contest is held in whole prefectures: without a word, every unit there reports.

    Lists, the review of justices, a poll of the nation, districts of whole prefectures (those of
    the Upper House) and the head of a prefecture.
    """
    if rule is None or rule.managed_by == "municipality":
        return False
    if rule.ballot == "options":
        return rule.managed_by == "nation"
    is_head = rule.seats == "one" and not package.is_of_diet(rule)
    return rule.ballot != "persons" or rule.joins_terms or is_head
