"""The questionnaires that come with the program."""

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import msgspec

from aggregates.surveys.survey import Questionnaire, questionnaire_fault

_FOLDER = "infra.services.surveys.standard"


class QuestionnaireUnusable(Exception):  # noqa: N818 - says what it is
    """A file is no questionnaire; the sentence says why."""


def standard() -> Iterator[Questionnaire]:
    """Every questionnaire of the publication, by id."""
    for file in sorted(resources.files(_FOLDER).iterdir(), key=lambda each: each.name):
        if file.name.endswith(".json"):
            yield read(file.read_bytes(), file.name)


def find(name: str) -> Questionnaire:
    """A standard questionnaire by id, or one in a file of one's own.

    Raises:
        QuestionnaireUnusable: It is neither.
    """
    for each in standard():
        if each.id == name:
            return each
    if not Path(name).is_file():
        known = "、".join(each.id for each in standard())
        raise QuestionnaireUnusable(f"質問票 {name} はありません。あるもの：{known}")
    return read(Path(name).read_bytes(), name)


def read(written: bytes, name: str) -> Questionnaire:
    """Read a questionnaire.

    Raises:
        QuestionnaireUnusable: It has another form, or contradicts itself.
    """
    try:
        found = msgspec.json.decode(written, type=Questionnaire)
    except msgspec.MsgspecError as error:
        raise QuestionnaireUnusable(f"{name}: 質問票として読めません（{error}）") from error
    if fault := questionnaire_fault(found):
        raise QuestionnaireUnusable(f"{name}: {fault}")
    return found
