"""Finds the demo's objects."""

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Page, Site

from home.demo.identity import fixed_id
from home.demo.library import library_title
from home.models import Donor, Partner, Person, Region, Theme

ENTRY_MODELS = {"donor": Donor, "partner": Partner, "person": Person, "region": Region, "theme": Theme}


class NotThereYetError(Exception):
    """A reference of a text does not exist yet; it may after the next import of translations."""


def page_family(key: str):
    """All versions of a demo page. The home pages stand there before the demo does."""
    if key == "home":
        home = Site.objects.select_related("root_page").get(is_default_site=True).root_page
        return Page.objects.filter(translation_key=home.translation_key)
    return Page.objects.filter(translation_key=fixed_id("page", key))


def find_parent(key: str, language: str) -> Page:
    """The version of a page as parent of others in that language."""
    parent = page_family(key).filter(locale__language_code=language, live=True).first()
    if parent is None:
        raise NotThereYetError(f"{key} is not live in {language}")
    return parent.specific


def find_link_target(key: str, language: str) -> Page:
    """The page in that language, or else in its own: visitors are led to their own language's version."""
    versions = page_family(key).filter(live=True).order_by("pk")
    target = versions.filter(locale__language_code=language).first() or versions.first()
    if target is None:
        raise NotThereYetError(f"{key} does not exist")
    return target


def find_picture(name: str) -> AbstractImage:
    picture = get_image_model().objects.filter(title=library_title(name)).order_by("pk").first()
    if picture is None:
        raise NotThereYetError(f"there is no picture {name}")
    return picture


def find_document(name: str) -> AbstractDocument:
    document = get_document_model().objects.filter(title=library_title(name)).order_by("pk").first()
    if document is None:
        raise NotThereYetError(f"there is no file {name}")
    return document


def find_entry(key: str) -> Model:
    """The entry in the language it was written in first; each visitor gets it in their own."""
    model = ENTRY_MODELS[key.partition("/")[0]]
    entry = model.objects.filter(translation_key=fixed_id("snippet", key)).order_by("pk").first()
    if entry is None:
        raise NotThereYetError(f"{key} does not exist")
    return entry
