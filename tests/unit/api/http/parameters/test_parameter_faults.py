"""What is said of parameters that cannot be taken, of every parameter that any address has."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from api.http.parameters.parameter_faults import parameter_facts, parameter_sentences
from api.web.pages.page_routes import include_pages

WRONG = ("x" * 5000, "-1", "", "9" * 30, ["a"] * 5000)


def parameters(dependant: Dependant) -> Iterator[Any]:
    yield from (*dependant.query_params, *dependant.path_params, *dependant.header_params)
    for each in dependant.dependencies:
        yield from parameters(each)


def test_every_parameter_that_is_wrong_gets_a_sentence_of_its_own() -> None:
    app = FastAPI()
    include_pages(app)
    kinds = set()
    for route in iter_route_contexts(app.routes):
        for parameter in parameters(getattr(route, "dependant", Dependant())):
            for value in WRONG:
                _, errors = parameter.validate(value, {}, loc=("query", parameter.alias))
                for error in errors or []:
                    kinds.add(error["type"])
                    said = parameter_sentences([error])
                    assert said.startswith(f"{parameter.alias} "), said
                    assert "正しい値" not in said or error["type"] == "string_type", error
    assert {"string_pattern_mismatch", "string_too_long", "int_parsing"} <= kinds


@pytest.mark.parametrize(
    ("kind", "limits", "said"),
    [
        ("missing", {}, "q を指定してください。"),
        ("greater_than_equal", {"ge": 1}, "q は 1 以上の整数で指定してください。"),
        ("less_than_equal", {"le": 9}, "q は 9 以下の整数で指定してください。"),
        ("string_too_long", {"max_length": 9}, "q は 9 字以内で指定してください。"),
        ("string_too_short", {"min_length": 1}, "q は 1 字以上で指定してください。"),
        ("too_long", {"max_length": 9}, "q は 9 個以内で指定してください。"),
        ("literal_error", {"expected": "'a' or 'b'"}, "q は a、b のどれかで指定してください。"),
        ("int_parsing_size", {}, "q は整数で指定してください。"),
        ("date_from_datetime_parsing", {}, "q は日付（2026-12-13 のような形）で指定してください。"),
        ("bool_parsing", {}, "q は正しい値で指定してください。"),
    ],
)
def test_a_sentence_says_what_to_do(kind: str, limits: dict[str, object], said: str) -> None:
    error = {"type": kind, "loc": ("query", "q"), "ctx": limits, "msg": "English"}
    assert parameter_sentences([error]) == said


def test_two_parameters_have_two_sentences_and_an_item_of_a_list_the_name_of_its_list() -> None:
    errors: list[dict[str, Any]] = [
        {"type": "missing", "loc": ("query", "unit", 3), "msg": "one"},
        {"type": "missing", "loc": ("path", "day"), "msg": "two"},
    ]
    assert parameter_sentences(errors) == "unit を指定してください。day を指定してください。"
    assert parameter_facts(errors) == {"unit": "one", "day": "two"}
