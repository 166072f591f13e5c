"""The tags that every template may use."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation
from pytest_django import Settings

from concertation.coalition.enums import Capacity
from concertation.web import assets
from concertation.web.templatetags import concertation as tags
from tests.helpers.people import make_delegate, make_member, make_secretary

MOMENT = datetime(2025, 7, 10, 13, 34, tzinfo=UTC)
MANIFEST = """{
  "frontend/src/icons.svg": {"file": "assets/icons-1.svg"},
  "frontend/src/main.ts": {"file": "assets/main-1.js", "css": ["assets/main-1.css"], "imports": ["_shared.js"]},
  "_shared.js": {"file": "assets/shared-1.js", "css": ["assets/shared-1.css"], "imports": ["_shared.js"]}
}"""


def render(source: str, **context: object) -> str:
    return Template("{% load concertation %}" + source).render(Context(context)).strip()


@pytest.fixture
def build(tmp_path: Path, settings: Settings) -> None:
    """A front-end build of one entry, which imports one shared chunk, and of one flag."""
    for folder in (".vite", "flags"):
        (tmp_path / folder).mkdir()
    (tmp_path / ".vite" / "manifest.json").write_text(MANIFEST)
    (tmp_path / "flags" / "fr.svg").write_text("<svg/>")
    settings.FRONTEND_DIST = tmp_path
    assets.forget()


@pytest.fixture(autouse=True)
def _build_is_read_again() -> object:
    yield
    assets.forget()


@pytest.mark.usefixtures("build")
def test_vite_asset_loads_entry_styles_and_imports() -> None:
    assert render('{% vite_asset "frontend/src/main.ts" %}') == (
        '<link rel="stylesheet" href="/static/assets/main-1.css">'
        '<link rel="stylesheet" href="/static/assets/shared-1.css">'
        '<link rel="modulepreload" href="/static/assets/shared-1.js">'
        '<script type="module" src="/static/assets/main-1.js"></script>'
    )


@pytest.mark.usefixtures("build")
def test_vite_asset_not_in_the_build_says_how_to_build() -> None:
    with pytest.raises(assets.NotBuilt, match="is not in the front-end build; run: make setup"):
        render('{% vite_asset "frontend/src/islands/none/index.ts" %}')


def test_pages_work_without_a_build(tmp_path: Path, settings: Settings) -> None:
    settings.FRONTEND_DIST = tmp_path / "missing"
    assets.forget()
    assert render('{% vite_asset "frontend/src/main.ts" %}{% vite_url "frontend/src/icons.svg" %}') == ""


@pytest.mark.usefixtures("build")
def test_icon_is_decoration() -> None:
    expected = '<svg class="icon" aria-hidden="true"><use href="/static/assets/icons-1.svg#video"/></svg>'
    assert render('{% icon "video" %}') == expected


@pytest.mark.usefixtures("build")
def test_flag_of_a_code_with_and_without_a_picture() -> None:
    assert render('{% flag "FR" %}') == '<img class="flag" src="/static/flags/fr.svg" width="20" height="15" alt="">'
    assert 'alt="France"' in render('{% flag "FR" "France" %}')
    assert render('{% flag "NATO" %}') == '<span class="flag flag-letters" aria-hidden="true">NATO</span>'
    assert render('{% flag "NATO" "NATO" %}') == '<span class="flag flag-letters">NATO</span>'
    assert render("{% flag None %}") == ""


@pytest.mark.usefixtures("build")
def test_flag_escapes_what_it_is_given() -> None:
    assert "<b>" not in render("{% flag code code %}", code="<b>")


@pytest.mark.django_db
def test_capacity_names_member_and_capacity_in_the_language() -> None:
    head, clerk = make_delegate("DE", Capacity.HEAD), make_secretary()
    assert render("{% capacity head %}|{% capacity clerk %}", head=head, clerk=clerk) == (
        "Germany · head of delegation|Secretariat"
    )
    with translation.override("fr"):
        assert render("{% capacity head %}", head=head) == "Allemagne · chef de délégation"


def test_local_time_is_readable_without_scripts() -> None:
    assert render("{% local_time moment %}", moment=MOMENT) == (
        '<local-time format="datetime"><time datetime="2025-07-10T13:34:00+00:00">'
        "10 July 2025, 13:34 UTC</time></local-time>"
    )
    with translation.override("fr"):
        assert "10 juillet 2025<" in render('{% local_time moment "date" %}', moment=MOMENT)


@pytest.mark.django_db
def test_capitals_share_a_clock() -> None:
    members = [make_member(code) for code in ("FR", "GB", "UA", "DE")]
    found = [(f"{at.time:%H:%M}", at.capitals) for at in tags.times_in(MOMENT, members)]
    assert found == [("15:34", "Paris · Berlin"), ("14:34", "London"), ("16:34", "Kyiv")]
    with translation.override("fr"):
        assert [at.capitals for at in tags.times_in(MOMENT, members)] == ["Paris · Berlin", "Londres", "Kyiv"]


@pytest.mark.django_db
def test_capitals_are_named_in_short_when_there_are_many() -> None:
    members = [make_member(code) for code in ("FR", "DE", "IT", "PL")]
    assert [at.capitals for at in tags.times_in(MOMENT, members)] == ["Paris · Berlin · Rome +1"]


def test_in_language_falls_back_to_english_then_to_any() -> None:
    with translation.override("fr"):
        assert tags.in_language({"en": "Text", "fr": "Texte"}) == "Texte"
        assert tags.in_language({"en": "Text", "uk": "Текст"}) == "Text"
        assert tags.in_language({"uk": "Текст"}) == "Текст"
        assert tags.in_language({}) == ""
