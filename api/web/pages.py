"""The plain results page: rendered on the server, kept fresh by a small script."""

from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, select_autoescape

from api.house import house_of
from projections.documents.render import build

_HERE = Path(__file__).parent

_SECURITY = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors *; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

_TIERS = {
    "house-district": "小選挙区",
    "house-block": "比例代表",
    "justices": "最高裁判所裁判官国民審査",
    "upper-district": "選挙区",
    "upper-list": "比例代表",
    "governor": "知事",
    "mayor": "市区町村長",
    "prefectural-assembly": "都道府県議会議員",
    "municipal-assembly": "市区町村議会議員",
}

router = APIRouter(include_in_schema=False)


def install(app: FastAPI) -> None:
    """Add the pages and what they need."""
    app.state.templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=select_autoescape(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    app.include_router(router)


@router.get("/")
def national(request: Request) -> Response:
    """The national page."""
    house = house_of(request)
    template = request.app.state.templates.get_template("national.html")
    if not house.election:
        return Response(template.render(document=None), media_type="text/html", headers=_SECURITY)
    document = house.live.read(lambda night: build(night, "national"))
    html = template.render(document=document, tiers=_TIERS)
    return Response(html, media_type="text/html", headers=_SECURITY)
