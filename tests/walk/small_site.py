"""A small site, committed, with a page or snippet in each state that an act can meet.

Whatever is Bulgarian here has no Latin letter, whatever is English no Cyrillic one: words in the wrong language show themselves.

home ── work ── calm        up to date, with a link of its own in English
  │      ├───── changed     another original since: the approved translation is of the text before
  │      ├───── ready       a text approved since its last publication, and a draft of an editor's in the way
  │      ├───── locked      likewise, and its translation locked by the keeper
  │      ├───── private     for people who logged in
  │      ├───── stopped     its translation stopped, and edited by hand
  │      ├───── orphan      its original deleted: English alone
  │      ├───── submitted   its translation in a workflow, with a text approved since
  │      ├───── begun       its translation a draft in Bulgarian words, as wagtail-localize leaves it, in a workflow
  │      ├───── new         nobody has translated it: Bulgarian alone
  │      ├───── draft       never published: Bulgarian alone
  │      └───── timed       a draft of the original with a time
  ├──── section ── below    untranslated, both
  ├──── projects ── weather  written in English; another original since
  └──── form                with a message sent
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db.models import Model
from django.test import override_settings
from wagtail.contrib.forms.models import FormSubmission
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    Locale,
    Page,
    PageViewRestriction,
    RevisionMixin,
    Site,
    Task,
    TaskState,
    Workflow,
    WorkflowMixin,
)
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from home.demo.illustrations import draw
from home.models import FormField, FormPage, HomePage, Menu, Region, SectionPage, SiteNotice
from posync.models import Catalog, TranslationRight
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import block, edit, fresh, read, save_draft, target_of
from tests.walk.people import enter_all

#: Each way.
TRANSLATIONS = {
    "Дом": "Front page",
    "Работа": "Work",
    "Спокойно": "Calm",
    "Всичко е на място": "All is in its place",
    "Промяна": "Change",
    "Старо": "Old",
    "Готово": "Ready",
    "Заключено": "Locked",
    "Тайно": "Secret",
    "Спряно": "Stopped",
    "Сираче": "Orphan",
    "Подадено": "Submitted",
    "Насрочено": "Timed",
    "Проекти": "Projects",
    "Топло": "Warm",
    "Времето": "Weather",
    "Пишете ни": "Write to us",
    "Прочетете": "Read on",
    "Област": "District",
    "Меню": "Menu",
    "Към работата": "To the work",
    "Съгласие": "Consent",
    "Име": "Name",
    "Известие": "Notice",
    "Затворено": "Closed",
}  # fmt: skip
ENGLISH = TRANSLATIONS
BULGARIAN = {english: bulgarian for bulgarian, english in TRANSLATIONS.items()}


def settings_in(folder: Path) -> override_settings:
    """Lead catalogs and media into a folder."""
    return override_settings(
        POSYNC={**settings.POSYNC, "ROOT": folder / "locale"},
        MEDIA_ROOT=folder / "media",
        WAGTAILLOCALIZE_MACHINE_TRANSLATOR={
            "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
        },
    )


def build(root: Path) -> dict[str, object]:
    """Make the site, in the catalogs' folder `root`. The objects by name: a page as `calm/en`, and what belongs to it."""
    bg, en = Locale.objects.get(language_code="bg"), Locale.objects.get(language_code="en")
    keeper = get_user_model().objects.create_superuser("keeper", password="keeper")
    pages = _pages(bg, en)
    menu = Menu(
        title="Меню",
        locale=bg,
        items=[("link", {"label": "Към работата", "page": pages["work"], "url": "", "children": []})],
    )
    notice = SiteNotice(title="Известие", text="<p>Затворено</p>", locale=bg)
    for snippet in (menu, notice):
        snippet.save()
        snippet.save_revision().publish()
    region = Region.objects.create(name="Област", code="district", locale=bg)
    originals = {**pages, "menu": menu, "notice": notice, "region": region}
    submit(pages["home"], [en])
    # Pages below a translated one wait for it: three rounds for three levels.
    for _round in range(3):
        sync()
        _translate(root)
    sync()

    def target(name: str):
        return target_of(originals[name], en if originals[name].locale_id == bg.pk else bg)

    _state(originals, target, keeper, bg, en)
    sync()
    library = _library()
    form = fresh(pages["form"])
    FormSubmission.objects.create(page=form, form_data={"name": "Ана"})
    people = enter_all({"bg": originals["home"], "en": target("home")})
    _approve(pages["ready"], en, "Ready and new")
    # A sync leaves it to people then, as it does the others: without an act there is nothing that it would change.
    Page.objects.filter(pk=target("ready").pk).update(has_unpublished_changes=True)
    _approve(pages["locked"], en, "Locked and new")
    _approve(pages["submitted"], en, "Submitted and new")
    return {**_names(originals, library), "cookies": people}


def _pages(bg: Locale, en: Locale) -> dict[str, Page]:
    home = HomePage.objects.get(locale=bg)
    home.title = home.hero_title = "Дом"
    home.save_revision().publish()

    def add(above: Page, title: str, kind: type[Page] = SectionPage, **fields) -> Page:
        page = fresh(above).add_child(instance=kind(title=title, locale=above.locale, **fields))
        page.save_revision().publish()
        return fresh(page)

    work = add(home, "Работа")
    link = {
        "title": "Прочетете",
        "text": "",
        "label": "Прочетете",
        "page": None,
        "url": "https://example.org/",
    }
    pages = {
        "home": home,
        "work": work,
        "calm": add(
            work, "Спокойно", intro="Всичко е на място", body=[block("call_to_action", link, "calm")]
        ),
    }
    for name, title in {
        "changed": "Промяна", "ready": "Готово", "locked": "Заключено", "private": "Тайно", "stopped": "Спряно",
        "orphan": "Сираче", "submitted": "Подадено", "timed": "Насрочено", "begun": "Започнато", "new": "Ново",
    }.items():  # fmt: skip
        pages[name] = add(work, title, intro="Старо")
    pages["draft"] = fresh(work).add_child(instance=SectionPage(title="Чернова", locale=bg, live=False))
    pages["draft"].save_revision()
    pages["section"] = add(home, "Раздел")
    pages["below"] = add(pages["section"], "Отдолу")
    form = FormPage(title="Пишете ни", consent="<p>Съгласие</p>", locale=bg, retention_days=30)
    form.form_fields = [FormField(clean_name="name", label="Име", field_type="singleline", locale=bg)]
    fresh(home).add_child(instance=form)
    form.save_revision().publish()
    pages["form"] = fresh(form)
    pages["projects"] = add(HomePage.objects.get(locale=en), "Projects")
    pages["weather"] = add(pages["projects"], "Weather", intro="Warm")
    return pages


def _translate(root: Path) -> None:
    """Approve the translation of all that has one here, in all files."""
    for language, translations in (("en", ENGLISH), ("bg", BULGARIAN)):
        for path in (root / language).rglob("*.po"):
            po = read(path)
            for entry in po:
                if not entry.msgstr and entry.msgid in translations:
                    entry.msgstr = translations[entry.msgid]
            po.save()


def _approve(page: Page, locale: Locale, text: str) -> None:
    segment = StringSegment.objects.get(
        source__object_id=page.translation_key, source__locale=page.locale, context__path="intro"
    )
    translation = StringTranslation.objects.get(
        translation_of_id=segment.string_id, locale=locale, context_id=segment.context_id
    )
    translation.data = text
    translation.save()


def _state(originals, target, keeper, bg, en):
    edit(originals["changed"], intro="Друго")
    edit(originals["weather"], intro="Cold")
    edit(originals["notice"], title="Тревога")
    Page.objects.filter(pk=target("locked").pk).update(locked=True, locked_by=keeper)
    PageViewRestriction.objects.create(page=originals["private"], restriction_type="login")
    stopped = Translation.objects.get(source__object_id=originals["stopped"].translation_key)
    stopped.enabled = False
    stopped.save()
    edit(target("stopped"), intro="By hand")
    fresh(originals["orphan"]).delete()
    workflow = Workflow.objects.get()
    fresh(originals["begun"]).copy_for_translation(en).save_revision()
    for page in (target("submitted"), target("begun"), originals["draft"]):
        page.save_revision()
        workflow.start(fresh(page), keeper)
    timed = save_draft(originals["timed"], go_live_at=datetime(2100, 1, 1, tzinfo=UTC))
    timed.get_latest_revision().publish()


def _library() -> dict[str, Model]:
    """What else the admin has pages for, each once."""
    image = get_image_model().objects.create(
        title="Image", file=ImageFile(BytesIO(draw("fields", (64, 40))), "a.png")
    )
    document = get_document_model().objects.create(title="Document", file=ContentFile(b"text", "a.txt"))
    return {
        "image": image,
        "document": document,
        "collection": Collection.get_first_root_node().add_child(name="Collection"),
        "redirect": Redirect.objects.create(old_path="/old", redirect_link="/bg/"),
    }


def _names(originals: dict[str, Model], library: dict[str, Model]) -> dict[str, object]:
    """The primary keys of all that an act can name: `calm/en`, and what belongs to it, as `calm/en:translation`."""
    found = {name: instance.pk for name, instance in library.items()}
    locales = list(Locale.objects.all())
    for name, original in originals.items():
        for locale in locales:
            key = f"{name}/{locale.language_code}"
            version = target_of(original, locale)
            if version is not None:
                found[key] = version.pk
            belongings = (*_of_translation(original, locale), *(_of_version(version) if version else ()))
            found |= {f"{key}:{what}": row.pk for what, row in belongings if row is not None}
    found |= {f"locale/{locale.language_code}": locale.pk for locale in Locale.objects.all()}
    found |= {f"user/{user.username}".replace(" ", "_"): user.pk for user in get_user_model().objects.all()}
    found |= {f"group/{group.name}": group.pk for group in Group.objects.all()}
    for name, model in (
        ("site", Site), ("workflow", Workflow), ("task", Task), ("right", TranslationRight),
        ("submission", FormSubmission), ("restriction", PageViewRestriction),
    ):  # fmt: skip
        found[name] = model.objects.earliest("pk").pk
    return found


def _of_translation(original: Model, locale: Locale) -> Iterator[tuple[str, Model | None]]:
    translations = Translation.objects.filter(
        source__object_id=original.translation_key, target_locale=locale
    )
    yield "translation", translations.first()
    yield "catalog", Catalog.objects.filter(translation__in=translations).first()
    yield (
        "source",
        TranslationSource.objects.filter(object_id=original.translation_key, locale=locale).first(),
    )
    yield (
        "string",
        StringSegment.objects.filter(source__translations__in=translations).order_by("-order").first(),
    )
    yield "override", OverridableSegment.objects.filter(source__translations__in=translations).first()


def _of_version(version: Model) -> Iterator[tuple[str, Model | None]]:
    if isinstance(version, RevisionMixin):
        yield "revision", version.revisions.order_by("pk").last()
        yield "first", version.revisions.order_by("pk").first()
    if isinstance(version, WorkflowMixin):
        yield "workflow", version.workflow_states.first()
        yield "task", TaskState.objects.filter(workflow_state__in=version.workflow_states.all()).first()
