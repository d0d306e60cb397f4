"""What the page of the first run asks of the law and the register, and the form of a workbook."""

import io
from datetime import date
from functools import cache
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request, Response

from aggregates.election.contests.contest_facts import CAUSES
from aggregates.election.geography import PREFECTURES
from aggregates.election.identifiers import MunicipalityCode
from aggregates.reference.municipality_register import FIRST_REGISTER, find_register
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.kind_rule import KindRule
from api.http.app_state import app_state
from api.web.pages.centre.office_responses import data
from infra.services.importing.definition.blank_form import write_form
from infra.services.importing.package_kinds import kind_words
from infra.services.importing.sheet_layouts import FormKind

data_router = APIRouter(include_in_schema=False)
"""Addresses that have no language."""

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TITLES = {
    "mayor": "{place}長",
    "municipal-assembly": "{place}議会議員",
    "governor": "{place}知事",
    "prefectural-assembly": "{place}議会議員",
    "upper-district": "{place}選挙区選出議員",
    "house-district": "{place}第1区",
}
_WORDS = {
    "commission": "{place}選挙管理委員会",
    "centre": "{place}開票所",
    "election": "{contests}選挙",
    "rehearsal": "訓練：{name}",
    "unit": "{place}第{number}開票区",
    "separator": "・",
    "nation": "中央選挙管理会",
}
"""What is recorded in Japanese whatever language the page is read in."""

Prefecture = Annotated[str, Query(pattern="^[0-9]{2}$")]


class OfferedKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of contest that may be held.

    Attributes:
        kind: Its id.
        word: What the sheets call it.
        english: The same in English.
        ballot: What is on its ballot.
        is_single: Whether one person is elected.
        title: What a contest of the kind is called, with `{place}` for who holds it.
        manager: Who holds an election that has only contests of this kind.
        answers: The options of every poll of the kind; empty where each has its own.
    """

    kind: str
    word: str
    english: str
    ballot: str
    is_single: bool
    title: str
    manager: str
    answers: list[str]


@data_router.get("/setup/data/offer.json")
def offer(request: Request) -> Response:
    """What may be founded here, and what is served."""
    services = app_state(request)
    served = {"election": services.election, "environment": services.environment}
    return data(
        request,
        {
            "offer": services.offer(),
            "served": served,
            "prefectures": PREFECTURES,
            "causes": list(CAUSES.values()),
            "words": _WORDS,
        },
    )


@data_router.get("/setup/data/municipalities.json")
def municipalities(request: Request, prefecture: Prefecture) -> Response:
    """Municipalities of a prefecture by their codes of six digits; wards below their city."""
    register = find_register(FIRST_REGISTER)
    names = register.names_in(prefecture) if register is not None else {}
    wards = {
        code: next((c for c, city in names.items() if _is_ward(name, city)), "")
        for code, name in names.items()
    }
    rows = [
        {
            "code": str(MunicipalityCode.from_jis(code)),
            "name": name,
            "wards": [
                {
                    "code": str(MunicipalityCode.from_jis(each)),
                    "name": names[each].removeprefix(name),
                }
                for each, city in wards.items()
                if city == code
            ],
        }
        for code, name in names.items()
        if not wards[code]
    ]
    return data(request, rows)


def _is_ward(name: str, city: str) -> bool:
    return city.endswith("市") and name.startswith(city) and name.endswith("区")


@data_router.get("/setup/data/kinds.json")
def kinds(request: Request, day: date | None = None) -> Response:
    """Kinds of contest of persons and options, by the law of a day, each with who holds it."""
    words = {kind: word for word, kind in kind_words(JAPAN).items()}
    rules = JAPAN.rules_on(day or date.max)
    found = [
        _kind(words[kind], rule)
        for kind, rule in rules.items()
        if rule.ballot in {"persons", "options"}
    ]
    return data(request, found)


def _kind(word: str, rule: KindRule) -> OfferedKind:
    return OfferedKind(
        kind=rule.kind,
        word=word,
        english=rule.english,
        ballot=rule.ballot,
        is_single=rule.seats == "one",
        title=_TITLES.get(rule.kind, word),
        manager=rule.managed_by,
        answers=[each.name for each in rule.answers],
    )


@data_router.get("/setup/data/form.xlsx")
def form(kind: FormKind | None = None) -> Response:
    """The workbook in which a whole definition is filled in, as `kaihyo import form` writes it."""
    headers = {
        "Content-Disposition": f'attachment; filename="kaihyo-{kind or "election"}.xlsx"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(_form(kind), headers=headers, media_type=_XLSX)


@cache
def _form(kind: FormKind | None) -> bytes:
    written = io.BytesIO()
    write_form(written, kind)
    return written.getvalue()
