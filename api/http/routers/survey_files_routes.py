"""Files of surveys: forms to fill in and read back, compiled tables.

A form of one office is made in milliseconds; what a whole nation answered takes seconds, so files
are made one at a time and kept until an answer changes them.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from aggregates.reference.japan_time import JAPAN_TIME
from aggregates.surveys.survey import Questionnaire
from api.http.app_state import AppState
from api.http.cached_response import position_headers
from api.http.file_jobs import MadeFile, MadeFiles
from api.http.problems import Unanswered
from api.http.routers.surveys_routes import (
    BASE,
    NO_STORE,
    CurrentAppState,
    Prefecture,
    Units,
    build_survey_detail,
)
from infra.services.surveys.answer_form import Asked, form_workbook
from infra.services.surveys.compiled_survey import as_csv, as_workbook, compile_issue
from projections.election_projection import ElectionProjection
from projections.views.surveys.survey_view import survey_answers

router = APIRouter(tags=["surveys"], default_response_class=Response)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv; charset=utf-8"
_ITEMS_ACROSS_MAX = 37
"""Items beside each other that are read back from a sheet; one unit's stand below each other."""
_UNITS_NAMED_MAX = 200
"""Units that one may name for a form; beyond that it is a prefecture's or the nation's."""


async def _file_jobs(request: Request) -> MadeFiles:
    """The files of this application."""
    found: MadeFiles | None = getattr(request.app.state, "made_files", None)
    if found is None:
        found = request.app.state.made_files = MadeFiles()
    return found


Files = Annotated[MadeFiles, Depends(_file_jobs)]


@router.get(f"{BASE}/{{survey}}/form.xlsx", summary="An answer form to fill in and read back")
async def form(
    survey: str,
    services: CurrentAppState,
    files: Files,
    prefecture: Prefecture = "",
    units: Units = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """A workbook with the last answers; headings are locked, limits are checked while typing."""
    if len(units) > _UNITS_NAMED_MAX:
        raise Unanswered(
            422,
            "Name fewer units, or a prefecture.",
            "開票区が多すぎます。unit を減らすか、prefecture を指定してください。",
        )
    version = await run_in_threadpool(_version, services, survey)
    name = f"form {survey} {prefecture} {','.join(units)}"
    made = await files.get(name, version, lambda: _form(services, survey, prefecture, units))
    return _respond(made)


@router.get(f"{BASE}/{{survey}}/compiled.{{form}}", summary="The survey compiled")
async def compiled(survey: str, form: str, services: CurrentAppState, files: Files) -> Response:
    """`xlsx`: sums and answers; `csv`: sums per prefecture; `answers.csv`: every unit's answer."""
    if form not in {"xlsx", "csv", "answers.csv"}:
        raise Unanswered(
            404,
            "There are compiled.xlsx, compiled.csv and compiled.answers.csv.",
            "まとめた表は compiled.xlsx、compiled.csv、compiled.answers.csv です。",
        )
    version = await run_in_threadpool(_version, services, survey)
    name = f"compiled {survey} {form}"
    return _respond(await files.get(name, version, lambda: _compile(services, survey, form)))


def _version(services: AppState, survey: str) -> int:
    """Position of the last event about a survey."""

    def position(state: ElectionProjection) -> int:
        build_survey_detail(state, survey)
        return state.surveys[survey].position

    return services.live.read(position)


def _form(services: AppState, survey: str, prefecture: str, units: list[str]) -> MadeFile:
    def collect_answers(state: ElectionProjection) -> tuple[Questionnaire, list[Asked], str]:
        record = state.surveys[survey]
        found = survey_answers(state, survey, prefecture=prefecture, units=units)
        register = state.register()
        facts = register.facts
        kind = "　【訓練】" if facts.environment == "rehearsal" else ""
        due = record.due.astimezone(JAPAN_TIME)
        rows = [Asked(register.units[a.unit], a.values or {}, a.remark) for a in found]
        return record.questionnaire, rows, f"{facts.name}{kind}　期限 {due:%Y年%-m月%-d日 %H:%M}"

    questionnaire, rows, head = services.live.read(collect_answers)
    if not rows:
        raise HTTPException(404, "The survey asks none of these units.")
    if len(rows) > 1 and len(questionnaire.items) > _ITEMS_ACROSS_MAX:
        raise Unanswered(
            422,
            "So many items do not fit across: ask for one unit at a time.",
            "項目が多く、横に並べきれません。unit を一つだけ指定してください。",
        )
    name = rows[0].unit.code if len(rows) == 1 else prefecture or "all"
    return MadeFile(form_workbook(questionnaire, rows, head), XLSX, f"{survey}-{name}.xlsx", {})


def _compile(services: AppState, survey: str, form: str) -> MadeFile:
    issue = services.live.read_with_root(lambda state, root: compile_issue(state, root, survey))
    stated = position_headers(issue.stamp.position, issue.stamp.root)
    name = f"{survey}-{issue.stamp.position}.{form}"
    if form == "xlsx":
        return MadeFile(as_workbook(issue), XLSX, name, stated)
    sums, every = issue.report.tables
    return MadeFile(as_csv(sums if form == "csv" else every), _CSV, name, stated)


def _respond(made: MadeFile) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    headers = {**NO_STORE, **disposition, **made.headers}
    return Response(made.body, headers=headers, media_type=made.media_type)
