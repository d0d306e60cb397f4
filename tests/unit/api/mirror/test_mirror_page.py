"""A page of a mirror has no form, and no link that leads nowhere."""

from api.mirror.mirror_page import MirrorPage

PAGE = """<!doctype html><head>
<link rel="alternate" href="/v1/elections/e/national.json">
<link rel="alternate" href="/v1/elections/e/absent.json">
<meta property="og:image" content="https://example.jp/en/cards/national.png">
<script type="module" src="/static/1/public/time_slider.js"></script>
</head><body data-election="e"><main>
<form class="find" action="/search"><input name="q">
</form>
<a class="x" href="/races">races</a> <a href="/races?sort=margin&amp;a=1" id="k">close</a>
<a href="#top">top</a> <a href="https://example.org/a">elsewhere</a> <a href="?at=7">then</a>
</main></body>"""


def page() -> MirrorPage:
    return MirrorPage(PAGE.encode(), lambda address: "absent" not in address)


def test_forms_go_and_links_that_lead_nowhere_keep_their_words() -> None:
    text = page().body.decode()
    assert "<form" not in text
    assert "time_slider" not in text
    assert '<a id="k">close</a>' in text
    assert "<a>then</a>" in text
    assert "absent.json" not in text


def test_other_links_stay() -> None:
    text = page().body.decode()
    assert '<a class="x" href="/races/">races</a>' in text
    assert '<a href="#top">top</a> <a href="https://example.org/a">elsewhere</a>' in text
    assert '<link rel="alternate" href="/v1/elections/e/national.json">' in text


def test_it_says_what_it_leads_to_and_that_it_is_a_mirror() -> None:
    assert page().addresses == {"/races/"}
    assert page().card == "/en/cards/national.png"
    assert '<body data-mirror data-election="e">' in page().body.decode()
