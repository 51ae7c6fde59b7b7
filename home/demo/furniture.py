"""Writes the main menu and the footer in their source language."""

from django.apps import apps
from django.db import transaction
from wagtail.models import Locale

from home.demo.content import SNIPPETS
from home.demo.identity import fixed_id
from home.demo.journal import remember, remembered
from home.demo.places import NotThereYetError
from home.demo.specs import SnippetSpec
from home.demo.streams import rich_text, stream


def load_furniture() -> tuple[str, ...]:
    """Returns what has to wait: a menu is written once every page in it exists."""
    return tuple(spec.key for spec in missing_furniture() if not _write(spec))


def missing_furniture() -> list[SnippetSpec]:
    return [spec for spec in SNIPPETS if not _is_written(spec)]


def _is_written(spec: SnippetSpec) -> bool:
    """Whether the snippet stands there, or did: one that an editor deleted stays deleted."""
    if remembered(_journal_name(spec)):
        return True
    snippets = apps.get_model("home", spec.kind).objects
    return snippets.filter(slug=spec.fields["slug"], locale__language_code=spec.language).exists()


def _journal_name(spec: SnippetSpec) -> str:
    return f"snippet/{spec.key}"


@transaction.atomic
def _write(spec: SnippetSpec) -> bool:
    """False when a page that the snippet links to does not exist yet."""
    try:
        texts = {name: rich_text(spec.language, text) for name, text in spec.fields.items()}
        streams = {
            name: stream(f"{spec.key}/{name}", spec.language, blocks) for name, blocks in spec.streams.items()
        }
    except NotThereYetError:
        return False
    snippet = apps.get_model("home", spec.kind)(
        locale=Locale.objects.get(language_code=spec.language),
        translation_key=fixed_id("snippet", spec.key),
        live=False,
        **texts,
        **streams,
    )
    snippet.full_clean()
    snippet.save()
    snippet.save_revision().publish()
    remember(snippet, _journal_name(spec))
    return True
