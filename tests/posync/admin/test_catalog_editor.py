"""The editor of a catalog, as each role: what is saved, what waits, what is refused, and what a stranger then reads."""

from datetime import timedelta
from importlib.metadata import version

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from posync.core.po.entries import entry_key
from posync.history.forget import forget_account
from posync.history.review import approve_drafts, waiting_for_review
from posync.history.undo_run import undo
from posync.models import Catalog, Change, Conflict, Draft, Run
from posync.sync import sync
from tests.posync.hostile.corpus import ADDRESSES
from tests.posync.people import edit, entry_of, target_of, translate, type_in_admin, visit

pytestmark = pytest.mark.django_db

TEXT, OLD, NEW = "All our news", "Всички новини", "Наши новини"
KEY = entry_key("intro", TEXT).hex


@pytest.fixture
def address(published):
    return reverse("posync_edit_catalog", args=[Catalog.objects.get().pk])


def form_of(response) -> dict[str, str]:
    """What the browser would send back, unchanged."""
    rows = response.context["rows"]
    data = {}
    for row in rows:
        data |= {f"text-{row.key}": row.text, f"step-{row.key}": row.step.value, f"seen-{row.key}": row.seen}
    form = response.context["overrides"]
    for name, field in form.fields.items() if form else ():
        data |= {name: field.initial or "", f"initial-{name}": field.initial or ""}
    return data


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def save(client, address, text=NEW, *, key=KEY, step="done", action="save", **more):
    data = form_of(client.get(address)) | {f"text-{key}": text, f"step-{key}": step, "action": action, **more}
    return client.post(address, data)


ROW = {"translate": {"translate": True}, "review": {"review": True}, "publish": {"publish": True}}

ROLES = {
    "superuser": ({"is_superuser": True}, "approved"),
    "editor who publishes": ({"rights": ("change", "publish")}, "approved"),
    "editor": ({"rights": ("change",)}, "waits"),
    "translator": ({"rows": (ROW["translate"],)}, "waits"),
    "reviewer": ({"rows": (ROW["review"],)}, "approved"),
    "publisher": ({"rows": (ROW["publish"],)}, "approved"),
    "nobody": ({}, "refused"),
}


def log_in(enter, role, **more):
    arguments = dict(ROLES[role][0])
    return enter(*arguments.pop("rights", ()), **arguments, **more)


@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize("role", ROLES)
def test_typing_approves_for_reviewers_alone(role, language, published, bulgarian, enter, address, news_po):
    outcome = ROLES[role][1]
    client = log_in(enter, role, language=language)
    if outcome == "refused":
        assert client.post(address, {f"text-{KEY}": NEW}).status_code == 302  # Wagtail's way to refuse
        assert client.get(address).status_code == 302
    else:
        assert f'lang="{language}"' in client.get(address).content.decode()
        assert save(client, address).status_code == 302
    sync()
    approved = StringTranslation.objects.get(translation_of__data=TEXT).data == NEW
    assert approved is (outcome == "approved")
    assert waiting_for_review().count() == (outcome == "waits")
    assert (NEW if approved else OLD) in visit(Client(), target_of(published, bulgarian))
    entry = entry_of(news_po, TEXT)
    assert (entry.msgstr, entry.fuzzy) == (OLD if outcome == "refused" else NEW, False)


def test_a_row_of_another_language_or_section_gives_no_right(published, english, make_page, enter, address):
    elsewhere = make_page(title="Archive", slug="archive")
    rows = ({"translate": True, "locale": english}, {"publish": True, "section": elsewhere})
    assert enter(rows=rows).get(address).status_code == 302


@pytest.mark.parametrize("side", ["original", "target"])
def test_a_section_may_be_named_in_any_language(side, published, homes, bulgarian, enter, address):
    section = homes["en" if side == "original" else "bg"]
    client = enter(rows=({"translate": True, "locale": bulgarian, "section": section},))
    assert client.get(address).status_code == 200


def test_a_translation_without_a_target_is_typed_there_too(submitted, bulgarian, enter):
    address = reverse("posync_edit_catalog", args=[Catalog.objects.get().pk])
    client = enter(rows=(ROW["publish"],))
    title = entry_key("title", "News").hex
    save(client, address, "Новини", key=title)
    response = save(client, address, OLD, action="publish")
    assert "was published" in said(response)
    assert OLD in visit(Client(), target_of(submitted, bulgarian))


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "1 text is not approved yet"), ("bg", "1 текст още не е одобрен")]
)
def test_what_is_incomplete_is_published_for_nobody(language, sentence, published, bulgarian, enter, address):
    edit(published, intro="All of our good news")
    sync()
    client = enter(is_superuser=True, language=language)
    response = client.post(address, form_of(client.get(address)) | {"action": "publish"})
    assert sentence in said(response)
    assert OLD in visit(Client(), target_of(published, bulgarian))
    assert "good news" not in visit(Client(), target_of(published, bulgarian))


def test_who_may_not_publish_publishes_nothing(published, bulgarian, enter, address):
    type_in_admin(published, bulgarian, "intro", NEW)
    client = log_in(enter, "reviewer")
    response = client.post(address, form_of(client.get(address)) | {"action": "publish"})
    assert "you may not publish it" in said(response)
    assert OLD in visit(Client(), target_of(published, bulgarian))


def test_with_a_required_review_nobody_approves_by_typing(published, enter, address, settings):
    settings.POSYNC = {**settings.POSYNC, "REVIEW": "required"}
    save(enter(is_superuser=True), address)
    (draft,) = waiting_for_review()
    assert (draft.text, draft.author.username) == (NEW, "somebody")


@pytest.mark.parametrize("verdict", ["approve", "back"])
@pytest.mark.parametrize("role", ["reviewer", "translator"])
def test_a_reviewer_decides_on_what_waits(verdict, role, published, enter, address, news_po):
    save(log_in(enter, "translator", name="ana"), address)
    client = log_in(enter, role)
    changes = {f"verdict-{KEY}": verdict, f"reason-{KEY}": "Too free.", "action": "save"}
    client.post(address, form_of(client.get(address)) | changes)
    sync()
    entry = entry_of(news_po, TEXT)
    is_approved = StringTranslation.objects.get(translation_of__data=TEXT).data == NEW
    if role == "translator":
        assert (waiting_for_review().count(), is_approved) == (1, False)
    elif verdict == "approve":
        assert (Draft.objects.count(), is_approved, entry.fuzzy) == (0, True, False)
        assert Change.objects.filter(kind="approved", after=NEW).get().user.username == "somebody"
    else:
        assert (entry.fuzzy, "Sent back: Too free." in entry.comment, is_approved) == (True, True, False)


@pytest.mark.parametrize("verdict", ["approve", "back"])
@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "somebody else has changed"), ("bg", "междувременно друг е променил")]
)
def test_a_verdict_on_a_text_changed_meanwhile_judges_nothing(
    language, sentence, verdict, published, enter, address
):
    save(log_in(enter, "translator", name="ana"), address)
    client = log_in(enter, "reviewer", language=language)
    data = form_of(client.get(address)) | {f"verdict-{KEY}": verdict, "action": "save"}
    Draft.objects.update(text="Съвсем друго")
    assert sentence in said(client.post(address, data))
    assert waiting_for_review().get().text == "Съвсем друго"
    assert StringTranslation.objects.get(translation_of__data=TEXT).data == OLD


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "a second person is to approve"), ("bg", "втори човек трябва да го одобри")],
)
def test_nobody_approves_their_own_where_a_second_person_is_required(
    language, sentence, published, enter, address, settings
):
    settings.POSYNC = {**settings.POSYNC, "REVIEW": "required"}
    client = log_in(enter, "publisher", language=language)
    save(client, address)
    data = form_of(client.get(address)) | {f"verdict-{KEY}": "approve", "action": "save"}
    assert sentence in said(client.post(address, data))
    assert waiting_for_review().count() == 1


def test_a_draft_typed_is_there_again_and_leaves_fuzzy(published, enter, address, news_po):
    client = log_in(enter, "editor who publishes")
    save(client, address, "Може би", step="draft")
    assert "Може би" in client.get(address).content.decode()
    sync()
    entry = entry_of(news_po, TEXT)
    assert (entry.msgstr, entry.fuzzy) == ("Може би", True)
    save(client, address, "Може би", step="done")
    assert StringTranslation.objects.get(translation_of__data=TEXT).data == "Може би"


def test_a_text_changed_meanwhile_is_not_overwritten_and_the_typed_one_not_lost(
    published, bulgarian, enter, address
):
    client = log_in(enter, "editor who publishes")
    data = form_of(client.get(address)) | {f"text-{KEY}": NEW, "action": "save"}
    type_in_admin(published, bulgarian, "intro", "От друг")
    response = client.post(address, data)
    assert response.status_code == 200
    shown = response.content.decode()
    assert (NEW in shown, "От друг" in shown, "somebody else has changed" in shown) == (True, True, True)
    assert StringTranslation.objects.get(translation_of__data=TEXT).data == "От друг"
    client.post(address, form_of(response) | {"action": "save"})
    assert StringTranslation.objects.get(translation_of__data=TEXT).data == NEW


def test_a_text_that_the_original_has_no_more_is_shown_to_its_typist(published, enter, address):
    client = log_in(enter, "editor who publishes")
    data = form_of(client.get(address)) | {f"text-{KEY}": NEW, "action": "save"}
    edit(published, intro="Something else")
    sync()
    response = client.post(address, data)
    assert response.status_code in (200, 302)
    assert not StringTranslation.objects.filter(data=NEW).exists()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '<a href="javascript:alert(1)">x</a>', "<b>без край", "x" * 300]
)
def test_a_text_that_no_file_could_bring_is_a_draft_and_says_why(text, published, bulgarian, enter, address):
    edit(published, title="All news")
    sync()
    key = entry_key("title", "All news").hex if text.startswith("x") else KEY
    client = log_in(enter, "editor who publishes")
    response = save(client, address, text, key=key)
    assert response.status_code == 200
    assert "Kept as a draft" in response.content.decode()
    assert not StringTranslation.objects.filter(data=text).exists()
    assert Draft.objects.get(text=text)
    sync()
    assert "alert" not in visit(Client(), target_of(published, bulgarian))


def test_an_empty_text_takes_nothing_out_of_use(published, enter, address):
    save(log_in(enter, "editor who publishes"), address, "  ")
    assert StringTranslation.objects.get(translation_of__data=TEXT).data == OLD


def test_a_conflict_is_settled_by_what_is_approved(published, bulgarian, enter, address, news_po):
    translate(news_po, {TEXT: "От файла"})
    type_in_admin(published, bulgarian, "intro", "От админа")
    sync()
    client = log_in(enter, "editor who publishes")
    shown = client.get(f"{address}?show=conflicts").content.decode()
    assert ("От файла" in shown, "От админа" in shown) == (True, True)
    save(client, address)
    assert Conflict.objects.get().resolution == NEW
    sync()
    assert NEW in visit(Client(), target_of(published, bulgarian))


@pytest.mark.parametrize(("language", "sentence"), [("en", "is locked"), ("bg", "е заключен")])
def test_nobody_types_on_a_page_that_somebody_else_has_locked(
    language, sentence, published, bulgarian, enter, address, django_user_model
):
    client = log_in(enter, "editor who publishes", language=language)
    other = django_user_model.objects.create_user("other")
    Page.objects.filter(pk=target_of(published, bulgarian).pk).update(locked=True, locked_by=other)
    response = save(client, address)
    assert (response.status_code, sentence in said(response)) == (200, True)
    assert NEW in response.content.decode()
    assert StringTranslation.objects.get(translation_of__data=TEXT).data == OLD


def test_tabs_show_what_is_left(published, enter, address):
    edit(published, lead="A new text")
    sync()
    client = log_in(enter, "translator")
    assert [row.entry.msgid for row in client.get(f"{address}?show=left").context["rows"]] == ["A new text"]
    assert client.get(f"{address}?show=nonsense&p=99").status_code == 200


def test_the_targets_edit_address_leads_there(published, bulgarian, enter, address):
    target = target_of(published, bulgarian)
    response = log_in(enter, "editor").get(reverse("wagtailadmin_pages:edit", args=[target.pk]))
    assert (response.status_code, response.url) == (302, address)


def test_a_stopped_translation_has_no_editor(published, bulgarian, enter, address):
    Translation.objects.get().source.translations.update(enabled=False)
    Catalog.objects.update(stopped=True)
    client = enter(is_superuser=True)
    assert client.get(address, follow=True).status_code == 404
    target = target_of(published, bulgarian)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[target.pk])).status_code == 200


@pytest.mark.parametrize("method", ["put", "delete"])
def test_the_addresses_of_before_save_nothing_and_name_the_new_one(method, published, enter, address):
    translation = Translation.objects.get()
    segment = translation.source.stringsegment_set.get(context__path="intro")
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    response = getattr(log_in(enter, "superuser"), method)(
        url, f"value={NEW}", content_type="application/x-www-form-urlencoded"
    )
    assert (response.status_code, response.json()["address"]) == (410, address)
    assert StringTranslation.objects.get(translation_of__data=TEXT).data == OLD


@pytest.fixture
def linked(published, news_po):
    edit(published, rich='<p>Read <a href="https://example.org/en/">more</a></p>')
    sync()
    translate(news_po, {'Read <a id="a1">more</a>': 'Прочетете <a id="a1">още</a>'})
    sync()
    return published


@pytest.mark.parametrize("role", ["editor who publishes", "editor"])
def test_a_link_of_the_targets_own_is_set_by_reviewers(role, linked, bulgarian, enter, address):
    client = log_in(enter, role)
    form = client.get(address).context["overrides"]
    if role == "editor":
        assert form is None
        segment = Translation.objects.get().source.overridablesegment_set.get()
        save(client, address, **{f"override-{segment.pk}": "https://example.com/"})
        assert not SegmentOverride.objects.exists()
        return
    (name,) = form.fields
    assert "1 link or file saved." in said(save(client, address, **{name: "https://example.org/bg/"}))
    sync()
    assert 'href="https://example.org/bg/"' in visit(Client(), target_of(linked, bulgarian))
    (change,) = Change.objects.filter(kind="override")
    assert (change.after, change.user.username) == ('"https://example.org/bg/"', "somebody")
    save(client, address, **{name: ""})
    assert not SegmentOverride.objects.exists()


def test_a_link_that_somebody_else_has_set_meanwhile_stays(linked, bulgarian, enter, address):
    client = log_in(enter, "editor who publishes")
    data = form_of(client.get(address))
    segment = Translation.objects.get().source.overridablesegment_set.get()
    SegmentOverride.objects.create(
        locale=bulgarian, context=segment.context, data_json='"https://example.org/bg/"'
    )
    client.post(address, data | {f"text-{KEY}": NEW, "action": "save"})
    client.post(address, {"action": "save"})
    assert SegmentOverride.objects.get().data == "https://example.org/bg/"


def test_the_queries_do_not_grow_with_the_texts_and_links(
    published, enter, address, django_user_model, django_assert_max_num_queries
):
    client = log_in(enter, "editor who publishes")
    paragraphs = [f'<p>Text {n} <a href="https://example.org/{n}">there</a></p>' for n in range(30)]
    edit(published, rich="".join(paragraphs))
    sync()
    for number, row in enumerate(client.get(f"{address}?show=left").context["rows"]):
        author = django_user_model.objects.create_user(f"author {number}")
        draft = Draft.of(Catalog.objects.get(), row.entry.id, row.entry.msgid)
        draft.for_review, draft.author = True, author
        draft.save()
    with django_assert_max_num_queries(26):
        assert len(client.get(f"{address}?show=review").context["rows"]) == 30


@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,x", "example"]
)
def test_an_unsafe_link_is_refused_with_the_reason(value, linked, bulgarian, enter, address):
    client = log_in(enter, "editor who publishes")
    (name,) = client.get(address).context["overrides"].fields
    response = save(client, address, **{name: value})
    assert "no address to go to" in response.content.decode()
    assert not SegmentOverride.objects.exists()


def test_no_hostile_address_becomes_a_link_that_a_browser_runs(linked, bulgarian, enter, address, client):
    client = log_in(enter, "editor who publishes")
    (name,) = client.get(address).context["overrides"].fields
    for value in ADDRESSES:
        save(client, address, **{name: value})
        sync()
        soup = BeautifulSoup(visit(client, target_of(linked, bulgarian)), "html.parser")
        links = [link["href"] for link in soup.find_all("a", href=True)]
        assert [link for link in links if not link.startswith(("http://", "https://", "/"))] == [], value


def test_an_unsafe_link_stored_by_code_is_in_no_use(linked, bulgarian):
    segment = Translation.objects.get().source.overridablesegment_set.get()
    SegmentOverride.objects.create(
        locale=bulgarian, context=segment.context, data_json='"javascript:alert(1)"'
    )
    type_in_admin(linked, bulgarian, "intro", NEW)
    sync()
    shown = visit(Client(), target_of(linked, bulgarian))
    assert (NEW in shown, "javascript" in shown) == (True, False)


@pytest.mark.parametrize("language", ["en", "bg"])
def test_a_machines_texts_are_drafts(language, published, bulgarian, enter, address, settings, news_po):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }
    edit(published, lead="Words of ours")
    sync()
    client = log_in(enter, "editor who publishes", language=language)
    assert "Dummy translator" in client.get(address).content.decode()
    client.post(reverse("wagtail_localize:machine_translate", args=[Translation.objects.get().pk]))
    assert not StringTranslation.objects.filter(translation_of__data="Words of ours").exists()
    sync()
    assert entry_of(news_po, "Words of ours").fuzzy
    assert "ours of Words" not in visit(Client(), target_of(published, bulgarian))
    (change,) = Change.objects.filter(after="ours of Words")
    assert (change.kind, change.tool) == (
        "draft",
        f"Dummy translator (wagtail-localize {version('wagtail-localize')})",
    )


def test_a_time_set_for_publication_stops_no_translator(published, bulgarian, enter, address):
    later = target_of(published, bulgarian).get_latest_revision_as_object()
    later.go_live_at = timezone.now() + timedelta(hours=1)
    later.save_revision().publish()
    assert save(log_in(enter, "editor"), address).status_code == 302
    assert waiting_for_review().count() == 1


@pytest.mark.parametrize(
    ("language", "text", "sentence"),
    [
        ("en", "<script>", "The tag &lt;script&gt; is not allowed here."),
        ("bg", "<script>", "Етикетът &lt;script&gt; не е позволен тук."),
        ("en", "д" * 81, "The text has 81 characters; 80 fit."),
        ("bg", "д" * 81, "Текстът е от 81 знака; мястото е за 80."),
    ],
)
def test_what_a_check_found_is_said_in_the_reader_s_language(
    language, text, sentence, published, enter, address
):
    response = save(log_in(enter, "editor who publishes", language=language), address, text)
    assert sentence in response.content.decode()


@pytest.mark.parametrize("meanwhile", ["approved and undone", "forgotten"])
def test_nobody_approves_their_own_text_by_a_detour(
    meanwhile, published, enter, address, settings, django_user_model
):
    settings.POSYNC = {**settings.POSYNC, "REVIEW": "required"}
    save(log_in(enter, "reviewer"), address)
    typist = django_user_model.objects.get()
    if meanwhile == "forgotten":
        forget_account(typist.pk)
    else:
        second = django_user_model.objects.create_superuser("second")
        assert approve_drafts(list(waiting_for_review()), second).entries.imported == 1
        undo(Run.objects.latest("pk").pk)
    (draft,) = waiting_for_review()
    assert draft.author == typist
    assert approve_drafts([draft], typist).entries.imported == 0
