"""Writes the demo's pages, each in its source language."""

import json
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from wagtail.models import Locale, Page, TranslatableMixin

from home.demo.blocks import EntryKey, PageKey
from home.demo.content import HOME, PAGES
from home.demo.identity import fixed_id
from home.demo.journal import remember, remembered
from home.demo.places import NotThereYetError, find_parent, find_picture, page_family
from home.demo.specs import PageSpec
from home.demo.streams import field_value, stream


@dataclass(frozen=True)
class LoadedPages:
    written: int
    # Pages waiting for a live translation of another one.
    waiting: tuple[str, ...]


def load_pages() -> LoadedPages:
    """Writes all possible pages, in rounds: a page may link to a later one in the tree."""
    written = 0
    pending = missing_pages()
    while pending:
        waiting = [spec for spec in pending if not _write(spec)]
        written += len(pending) - len(waiting)
        if len(waiting) == len(pending):
            break
        pending = waiting
    return LoadedPages(written, tuple(spec.key for spec in pending))


def missing_pages() -> list[PageSpec]:
    return [spec for spec in (*PAGES, HOME) if not _is_written(spec)]


def _is_written(spec: PageSpec) -> bool:
    """Whether the page is there, or was: a page deleted by an editor stays deleted."""
    if remembered(_journal_name(spec)):
        return True
    if spec.key == HOME.key:
        # The migration left it with a title alone; a history is an editor's.
        return _home(spec).latest_revision_id is not None
    return page_family(spec.key).exists()


def _journal_name(spec: PageSpec) -> str:
    return f"page/{spec.key}"


def _home(spec: PageSpec) -> Page:
    return page_family(spec.key).get(locale__language_code=spec.language).specific


@transaction.atomic
def _write(spec: PageSpec) -> bool:
    """False while something on the page does not exist yet."""
    try:
        page = _apply(spec, _home(spec)) if spec.key == HOME.key else _create(spec)
    except NotThereYetError:
        return False
    page.save_revision().publish()
    remember(page, _journal_name(spec))
    return True


def _create(spec: PageSpec) -> Page:
    parent = find_parent(spec.parent, spec.language)
    page = apps.get_model("home", spec.kind)(
        slug=spec.slug,
        locale=Locale.objects.get(language_code=spec.language),
        translation_key=fixed_id("page", spec.key),
        # It goes live by being published, as an editor's page does.
        live=False,
        **_values(spec),
    )
    for relation, parts in _parts(spec).items():
        setattr(page, relation, _made(page, relation, spec, parts))
    return parent.add_child(instance=page)


def _parts(spec: PageSpec) -> dict[str, list[dict[str, Any]]]:
    themes = [{"theme": EntryKey(f"theme/{code}")} for code in spec.themes]
    return {**spec.parts, "theme_relations": themes} if themes else spec.parts


def _made(page: Page, relation: str, spec: PageSpec, parts: list[dict[str, Any]]) -> list[Model]:
    """The parts of a page in their order; translated ones have a fixed id, as blocks have."""
    model = page._meta.get_field(relation).related_model
    made = []
    for place, part in enumerate(parts):
        fields = {name: field_value(spec.language, value) for name, value in part.items()}
        if issubclass(model, TranslatableMixin):
            fields["locale"] = page.locale
            fields["translation_key"] = fixed_id("part", spec.key, relation, place)
        made.append(model(sort_order=place, **fields))
    return made


def _apply(spec: PageSpec, page: Page) -> Page:
    for name, value in _values(spec).items():
        setattr(page, name, value)
    return page


def _values(spec: PageSpec) -> dict[str, Any]:
    """The spec's values, by the names of the model's fields."""
    values = {"title": spec.title}
    values |= {name: field_value(spec.language, value) for name, value in spec.fields.items()}
    if spec.project:
        values["project"] = field_value(spec.language, PageKey(spec.project))
    if spec.picture:
        values["hero_image" if spec.kind == "HomePage" else "image"] = find_picture(spec.picture)
    if spec.body:
        values["body"] = stream(f"{spec.key}/body", spec.language, spec.body)
    return values


def revise_pages() -> int:
    """Publishes the second version of a page once the translation of its first is live. Returns how many it did."""
    return sum(_revise(spec, spec.revised) for spec in PAGES if spec.revised is not None)


def unrevised_pages() -> list[PageSpec]:
    """Pages still in their first version."""
    return [spec for spec in PAGES if spec.revised is not None and _first_version(spec) is not None]


@transaction.atomic
def _revise(first: PageSpec, revised: PageSpec) -> bool:
    page = _first_version(first)
    others = page_family(first.key).filter(live=True).exclude(locale__language_code=first.language)
    if page is None or not others.exists():
        return False
    _apply(revised, page).save_revision().publish()
    remember(page, f"{_journal_name(first)}/revised", action="wagtail.edit")
    return True


def _first_version(first: PageSpec) -> Page | None:
    """The page in the demo's first version; None after anybody's change."""
    page = page_family(first.key).filter(locale__language_code=first.language, live=True).first()
    if page is None or remembered(f"{_journal_name(first)}/revised"):
        return None
    page = page.get_latest_revision_as_object()
    as_written = _apply(first, page.specific_class())
    return page if _texts(page, first) == _texts(as_written, first) else None


def _texts(page: Page, spec: PageSpec) -> dict:
    """The spec's values as stored."""
    texts = {name: page._meta.get_field(name).value_to_string(page) for name in _values(spec)}
    # PostgreSQL gives the keys of a body back in an order of its own.
    return {name: json.loads(text) if name == "body" else text for name, text in texts.items()}
