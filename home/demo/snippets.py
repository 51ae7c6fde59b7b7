"""Writes the snippets, each in its source language: the site's chrome, and pages' relations."""

from collections.abc import Iterable

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from wagtail.models import DraftStateMixin, Locale

from home.demo.content import ENTRIES, SITE_CHROME
from home.demo.identity import fixed_id
from home.demo.journal import remember, remembered
from home.demo.places import NotThereYetError
from home.demo.specs import SnippetSpec
from home.demo.streams import field_value, stream


def load_entries() -> tuple[str, ...]:
    """Before the pages in need of them."""
    return _load(ENTRIES)


def load_site_chrome() -> tuple[str, ...]:
    """Returns the waiting ones: a menu is written once every page in it exists."""
    return _load(SITE_CHROME)


def _load(specs: Iterable[SnippetSpec]) -> tuple[str, ...]:
    return tuple(spec.key for spec in specs if not _is_written(spec) and not _write(spec))


def missing_snippets() -> list[SnippetSpec]:
    return [spec for spec in (*ENTRIES, *SITE_CHROME) if not _is_written(spec)]


def _is_written(spec: SnippetSpec) -> bool:
    """Whether the snippet is there, or was: a snippet deleted by an editor stays deleted."""
    if remembered(_journal_name(spec)):
        return True
    same = Q(translation_key=fixed_id("snippet", spec.key))
    if "slug" in spec.fields:
        same |= Q(slug=spec.fields["slug"], locale__language_code=spec.language)
    return apps.get_model("home", spec.kind).objects.filter(same).exists()


def _journal_name(spec: SnippetSpec) -> str:
    return f"snippet/{spec.key}"


@transaction.atomic
def _write(spec: SnippetSpec) -> bool:
    """False while a linked page does not exist yet."""
    try:
        values = {name: field_value(spec.language, value) for name, value in spec.fields.items()}
        streams = {
            name: stream(f"{spec.key}/{name}", spec.language, blocks) for name, blocks in spec.streams.items()
        }
    except NotThereYetError:
        return False
    model = apps.get_model("home", spec.kind)
    snippet = model(
        locale=Locale.objects.get(language_code=spec.language),
        translation_key=fixed_id("snippet", spec.key),
        **values,
        **streams,
    )
    has_drafts = issubclass(model, DraftStateMixin)
    if has_drafts:
        # It goes live by being published, as an editor's does.
        snippet.live = False
    snippet.full_clean()
    snippet.save()
    if has_drafts:
        snippet.save_revision().publish()
    remember(snippet, _journal_name(spec))
    return True
