"""The pages of agreed language: the search, the panel of a selection, and a new text from an earlier one."""

import re
from functools import partial
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from concertation.coalition.enums import Capacity
from concertation.texts.enums import Audience, Pen
from concertation.texts.models import AgreedReference, Text, TextOrigin
from concertation.texts.tests.factories import FIRST, make_adopted_quickly, make_proposed, make_text
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
PEACE = "We call for an immediate, full and unconditional <ceasefire>."


@pytest.fixture
def germany() -> Client:
    make_coalition()
    return client_of(make_delegate("DE", Capacity.DELEGATE))


def get(client: Client, name: str, *args: object, htmx: bool = False, **asked: str) -> str:
    address = f"{reverse(f'texts:{name}', args=args)}?{urlencode(asked)}"
    answer = client.get(address, headers={"HX-Request": "true"} if htmx else {})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_search_says_what_to_do_before_and_after(germany: Client) -> None:
    assert "Nothing that you may read was adopted yet" in get(germany, "agreed")
    make_adopted_quickly({"en": [PEACE]}, audience=Audience.MEMBERS, members=["FR"])
    assert "Nothing that you may read was adopted yet" in get(germany, "agreed", words="ceasefire")
    make_adopted_quickly({"en": [PEACE]}, by=["FR", "GB"])
    assert "Write or paste words" in get(germany, "agreed")
    assert "never adopted" in get(germany, "agreed", words="the price of grain")


def test_the_search_shows_what_was_found_and_can_be_shared(germany: Client) -> None:
    text = make_adopted_quickly({"en": ["One.", PEACE], "fr": ["Un."]}, title="Statement", by=["FR", "GB"])
    shown = get(germany, "agreed", words="FULL and unconditional", language="en")
    assert '<mark class="agreed-passage">full and unconditional</mark> &lt;ceasefire&gt;.' in shown
    assert f'href="/texts/{text.pk}/#en-2"' in shown
    assert "agreed by 2 members" in shown and "the same words</span>" in shown
    assert ">FULL and unconditional</textarea>" in shown
    assert '<option value="en" selected>English</option><option value="fr">Français</option>' in shown
    fragment = get(germany, "agreed", htmx=True, words="FULL and unconditional")
    assert fragment.strip().startswith('<section id="agreed-results"') and "<form" not in fragment
    assert 'value="full and unconditional (Statement, ' in fragment


def test_links_lead_to_the_paragraph_of_the_adopted_text(germany: Client) -> None:
    text = make_adopted_quickly({"en": ["One.", "Two."]})
    shown = get(germany, "show", text.pk)
    assert re.findall(r'<p id="([\w-]+)" data-numbered>', shown) == ["en-1", "en-2"]
    draft = get(germany, "show", make_text().pk)
    assert 'id="en-1"' not in draft and reverse("texts:agreed") in draft


def test_the_panel_offers_insertion_to_those_who_write_and_a_copy_to_others(germany: Client) -> None:
    source = make_adopted_quickly({"en": [PEACE]}, title="Statement", by=["FR"])
    text = make_text()
    find = partial(get, language="en", words="full and unconditional")
    shown = find(germany, "find_agreed", text.pk)
    assert f'data-agreed-words="full and unconditional" data-agreed-source="{source.pk}"' in shown
    assert 'data-agreed-position="1" data-agreed-reference="Statement, ' in shown
    for reader, read in [
        (germany, make_proposed().text),
        (client_of(make_delegate("DE", Capacity.OBSERVER)), text),
    ]:
        shown = find(reader, "find_agreed", read.pk)
        assert "data-agreed-words" not in shown and "<copy-button" in shown


def test_the_panel_takes_long_selections_by_post_and_refuses_too_long_ones(germany: Client) -> None:
    text = make_text()
    make_adopted_quickly({"en": [PEACE]})
    address = reverse("texts:find_agreed", args=[text.pk])
    assert "data-agreed-words" in germany.post(address, {"language": "en", "words": PEACE}).content.decode()
    answer = germany.post(address, {"language": "en", "words": "x" * 4001})
    assert answer.status_code == 400 and "4,000" in answer.content.decode()


def test_the_panel_keeps_words_of_named_members_where_they_are() -> None:
    make_coalition()
    france = client_of(make_delegate("FR"))
    make_adopted_quickly({"en": [PEACE]}, audience=Audience.MEMBERS, members=["FR", "GB"])
    shown = get(france, "find_agreed", make_text().pk, language="en", words="unconditional")
    assert "its words stay there" in shown
    assert "data-agreed-words" not in shown and "<copy-button" not in shown


def test_the_panel_offers_what_one_may_do_with_the_words() -> None:
    make_coalition()
    text = make_text()
    make_adopted_quickly({"en": [PEACE]})
    germany, observer = client_of(make_delegate("DE")), client_of(make_delegate("FR", Capacity.OBSERVER))
    offered = {}
    for pen in Pen:
        Text.objects.filter(pk=text.pk).update(pen=pen)
        for name, client in (("DE", germany), ("observer", observer)):
            shown = get(client, "find_agreed", text.pk, language="en", words="unconditional")
            acts = re.findall('data-agreed-act="([a-z]+)"', shown) or ["copy"] * shown.count("<copy-button")
            offered[str(pen), name] = acts
    assert offered == {
        ("free", "DE"): ["insert"],
        ("proposals", "DE"): ["propose"],
        ("secretariat", "DE"): ["copy"],
        ("free", "observer"): ["copy"],
        ("proposals", "observer"): ["copy"],
        ("secretariat", "observer"): ["copy"],
    }


def test_a_reference_is_noted_and_shown_with_the_text(germany: Client) -> None:
    source, text = make_adopted_quickly({"en": [PEACE]}, title="Statement of Paris"), make_text()
    assert "Select words in the text" in get(germany, "reuse", text.pk)
    sent = {"language": "en", "paragraph": FIRST, "words": "full and", "source": str(source.pk), "position": "1"}
    address = reverse("texts:note_reference", args=[text.pk])
    assert germany.post(address, sent).status_code == 204
    assert AgreedReference.objects.get().words == "full and"
    assert f'hx-get="/texts/{text.pk}/reuse/"' in get(germany, "show", text.pk)
    assert f'href="/texts/{source.pk}/#en-1">Statement of Paris, ' in get(germany, "reuse", text.pk, htmx=True)
    link = f'href="#text-versions" data-paragraph-link="{FIRST}" data-language="en"'
    assert link in get(germany, "reuse", text.pk, htmx=True)
    for bad in ({**sent, "source": "x"}, {**sent, "position": "one"}, {**sent, "position": ""}):
        assert germany.post(address, bad).status_code == 400


FORM = {"title_en": "Second", "role_en": "authentic", "role_fr": "translation", "audience": "coalition", "pen": "free"}


def test_the_form_of_a_new_text_takes_over_an_earlier_one() -> None:
    make_coalition()
    clerk = client_of(make_secretary())
    source = make_text()
    empty, filled = get(clerk, "create"), get(clerk, "create", based_on=str(source.pk))
    assert f'<option value="{source.pk}">Joint statement (draft)</option>' in empty
    assert f'<option value="{source.pk}" selected>' in filled
    assert 'value="Joint statement"' in filled and 'value="Joint statement"' not in empty
    answer = clerk.post(reverse("texts:create"), {**FORM, "based_on": str(source.pk)})
    text = Text.objects.exclude(pk=source.pk).get()
    assert answer.headers["Location"] == reverse("texts:show", args=[text.pk])
    assert "We met." in get(clerk, "show", text.pk)
    assert f'Started from <a href="/texts/{source.pk}/">' in get(clerk, "reuse", text.pk)


def test_the_form_asks_before_more_members_read_the_words() -> None:
    make_coalition()
    france = client_of(make_delegate("FR"))
    secret = make_text(by=make_secretary(), audience=Audience.MEMBERS, members=["FR", "GB"])
    sent = {**FORM, "based_on": str(secret.pk)}
    answer = france.post(reverse("texts:create"), sent)
    assert answer.status_code == 400 and 'name="is_wider"' in answer.content.decode()
    assert Text.objects.count() == 1
    assert france.post(reverse("texts:create"), {**sent, "is_wider": "on"}).status_code == 302
    assert TextOrigin.objects.get().is_wider


def test_the_form_offers_only_texts_that_the_chair_may_read() -> None:
    make_coalition()
    secret = make_text(by=make_secretary(), audience=Audience.MEMBERS, members=["GB", "UA"])
    france = client_of(make_delegate("FR"))
    assert str(secret.pk) not in get(france, "create")
    assert 'value="Joint statement"' not in get(france, "create", based_on=str(secret.pk))
    answer = france.post(reverse("texts:create"), {**FORM, "based_on": str(secret.pk)})
    assert answer.status_code == 400 and Text.objects.count() == 1
