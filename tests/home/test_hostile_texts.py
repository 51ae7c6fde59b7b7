"""Hostile texts through the site's own doors: what visitors search for and send, and what editors type."""

import re
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.urls import reverse
from wagtail.contrib.forms.models import FormSubmission

from home.forms.guard import COUNTS
from tests.posync.hostile.corpus import TEXTS

LANGUAGES = ["bg", "en"]
#: Every second one in each language.
OF = {language: TEXTS[number::2] for number, language in enumerate(LANGUAGES)}


def scripts_of(html: str) -> list[str]:
    """What a browser would run or load of the texts."""
    soup = BeautifulSoup(html, "html.parser")
    for data in soup.find_all("script", type="application/ld+json"):
        data.decompose()  # nobody runs it
    loading = soup.find_all(["script", "iframe", "object", "embed", "base"])
    found = [str(tag) for tag in loading if "alert(1)" in str(tag) or "evil" in str(tag)]
    for tag in soup.find_all(True):
        found += [f"{tag.name} {name}" for name in tag.attrs if name.startswith("on")]
        found += [
            str(tag)
            for name in ("href", "src", "action")
            if re.match(r"\s*(javascript|data:text|vbscript)", str(tag.get(name, "")))
        ]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_text_may_be_searched_for(client, site, language):
    address = "/bg/tarsene/" if language == "bg" else "/en/search/"
    for text in OF[language]:
        answer = client.get(address, {"q": text})
        assert answer.status_code == 200, text
        assert scripts_of(answer.content.decode()) == [], text
        assert "Set-Cookie" not in answer.headers or "a=b" not in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_text_may_be_sent_by_a_form_and_is_read_as_it_was_sent(
    client, kinds, admin_client, language, mailoutbox
):
    form = kinds.form[language]
    field = form.form_fields.filter(field_type__in=["singleline", "multiline"]).first()
    others = {one.clean_name: "x" for one in form.form_fields.all()}
    refused = 0
    for text in OF[language]:
        caches[COUNTS].clear()
        answer = client.post(
            form.url, {**others, "email": "a@example.org", field.clean_name: text, "consent": "on"}
        )
        assert answer.status_code in (200, 302, 422), text
        refused += answer.status_code != 302
        assert scripts_of(answer.content.decode()) == [], text
    for mail in mailoutbox:
        assert "\n" not in mail.subject
        assert mail.recipients() == [form.to_address]
    kept = {sent.form_data.get(field.clean_name) for sent in FormSubmission.objects.all()}
    assert len(kept) + refused >= len({text.strip() for text in OF[language]}) - 10
    listed = admin_client.get(reverse("wagtailforms:list_submissions", args=[form.pk])).content.decode()
    assert scripts_of(listed) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_text_may_be_a_title_and_is_shown_as_typed(client, site, language):
    story = site.story if language == "bg" else site.en_story
    for text in (text for text in OF[language] if text.strip() and "\0" not in text):
        type(story).objects.filter(pk=story.pk).update(title=text[:255], lead=text)
        for address in (story.url, f"/{language}/feeds/news.rss"):
            answer = client.get(address)
            assert answer.status_code == 200, (address, text)
            assert scripts_of(answer.content.decode()) == [], (address, text)
            if address.endswith(".rss"):
                ElementTree.fromstring(answer.content)  # well formed  # noqa: S314
