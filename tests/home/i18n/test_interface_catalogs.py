"""The interface texts of the site in Bulgarian are complete, and are the ones that visitors get."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, pgettext

(LOCALE_DIR,) = map(Path, settings.LOCALE_PATHS)
MARKUP = re.compile(r"<[^>]*>")


@pytest.mark.parametrize("language", ["bg", "en"])
def test_a_catalog_declares_its_language_and_plural_forms(language):
    catalog = polib.pofile(LOCALE_DIR / language / "LC_MESSAGES" / "django.po")
    assert catalog.metadata["Language"] == language
    assert catalog.metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"


def test_the_bulgarian_catalog_is_complete():
    catalog = polib.pofile(LOCALE_DIR / "bg" / "LC_MESSAGES" / "django.po")
    unfinished = catalog.untranslated_entries() + catalog.fuzzy_entries() + catalog.obsolete_entries()
    assert [entry.msgid for entry in unfinished] == []


def test_bulgarian_texts_have_bulgarian_quotation_marks():
    catalog = polib.pofile(LOCALE_DIR / "bg" / "LC_MESSAGES" / "django.po")
    texts = [MARKUP.sub("", entry.msgstr) for entry in catalog]
    foreign = [text for text in texts if set(text) & set('"”«»') or text.count("„") != text.count("“")]
    assert foreign == []


def test_both_catalogs_hold_the_same_texts():
    bulgarian, english = (
        [
            (entry.msgctxt, entry.msgid)
            for entry in polib.pofile(LOCALE_DIR / language / "LC_MESSAGES" / "django.po")
        ]
        for language in ("bg", "en")
    )
    assert bulgarian == english


@pytest.mark.parametrize(("language", "text"), [("bg", "МОМ България"), ("en", "IOM Bulgaria")])
def test_texts_are_compiled_and_found(language, text):
    with translation.override(language):
        assert gettext("IOM Bulgaria") == text


def test_the_sites_own_names_of_the_months_come_before_djangos():
    with translation.override("bg"):
        assert gettext("March") == "март"
        assert pgettext("alt. month", "March") == "март"
