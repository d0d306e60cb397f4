"""Which contest a table is of: by who stands in it, by its units, by what its titles say."""

from collections.abc import Iterable, Mapping, Sequence

from aggregates.reference.name_folding import fold_width
from projections.office_tables.block_search import HeadingNames
from projections.office_tables.heading_words import words_of_stack
from projections.office_tables.vocabulary import ContestWords, TableVocabulary


class ContestUnclear(ValueError):  # noqa: N818 - it says what is the case
    """No contest, or more than one, may be meant; the sentence says what to do.

    Attributes:
        contest: The one that it seems to be of; None where nothing speaks for one.
    """

    def __init__(self, sentence: str, contest: ContestWords | None = None) -> None:
        super().__init__(sentence)
        self.contest = contest


def every_name(vocabulary: TableVocabulary) -> HeadingNames:
    """Names of every contest, as far as a heading can be recognised."""
    options = {name: "any" for each in vocabulary.contests for name in each.names()}
    return HeadingNames(options, vocabulary.parties)


def choose_contest(
    texts: Iterable[Sequence[str]],
    titles: Sequence[str],
    units: set[str],
    vocabulary: TableVocabulary,
) -> ContestWords | None:
    """The one contest that a table is of; None where each unit has one of its own.

    Args:
        texts: Texts above each column, or in front of each row.
        titles: What stands above the table, and the name of its sheet.
        units: Codes of units in it.
        vocabulary: All contests.

    Raises:
        ContestUnclear: None fits, or several do.
    """
    stacks = list(texts)
    places = {each.contest: _options(stacks, each, vocabulary) for each in vocabulary.contests}
    found = {contest: set(options.values()) for contest, options in places.items()}
    whole = [each for each in vocabulary.contests if _is_whole(each, found[each.contest])]
    whole = [each for each in whole if not _is_beside_names(each, vocabulary, places)]
    if not any(found.values()):
        return _without_options(titles, vocabulary)
    if not whole:
        people = [each for each in vocabulary.contests if not each.are_lists]
        likely = [each for each in people if found[each.contest]] or vocabulary.contests
        best = max(likely, key=lambda each: len(found[each.contest] & each.needed))
        raise ContestUnclear(_missing(found[best.contest], best), best)
    fitting = [each for each in whole if units <= set(each.units)] or whole
    if len(fitting) > 1:
        fitting = [each for each in fitting if _is_said(each, titles)] or fitting
    if len(fitting) == 1:
        return fitting[0]
    raise ContestUnclear(_several(fitting))


def _without_options(titles: Sequence[str], vocabulary: TableVocabulary) -> ContestWords | None:
    """The contest of a table that names nobody, as those of voters do."""
    said = [each for each in vocabulary.contests if _is_said(each, titles)]
    fitting = said or list(vocabulary.contests)
    if len(fitting) == 1:
        return fitting[0]
    # Where contests of one kind share no unit, which is meant follows from the unit.
    units = [unit for each in fitting for unit in each.units]
    is_divided = len(set(units)) == len(units) and len({each.kind for each in fitting}) == 1
    if fitting == list(vocabulary.contests) and is_divided:
        return None
    raise ContestUnclear(_several(fitting))


def _several(fitting: Sequence[ContestWords]) -> str:
    told = "・".join(dict.fromkeys(each.kind for each in fitting))
    if len({each.kind for each in fitting}) == 1:
        told = "・".join(each.name for each in fitting[:5])
    return (
        f"どの選挙区の表か分かりません（{told}）。選挙区か選挙の種類を --contest で示してください。"
    )


def _options(
    stacks: Sequence[Sequence[str]], contest: ContestWords, vocabulary: TableVocabulary
) -> dict[int, str]:
    """Place of each stack that names an option -> the option."""
    names = contest.names()
    return {
        place: word.name
        for place, stack in enumerate(stacks)
        for _, word in words_of_stack(stack, names, vocabulary.parties)
        if word.kind == "option"
    }


def _is_beside_names(
    contest: ContestWords, vocabulary: TableVocabulary, places: Mapping[str, dict[int, str]]
) -> bool:
    """Whether lists stand beside people: then they are the people's parties."""
    own = set(places[contest.contest])
    people = (each for each in vocabulary.contests if not each.are_lists)
    return contest.are_lists and any(own & set(places[each.contest]) for each in people)


def _is_whole(contest: ContestWords, found: set[str]) -> bool:
    return bool(found) and contest.needed <= found


def _missing(found: set[str], best: ContestWords) -> str:
    missing = sorted(best.needed - found)
    told = "」「".join(best.options[option][0] for option in missing)
    return (
        f"{best.name}の表のようですが、「{told}」が見出しにありません。"
        "字体や書き方の違いなら、対応表で結んでください。"
    )


def _is_said(contest: ContestWords, titles: Sequence[str]) -> bool:
    """Whether a title names the contest, or words of its kind."""
    joined = "\n".join(map(fold_width, titles))
    name = fold_width(contest.name)
    if name in joined:
        return True
    kinds = {
        "比例代表": ("比例",), "小選挙区": ("小選挙区",), "選挙区": ("選挙区選出", "選挙区選挙"),
        "国民審査": ("国民審査",), "知事": ("知事",),
        "市区町村長": ("市長", "町長", "村長", "区長"),
    }  # fmt: skip
    for ending, words in kinds.items():
        if contest.kind.endswith(ending):
            return any(word in joined for word in words)
    return False
